"""Catalogues: complete or not at all."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.i18n.catalogues import Catalogues, load

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
HELLO = 'msgctxt "greet"\nmsgid "Hello {name}"\nmsgstr "%s"\n'
ROWS = 'msgctxt "rows"\nmsgid "One row"\nmsgid_plural "{count} rows"\nmsgstr[0] "{count} 行"\n'


def folder_with(tmp_path: Path, hans: str, hant: str = "您好，{name}") -> Path:
    """Write six small catalogues; `hans` is the body of the Simplified Chinese one."""
    bodies = {"en": "", "zh_Hans": hans, "zh_Hant": HELLO % hant + "\n" + ROWS}
    for locale, body in bodies.items():
        folder = tmp_path / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "flows.po").write_text(f"{HEADER}\n{body}", encoding="utf-8")
        (folder / "bot.po").write_text(HEADER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    return load(folder_with(tmp_path, HELLO % "你好，{name}" + "\n" + ROWS))


def test_a_text_is_said_in_the_reader_s_language(catalogues: Catalogues) -> None:
    """Each language has its own wording; English is the source itself."""
    said = [catalogues.text(locale, "greet", "Hello {name}") for locale in catalogues.locales]
    assert said == ["Hello {name}", "你好，{name}", "您好，{name}"]


def test_the_context_belongs_to_the_text(catalogues: Catalogues) -> None:
    """The same English in another place is another text."""
    assert catalogues.lookup("zh_Hans", "greet", "Hello {name}") == "你好，{name}"
    assert catalogues.lookup("zh_Hans", "elsewhere", "Hello {name}") is None


def test_a_missing_text_is_never_english_by_accident(catalogues: Catalogues) -> None:
    """A text that a language lacks is refused, not said in English."""
    with pytest.raises(ConfigError, match="elsewhere"):
        catalogues.text("zh_Hant", "elsewhere", "Hello {name}")
    with pytest.raises(ConfigError, match="elsewhere"):
        catalogues.plural("zh_Hant", "elsewhere", "One row", "{count} rows", 2)


@pytest.mark.parametrize(
    ("locale", "n", "said"),
    [
        ("en", 1, "One row"),
        ("en", 2, "{count} rows"),
        ("zh_Hans", 1, "{count} 行"),
        ("zh_Hans", 2, "{count} 行"),
    ],
)
def test_plurals_follow_the_language(catalogues: Catalogues, locale: str, n: int, said: str) -> None:
    """English has two forms, Chinese one."""
    assert catalogues.plural(locale, "rows", "One row", "{count} rows", n) == said


@pytest.mark.parametrize(
    ("hans", "problem"),
    [
        (HELLO % "", "missing: greet"),
        ("#, fuzzy\n" + HELLO % "你好，{name}", "fuzzy: greet"),
        (HELLO % "你好，{nmae}", "placeholders differ: greet"),
        (HELLO % "你好", "placeholders differ: greet"),
        (HELLO % "你好，{name", "placeholders differ: greet"),
        ('msgid "broken', "cannot be read"),
    ],
)
def test_a_gap_fails_the_start(tmp_path: Path, hans: str, problem: str) -> None:
    """Missing, fuzzy, misfit or unreadable: the start fails and says where."""
    with pytest.raises(ConfigError, match=problem):
        load(folder_with(tmp_path, hans))


def test_all_gaps_are_told_at_once(tmp_path: Path) -> None:
    """The message lists every gap of every language."""
    with pytest.raises(ConfigError) as refused:
        load(folder_with(tmp_path, HELLO % "", hant=""))
    assert "zh_Hans" in str(refused.value)
    assert "zh_Hant" in str(refused.value)


def test_a_missing_catalogue_is_a_gap(tmp_path: Path) -> None:
    """A language without its files fails the start as well."""
    folder = folder_with(tmp_path, HELLO % "你好，{name}")
    (folder / "zh_Hant" / "LC_MESSAGES" / "bot.po").unlink()
    with pytest.raises(ConfigError, match=r"zh_Hant.*bot\.po: cannot be read"):
        load(folder)
