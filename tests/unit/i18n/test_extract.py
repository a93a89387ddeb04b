"""Which texts there are and where they stand."""

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract

from bot.i18n.extract import extract_script, found_texts

SCRIPT = """\
script: hello
version: 1
party: customer
interrupts:
  - {id: stop, label: "Stop", then: end}
timeouts:
  - {id: over, after: PT1H, then: end}
steps:
  - id: greet
    ask: |-
      Hello {creditor}.
      How are you?
    note: The first words.
    choices:
      - {id: well, label: "Well", then: end}
  - id: end
    end: done
"""

CODE = """\
from bot.i18n.text import P, T

GREETING = T("intake/greeting", "Hello "
    "{name}.")
# i18n: rows of a spreadsheet
ROWS = P("import/rows", "One row.", "{count} rows.")
OTHER = format("not/a text", "of ours")
"""


def project(tmp_path: Path) -> Path:
    """Write a project of one script and one module."""
    script = tmp_path / "flows" / "scripts" / "hello" / "v1.yaml"
    script.parent.mkdir(parents=True)
    script.write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "texts.py").write_text(CODE, encoding="utf-8")
    return tmp_path


def test_every_text_of_a_script_is_found_at_its_line(tmp_path: Path) -> None:
    """Prompts, labels and permanent buttons are found, each at the line where it stands."""
    found = {text.msgid: text for text in found_texts(project(tmp_path), "flows")}
    lines = {msgid: text.line for msgid, text in found.items()}
    assert lines == {"Stop": 5, "Hello {creditor}.\nHow are you?": 10, "Well": 15}
    assert {text.path for text in found.values()} == {"flows/scripts/hello/v1.yaml"}


def test_a_step_s_note_reaches_the_translator(tmp_path: Path) -> None:
    """The note of a step comes with each of its texts, and with no other."""
    found = {text.msgid: text.comments for text in found_texts(project(tmp_path), "flows")}
    assert found["Well"] == ("The first words.",)
    assert found["Stop"] == ()


def test_contexts_name_script_and_step(tmp_path: Path) -> None:
    """The context tells the translator where the text stands."""
    contexts = {text.msgid: text.context for text in found_texts(project(tmp_path), "flows")}
    assert contexts["Well"].startswith("hello/greet/")


def test_marked_texts_of_code_are_found(tmp_path: Path) -> None:
    """Texts and plurals behind the markers are found, whole and with their comment; other calls are not."""
    found = [(text.context, text.msgid, text.comments) for text in found_texts(project(tmp_path), "bot")]
    assert found == [
        ("intake/greeting", "Hello {name}.", ()),
        ("import/rows", ("One row.", "{count} rows."), ("i18n: rows of a spreadsheet",)),
    ]


def test_babel_can_use_the_extraction_method() -> None:
    """Babel's own extraction reads a script through our method, context and all."""
    keywords = {"pgettext": ((1, "c"), 2)}
    found = extract(extract_script, BytesIO(SCRIPT.encode()), keywords=keywords)
    assert [(line, msgid) for line, msgid, _, _ in found] == [
        (5, "Stop"),
        (10, "Hello {creditor}.\nHow are you?"),
        (15, "Well"),
    ]
