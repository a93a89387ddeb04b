"""`doorstep flows`, on the command line, and the page on writing scripts, whose files and commands are run."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from flows.script.schema import WORDS, schema

SCRIPTS = Path(__file__).parents[3] / "flows" / "scripts"
PAGE = (SCRIPTS / "README.md").read_text("utf-8")
FILES = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = re.findall(r"```console\n\$ doorstep (.*?)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(words: str) -> str:
    """Return what a command prints."""
    return CliRunner().invoke(app, shlex.split(words)).output


@pytest.mark.parametrize(("command", "printed"), COMMANDS)
def test_the_page_says_what_a_command_prints(command: str, printed: str) -> None:
    """Each file of the page is laid down as it stands there, and each command says what stands beneath it."""
    for name, source in FILES:
        Path(name).write_text(f"# {name}\n{source}", "utf-8")

    assert told(command).splitlines() == printed.splitlines()


def test_the_page_runs_something() -> None:
    """Every file of the page is proven on it."""
    assert [name for name, _ in FILES] == [command.split()[-1] for command, _ in COMMANDS]


def test_the_page_explains_every_key() -> None:
    """In the words that an editor shows."""
    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)) == {**WORDS}


def test_the_schema_is_printed() -> None:
    """As JSON, to be kept in a file."""
    assert json.loads(told("flows schema")) == schema()


def released(name: str) -> str:
    return (SCRIPTS / name / "v1.yaml").read_text("utf-8")


def test_a_draft_takes_the_place_of_the_released_script() -> None:
    """What it breaks in a script that runs it is found, at the place that would have to be mended."""
    source = released("help").replace("end: held", "end: on_hold")
    Path("help.yaml").write_text(source, "utf-8")
    done = CliRunner().invoke(app, ["flows", "check", "help.yaml"])

    assert done.exit_code == 1
    assert "visit_notice/v1.yaml" in done.output


def test_a_draft_that_only_others_run_is_begun_by_nobody() -> None:
    """What they have established before counts in it."""
    Path("options.yaml").write_text(released("options"), "utf-8")

    assert told("flows check options.yaml") == "options.yaml holds.\n"


def test_what_a_longer_language_has_no_room_for_is_listed() -> None:
    """A button's label, for one, and nothing but what is about room."""
    lines = told("flows check --longer").splitlines()

    assert any(" FV305 The label in a longer language is longer than 40 characters" in line for line in lines)
    assert {line.split()[1] for line in lines} <= {"FV304", "FV305", "FV308"}


def test_what_is_no_text_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With what to do, and no trace of the program."""
    Path("draft.yaml").write_bytes(b"\xff\xfe\x00")
    done = CliRunner().invoke(app, ["flows", "check", "draft.yaml"])

    assert done.exit_code == 1
    assert "UTF-8" in str(done.exception) or "UTF-8" in done.output


def test_what_is_no_script_is_told() -> None:
    """A fault of the format has its line like any other."""
    Path("draft.yaml").write_text("script: a\n", "utf-8")

    assert told("flows check draft.yaml").startswith("draft.yaml:1:1: FV105 ")
