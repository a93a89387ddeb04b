"""What of a draft is to be translated."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from typer.testing import CliRunner

from bot import library
from bot.cli import app


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(tmp_path))
    return tmp_path / "scripts"


def draft(folder: Path) -> Path:
    text = (
        (library.SCRIPTS / "language" / "v1.yaml")
        .read_text("utf-8")
        .replace("version: 1\n", "version: 1001\n")
    )
    file = folder / "draft.yaml"
    file.write_text(text.replace("All right, we go on", "Good, we go on"), "utf-8")
    return file


def asked(own: Path, language: str) -> dict[str, str]:
    with (own / f"{language}.po").open("rb") as file:
        return {str(one.context): str(one.string) for one in read_po(file) if one.id}


def test_what_is_new_is_asked_for_once(own: Path, tmp_path: Path) -> None:
    """The one text that was reworded comes in empty with its note, in each language; asked again, nothing doubles."""
    file = draft(tmp_path)
    for _ in range(2):
        done = CliRunner().invoke(app, ["flows", "texts", str(file)])
        assert done.exit_code == 0
        assert done.output.count("1 to translate") == 2

    assert asked(own, "zh_Hans") == asked(own, "zh_Hant") == {"language/done/say": ""}
    assert "Sent in the language that was just chosen" in (own / "zh_Hans.po").read_text("utf-8")


def test_what_is_translated_stays(own: Path, tmp_path: Path) -> None:
    """A translation is kept, and not asked for again; so is one of a version that is lived on."""
    file = draft(tmp_path)
    CliRunner().invoke(app, ["flows", "texts", str(file)])
    path = own / "zh_Hans.po"
    kept = 'msgctxt "help/old/say"\nmsgid "Gone by now."\nmsgstr "已经没有了。"\n'
    path.write_text(
        path.read_text("utf-8")
        .replace('msgstr ""\n', 'msgstr "好，就用中文。"\n')
        .replace('"好，就用中文。"', '""', 1)
        + "\n"
        + kept,
        "utf-8",
    )

    done = CliRunner().invoke(app, ["flows", "texts", str(file)])

    assert "zh_Hans.po: nothing to translate" in done.output.replace("\n", "")
    assert asked(own, "zh_Hans") == {"language/done/say": "好，就用中文。", "help/old/say": "已经没有了。"}


@pytest.mark.parametrize("content", [None, "script: [", "script: x\n"])
def test_what_is_no_script_is_refused(own: Path, tmp_path: Path, content: str | None) -> None:
    """A file that is not there, or is no script, is told plainly, and no catalogue is written."""
    file = tmp_path / "draft.yaml"
    if content is not None:
        file.write_text(content, "utf-8")

    done = CliRunner().invoke(app, ["flows", "texts", str(file)])

    assert done.exit_code != 0
    assert not own.exists()
