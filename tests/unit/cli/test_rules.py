"""`doorstep rules`, on the command line."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.app import prepare
from bot.cli import app
from bot.errors import InputRefused
from bot.settings import load_settings

HEADER = 'pack: policy-own\nversion: 1\ntitle: t\neffective_from: 2026-01-01\nreviewed_by: ""\n'
RULE = """\
  - id: own-hours
    title: Our own hours
    kind: contact_window
    value: {mon-sat: "10:00-18:00"}
    citation: lender policy
    force: policy
    evidence: lender
    confidence: H
    status: verified
    actions: [message]
"""
CHILD = HEADER.replace("policy-own", "UK-OWN") + "parent: UK\n"


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_DATA_DIR", str(tmp_path / "data"))


def run(*words: str | Path) -> str:
    """Run a command that succeeds; return what it prints."""
    done = CliRunner().invoke(app, ["rules", *map(str, words)])
    assert done.exit_code == 0, done.output
    return done.output


def refused(*words: str | Path) -> str:
    """Run a command that is refused; return what it says."""
    done = CliRunner().invoke(app, ["rules", *map(str, words)])
    assert done.exit_code == 1
    return str(done.exception) if isinstance(done.exception, InputRefused) else done.output


def own(folder: Path, text: str, name: str = "own.yaml") -> Path:
    """Write a pack of the lender's own; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def test_every_rule_is_listed() -> None:
    """The list names every rule of every pack, with its force, status and reviewer."""
    rows = json.loads(run("list", "--json"))

    assert {"UK", "CN", "policy-default"} <= {row["pack"] for row in rows}
    assert {"id", "pack", "version", "kind", "force", "status", "reviewed_by", "title"} == set(rows[0])
    assert {row["pack"] for row in json.loads(run("list", "--pack", "UK", "--json"))} == {"UK"}


def test_a_pack_that_is_not_there() -> None:
    """An unknown pack is refused with those that there are."""
    assert "policy-default" in refused("list", "--pack", "XX")


@pytest.mark.parametrize("name", ["uk-identity-first", "UK@1/uk-identity-first"])
def test_a_rule_is_shown_as_it_was_written(name: str) -> None:
    """A rule is found by its id or by its name in a receipt, with its source and the lines of its file."""
    (row,) = json.loads(run("show", name, "--json"))

    assert (row["id"], row["pack"], row["version"]) == ("uk-identity-first", "UK", 1)
    assert row["citation"]
    assert row["text"].startswith("id: uk-identity-first\n")
    assert row["text"].count("id: ") == 1
    assert row["file"].startswith("UK/v1.yaml:")


def test_the_last_rule_of_a_file_ends_where_its_list_ends(tmp_path: Path) -> None:
    """Of a rule before another key of the pack only its own lines are shown."""
    pack = f"{HEADER}rules:\n{RULE}overrides:\n"
    pack += "  - {rule: cn-channel-messenger, by: A. Reviewer, on: 2026-11-01, reason: r}\n"
    own(tmp_path / "data" / "packs", pack)

    (row,) = json.loads(run("show", "own-hours", "--json"))
    (barred,) = json.loads(run("show", "cn-channel-messenger", "--json"))

    assert row["text"].endswith("actions: [message]")
    assert barred["overrides"][0]["by"] == "A. Reviewer"


def test_a_rule_that_is_not_there() -> None:
    """An unknown rule is refused with where to look."""
    assert "rules list" in refused("show", "no-such-rule")


def test_what_ships_holds_and_so_do_good_packs_of_ones_own(tmp_path: Path) -> None:
    """`rules check` counts the packs that hold: those that ship, with one's own from the data folder or another."""
    assert "17 packs hold" in run("check")
    folder = own(tmp_path / "data" / "packs", f"{HEADER}parent: policy-default\nrules:\n{RULE}")

    assert "18 packs hold" in run("check")
    assert "18 packs hold" in run("check", folder)


BAD = {
    "an unknown key": (f"{HEADER}rules:\n{RULE}    colour: red\n", 17, "no key `colour`"),
    "a window that never opens": (
        f"{HEADER}rules:\n{RULE.replace('10:00-18:00', '18:00-10:00')}",
        10,
        "never opens",
    ),
    "a window that the others never let open": (
        f"{HEADER}parent: policy-default\nrules:\n{RULE.replace('10:00-18:00', '21:00-22:00')}",
        11,
        "FR302",
    ),
    "a cap of zero": (
        HEADER
        + "rules:\n"
        + RULE.replace("contact_window", "frequency_cap").replace(
            '{mon-sat: "10:00-18:00"}', "{at_most: 0, per: day}"
        ),
        10,
        "a cap of zero",
    ),
    "no citation": (
        f"{HEADER}rules:\n{RULE.replace('    citation: lender policy' + chr(10), '')}",
        7,
        "citation",
    ),
    "an empty citation": (f"{HEADER}rules:\n{RULE.replace('lender policy', chr(34) * 2)}", 11, "FR106"),
    "less than nothing": (
        HEADER
        + "parent: policy-default\nrules:\n"
        + RULE.replace("contact_window", "staffing")
        .replace('{mon-sat: "10:00-18:00"}', "{min: 3}")
        .replace("[message]", "[visit_slot]"),
        11,
        "FR303",
    ),
    "more than its parent": (
        f"{HEADER}parent: policy-default\nrules:\n{RULE.replace('10:00-18:00', '08:00-20:30')}",
        11,
        "FR301",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_pack_is_refused_at_its_line(tmp_path: Path, fault: str) -> None:
    """`rules check DIR` refuses it with file and line, and exit code 1."""
    text, line, says = BAD[fault]
    folder = own(tmp_path / "mine", text)

    told = refused("check", folder)

    assert f"{folder / 'own.yaml'}:{line}:" in told, told
    assert says in told


def test_overlapping_versions_are_refused_at_their_line(tmp_path: Path) -> None:
    """Two versions in force at once are refused where the later one begins."""
    text = f"{HEADER}rules:\n{RULE}"
    own(tmp_path / "mine", text.replace("reviewed_by", "effective_to: 2026-12-31\nreviewed_by"), "v1.yaml")
    second = text.replace("version: 1", "version: 2").replace("2026-01-01", "2026-06-01")
    folder = own(tmp_path / "mine", second, "v2.yaml")

    assert f"{folder / 'v2.yaml'}:4:17: FR202" in refused("check", folder)


def test_a_broken_pack_of_ones_own_stops_the_other_commands(tmp_path: Path) -> None:
    """A pack in the data folder that does not hold is never used in part: the message names file and line."""
    own(tmp_path / "data" / "packs", f"{HEADER}rules:\n{RULE}    colour: red\n")

    done = CliRunner().invoke(app, ["rules", "list"])

    assert done.exit_code == 1
    assert "own.yaml:17" in str(done.exception)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A folder that does not exist is refused."""
    assert "There is no folder" in refused("check", tmp_path / "nowhere")


def test_explaining_what_nobody_knows() -> None:
    """An unknown reference is refused with where references are listed."""
    asyncio.run(prepare(load_settings()))

    assert "doorstep cases" in refused("explain", "Z-9")


def test_a_replay_of_nothing() -> None:
    """Without receipts a replay judges none; a pack that is not there, or days the wrong way round, are refused."""
    asyncio.run(prepare(load_settings()))
    days = ("--from", "2027-03-01", "--to", "2027-03-02")

    empty = {"pack": "UK@1", "judged": 0, "different": 0, "changes": {}, "rows": []}
    assert json.loads(run("replay", *days, "--pack", "UK@1", "--json")) == empty
    assert "0 decisions judged" in run("replay", *days, "--pack", "UK@1")
    assert "UK@1" in refused("replay", *days, "--pack", "UK@9")
    assert "turn them round" in refused(
        "replay", "--from", "2027-03-02", "--to", "2027-03-01", "--pack", "UK@1"
    )
