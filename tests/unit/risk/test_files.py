"""Reading scorecards and the table of treatments: every fault with file, line and column."""

from importlib.resources import files

import pytest

from bot.casework.risk import Scorecard, View, check_table, read_any, read_scorecard, read_table
from bot.library import risk
from flows.errors import ScriptInvalid

RISK = files("bot") / "casework" / "risk"
CARD = """\
scorecard: payment
version: 1
title: "Payment"
outcome: {column: paid, concern: "no", say: "did not pay"}
grades:
  - {id: fine, label: "fine", above: 0}
  - {id: hard, label: "hard", above: 5}
factors:
  - id: days
    input: days_overdue
    direction: rising
    bands:
      - {up_to: 30, points: 0, say: "{value} days"}
      - {points: 8, say: "{value} days"}
    missing: {points: 4, say: "since when"}
    change: "a payment"
  - id: told
    input: told_vulnerable
    bands:
      - {is: "yes", points: 1, say: "yes"}
      - {is: "no", points: 0, say: "no"}
    missing: {points: 1, say: "the record does not say"}
    change: "a talk"
"""
TABLE = (RISK / "treatments" / "treatment" / "v1.yaml").read_text("utf-8")
CARD_FAULTS = [
    ("scorecard: payment", "scorecard: age", 1, "FV110"),
    ("version: 1", "version: 0", 2, "RS101"),
    ('concern: "no"', 'concern: "never"', 4, "RS123"),
    ("id: hard", "id: fine", 7, "RS102"),
    ("above: 5", "above: 0", 7, "RS103"),
    ('"fine", above: 0', '"fine", above: 2', 6, "RS104"),
    ("id: told", "id: days", 17, "RS105"),
    ("input: told_vulnerable", "input: days_overdue", 18, "RS106"),
    ("input: days_overdue", "input: age", 10, "RS109"),
    ("input: days_overdue", "input: ethnicity", 10, "RS109"),
    ("input: days_overdue", "input: zodiac", 10, "RS110"),
    ('say: "{value} days"}', 'say: "{name} days"}', 13, "RS111"),
    ('say: "since when"', 'say: "{value}"', 15, "RS111"),
    ('is: "yes", ', "", 20, "RS112"),
    ("points: 8", "points: -8", 14, "RS113"),
    ("points: 8", "points: 8000", 14, "RS113"),
    ('is: "no"', 'is: "yes"', 20, "RS114"),
    ('is: "no"', 'is: "maybe"', 20, "RS115"),
    ('      - {is: "no", points: 0, say: "no"}\n', "", 20, "RS116"),
    ("{points: 8,", "{up_to: 60, points: 8,", 13, "RS117"),
    ("    direction: rising\n", "", 9, "RS119"),
    ("direction: rising", "direction: falling", 13, "RS120"),
    ("missing: {points: 4", "missing: {points: 0", 15, "RS121"),
    ("missing: {points: 4", "missing: {points: 9", 15, "RS121"),
    ("above: 5", "above: 50", 6, "RS122"),
    ('change: "a talk"\n', "", 17, "FV105"),
    ('title: "Payment"', 'titel: "Payment"', 3, "FV104"),
]
TABLE_FAULTS = [
    ("{id: message_first", "{id: no_visit", 8, "RS201"),
    ("{id: message_first", "{id: no_visit", 7, "RS202"),
    ('because: "nothing is', 'because: "{value} is', 21, "RS203"),
    ("id: settled", "id: stopped", 18, "RS204"),
    ('    when: {settled: "yes"}\n', "", 21, "RS205"),
    (
        "  - id: visit\n    then: visit_by_two\n",
        '  - id: visit\n    when: {settled: "no"}\n    then: visit_by_two\n',
        14,
        "RS206",
    ),
    ('when: {settled: "yes"}', "when: settled", 19, "RS207"),
    ('when: {settled: "yes"}', "when: {settled: []}", 19, "RS207"),
    ('when: {settled: "yes"}', 'when: {days_overdue: "yes"}', 19, "RS208"),
    ('when: {settled: "yes"}', 'when: {settled: "paid"}', 19, "RS209"),
]
LINKED_FAULTS = [
    ("{safety: danger}", "{safety: terrible}", "not_safe", "RS210"),
    ("{hold: [hardship, vulnerable]}", "{hold: [stop]}", "help_wanted", "RS211"),
    (
        "    when: {vulnerability: present}\n    then: hardship_team",
        "    when: {vulnerability: present}\n    then: no_visit",
        "care_needed",
        "RS212",
    ),
    ("helps: true}\n  - {id: do_not", "helps: false}\n  - {id: do_not", "care_needed", "RS212"),
]


def _issues(error: ScriptInvalid) -> list[tuple[int, str]]:
    return [(issue.line, issue.code) for issue in error.issues]  # type: ignore[attr-defined]


def test_a_good_scorecard_is_read() -> None:
    """Names, bands and what is missing are what the file says."""
    card = read_scorecard(CARD, "card.yaml")
    assert (card.view, card.version, len(card.factors)) == (View.PAYMENT, 1, 2)
    assert [band.up_to for band in card.factors[0].bands] == [30, None]
    assert card.factors[0].missing.points == 4


@pytest.mark.parametrize(("good", "bad", "line", "code"), CARD_FAULTS)
def test_a_fault_of_a_scorecard_is_told_with_its_line(good: str, bad: str, line: int, code: str) -> None:
    """Each fault names its line and its code."""
    assert good in CARD
    with pytest.raises(ScriptInvalid) as raised:
        read_scorecard(CARD.replace(good, bad, 1), "card.yaml")
    assert (line, code) in _issues(raised.value)
    assert str(raised.value).startswith("card.yaml:")


def test_bands_out_of_order_are_told() -> None:
    """A band that no number reaches is a slip of the pen."""
    bad = CARD.replace("      - {points: 8,", '      - {up_to: 20, points: 4, say: "x"}\n      - {points: 8,')
    with pytest.raises(ScriptInvalid) as raised:
        read_scorecard(bad, "card.yaml")
    assert _issues(raised.value) == [(13, "RS118")]


@pytest.mark.parametrize("text", ["", "[]", "scorecard", "a: &x 1", "scorecard: payment\n", ": :"])
def test_what_is_no_scorecard_is_refused(text: str) -> None:
    """Whatever is in the file, the answer is a list of faults and never a crash."""
    with pytest.raises(ScriptInvalid):
        read_any(text, "card.yaml")


@pytest.mark.parametrize(("good", "bad", "line", "code"), TABLE_FAULTS)
def test_a_fault_of_the_table_is_told_with_its_line(good: str, bad: str, line: int, code: str) -> None:
    """Each fault names its line and its code."""
    assert good in TABLE
    with pytest.raises(ScriptInvalid) as raised:
        read_table(TABLE.replace(good, bad, 1), "table.yaml")
    assert (line, code) in _issues(raised.value)


@pytest.mark.parametrize(("good", "bad", "row", "code"), LINKED_FAULTS)
def test_what_does_not_hold_between_table_and_scorecards_is_told(
    good: str, bad: str, row: str, code: str
) -> None:
    """Unknown grades, rows that are never reached, and a no to somebody who needs help are found."""
    assert good in TABLE
    table = read_table(TABLE.replace(good, bad, 1), "table.yaml")
    line = table.places[f"row/{row}"].line
    assert (line, code) in [(one.line, one.code) for one in check_table(table, risk().cards)]


def test_the_released_ones_are_told_apart() -> None:
    """A file says itself what it is."""
    assert isinstance(read_any(CARD, "x"), Scorecard)
    assert not isinstance(read_any(TABLE, "x"), Scorecard)
