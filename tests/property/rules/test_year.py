"""A sample of the simulated year; the whole of it runs by `python -m tests.property.rules.year`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.rules.binding import _bound
from flows.rules.finding import ALLOWED
from flows.rules.kinds import KINDS, Kind
from tests.property.rules.year import main, run, shipped

CUSTOMERS = 12
PACKS = shipped()
# kind: a place whose rules of that kind are met within a few customers
MET_IN = {
    "cease_hold": "UK",
    "channel_permission": "CN",
    "contact_window": "ID",
    "entry": "MY",
    "frequency_cap": "TH",
    "identity_before_disclosure": "EU",
    "leave": "JP",
    "mandatory_line": "US",
    "minimum_gap": "US",
    "minimum_notice": "KR",
    "payment_taking": "SG",
    "personal_calendar": "AU",
    "recording": "CN",
    "staffing": "HK",
    "third_party": "ID",
}


@pytest.mark.parametrize("place", sorted(PACKS))
def test_a_year(place: str) -> None:
    """No contact outside the rules, none withheld that was lawful, no sentence left out."""
    tally = run(place, CUSTOMERS, PACKS[place], every=100)
    assert tally.wrong == []
    assert tally.count["contacts"] > CUSTOMERS * 5
    assert tally.count["minutes"] > 0


def test_it_runs_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a line for each place and ends well when the judges agree."""
    assert main(["--customers", "1", "TH", "MY"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["TH", "MY"]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    """A kind of rules that lets everything pass."""
    kind = str(request.param)
    monkeypatch.setitem(KINDS, kind, Kind(KINDS[kind].read, lambda *_: ALLOWED))  # type: ignore[arg-type]
    _bound.cache_clear()
    yield kind
    _bound.cache_clear()


@pytest.mark.parametrize("broken", MET_IN, indirect=True)
def test_a_broken_kind_is_caught(broken: str) -> None:
    """Whichever kind stops to judge, the naive judge notices within a few customers."""
    place = MET_IN[broken]
    tally = run(place, CUSTOMERS * 3, PACKS[place], every=10**9)
    assert {what for what, *_ in tally.wrong} == ({"lines"} if broken == "mandatory_line" else {"outside"})


def test_the_naive_judge_knows_nothing_of_ours() -> None:
    """The second judge takes the words for actions and facts from the rules, and nothing that judges."""
    words = {"Action", "Contact", "Facts"}
    for path in (Path(__file__).parent / "naive").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("flows"):
                assert node.module == "flows.rules"
                assert {one.name for one in node.names} <= words
