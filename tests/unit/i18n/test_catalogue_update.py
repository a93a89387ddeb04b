"""Catalogues follow the scripts and the code."""

from pathlib import Path

import pytest

from bot.i18n.catalogue_update import main, update
from bot.i18n.folder import locales_folder

CODE = 'A = T("greet", "Hello {name}, we will come and see you tomorrow.")\n'
REWORDED = 'A = T("greet", "Hello {name}, we will come and see you on Monday.")\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project of one text, its catalogues made and translated."""
    (tmp_path / "bot").mkdir()
    write(tmp_path, CODE)
    update(tmp_path / "locales")
    for path in (tmp_path / "locales").glob("zh_*/LC_MESSAGES/bot.po"):
        whole = path.read_text("utf-8")
        assert whole.endswith('msgstr ""\n\n')
        path.write_text(whole.removesuffix('""\n\n') + '"{name}，我们明天来。"\n\n', encoding="utf-8")
    return tmp_path


def write(project: Path, code: str) -> None:
    (project / "bot" / "texts.py").write_text(code, encoding="utf-8")


def hans(project: Path) -> str:
    return (project / "locales" / "zh_Hans" / "LC_MESSAGES" / "bot.po").read_text("utf-8")


def test_nothing_changes_without_cause(project: Path) -> None:
    """What is up to date stays as it is, to the byte."""
    assert update(project / "locales") == ()


def test_a_new_text_makes_the_catalogues_stale(project: Path) -> None:
    """A new text is seen, and with `check` nothing is written."""
    write(project, CODE + 'B = T("bye", "Goodbye")\n')
    before = hans(project)
    stale = update(project / "locales", check=True)
    assert {path.parts[-3] for path in stale} == {"zh_Hans", "zh_Hant"}
    assert hans(project) == before


def test_a_new_text_comes_in_untranslated(project: Path) -> None:
    """A new text waits for its translator; the others keep theirs."""
    write(project, CODE + 'B = T("bye", "Goodbye")\n')
    update(project / "locales")
    assert 'msgid "Goodbye"\nmsgstr ""' in hans(project)
    assert "我们明天来" in hans(project)


def test_a_reworded_text_is_fuzzy(project: Path) -> None:
    """When the English changes, the translation is kept as a proposal that does not ship."""
    write(project, REWORDED)
    update(project / "locales")
    assert "#, fuzzy" in hans(project)
    assert "on Monday" in hans(project)


def test_a_text_that_is_gone_is_dropped(project: Path) -> None:
    """No translation outlives its text."""
    write(project, "")
    update(project / "locales")
    assert "我们明天来" not in hans(project)


def test_english_needs_no_entries(project: Path) -> None:
    """English is the source: its catalogue stays empty until somebody overrides a wording."""
    english = (project / "locales" / "en" / "LC_MESSAGES" / "bot.po").read_text("utf-8")
    assert "msgctxt" not in english


def test_the_catalogues_of_this_version_are_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """Every text of the scripts and the code stands in every catalogue."""
    assert main(["--check"]) == 0, capsys.readouterr().out
    assert locales_folder().is_dir()


def test_an_english_override_is_kept_while_its_text_lives(project: Path) -> None:
    """A plainer English wording stays in the English catalogue, and goes with its text."""
    path = project / "locales" / "en" / "LC_MESSAGES" / "bot.po"
    entry = 'msgctxt "greet"\nmsgid "Hello {name}, we will come and see you tomorrow."\nmsgstr "Hi {name}"\n'
    path.write_text(path.read_text("utf-8") + entry, encoding="utf-8")
    update(project / "locales")
    assert "Hi {name}" in path.read_text("utf-8")
    write(project, "")
    update(project / "locales")
    assert "Hi {name}" not in path.read_text("utf-8")
