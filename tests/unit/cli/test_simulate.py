"""`flows simulate`: what it prints, what it refuses, and what a question may be."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.cli import simulate as simulating
from bot.cli.simulate import Dawns
from bot.errors import InputRefused
from bot.twin.scale import Scale, what_if
from bot.twin.town import Staffing

USUAL = Scale(customers=4, days=1, seed=1)
SHORT = ("--customers", "4", "--days", "1")


def simulate(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as somebody would, in an empty folder."""
    command = [sys.executable, "-m", "bot", "flows", "simulate", *words]
    return subprocess.run(command, cwd=folder, env=os.environ, text=True, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("question", "town"),
    [
        ("notice 72", replace(USUAL, notice=72)),
        ("ill=1", replace(USUAL, staffing=Staffing(ill=1))),
        ("teams 3, notice 48", replace(USUAL, notice=48, staffing=Staffing(teams=3))),
    ],
)
def test_a_question_changes_one_thing(question: str, town: Scale) -> None:
    """Everything else of the town stays as it is, its seed too."""
    assert what_if(USUAL, question) == town


@pytest.mark.parametrize("question", ["notice 12", "notice", "weather 3", "teams many", "teams 0", ""])
def test_what_cannot_be_asked_is_refused(question: str) -> None:
    """Less notice than the lender's own policy is no question; the refusal says what can be asked."""
    with pytest.raises(InputRefused, match="there are notice 24 to 336, teams 1 to 500, ill 1 to 500"):
        what_if(USUAL, question)


@pytest.mark.parametrize(
    ("terminal", "told"), [(True, "as it is, seed 7: 2027-03-09, 61,000 acts so far\n"), (False, "")]
)
def test_a_long_life_tells_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, terminal: bool, told: str
) -> None:
    """Whoever waits at a terminal reads of a new day now and then; a file or a script does not."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setattr(simulating, "EVERY", 0.0)

    Dawns("as it is", 7)(date(2027, 3, 9), 61_000)

    assert capsys.readouterr() == ("", told)


def test_days_that_pass_quickly_are_not_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A short life needs no word before its end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    Dawns("as it is", 7)(date(2027, 3, 9), 100)

    assert capsys.readouterr().err == ""


def test_a_table_answers(tmp_path: Path) -> None:
    """A line for the town as it is, and one for each question, under the same heads."""
    done = simulate(tmp_path, *SHORT, "--what-if", "teams 3")
    *_, heads, usual, asked, verdict = done.stdout.splitlines()

    assert done.returncode == 0, done.stderr
    assert heads.split()[0] == "town"
    assert heads.split()[-1] == "violations"
    assert usual.startswith("as it is")
    assert asked.startswith("teams 3")
    assert verdict == "Nothing was lost, doubled, unlawful, stuck or in two states."


def test_scripts_get_each_life(tmp_path: Path) -> None:
    """As JSON there is a row for each life, with its seed, what it came to and what it took."""
    done = simulate(tmp_path, *SHORT, "--lives", "2", "--json")
    rows = json.loads(done.stdout)

    assert [one["seed"] for one in rows] == [1, 2]
    assert all(one["violations"] == [] and one["megabytes"] > 0 for one in rows)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_question_costs_no_time(tmp_path: Path) -> None:
    """It is refused before anybody lives, with exit code 1."""
    done = simulate(tmp_path, *SHORT, "--what-if", "notice 7")

    assert done.returncode == 1
    assert done.stdout == ""
    assert "--what-if notice 7: this cannot be asked" in done.stderr
