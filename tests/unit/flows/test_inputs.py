"""What answers which kind of question."""

from datetime import UTC, datetime
from math import inf, nan

import pytest

from flows.engine.events import ContactShared, FileKind, FileSent, LocationShared, TextSent
from flows.engine.numbers import read_number
from flows.engine.taking import Refused, take
from flows.script import Ask, InputKind, Text

AT = datetime(2026, 11, 24, tzinfo=UTC)
ASK = Text("s/a/ask", "?")


def text(words: str) -> TextSent:
    return TextSent(AT, words)


def place(latitude: float, longitude: float, accuracy: float | None = None) -> LocationShared:
    return LocationShared(AT, latitude, longitude, accuracy)


@pytest.mark.parametrize(
    ("kind", "given", "value"),
    [
        ("text", text(" well "), "well"),
        ("number", text("1,200"), 1200),
        ("date", text("2026-11-28"), "2026-11-28"),
        ("date", text(" 2026/1/5 "), "2026-01-05"),
        ("date", text("２０２６年１１月２８日"), "2026-11-28"),
        ("location", place(1.5, -2.5, 8.0), {"latitude": 1.5, "longitude": -2.5, "accuracy": 8.0}),
        ("location", place(90, 180, inf), {"latitude": 90, "longitude": 180, "accuracy": None}),
        ("file", FileSent(AT, FileKind.PHOTO, "AgAC"), {"kind": "photo", "file_ref": "AgAC"}),
        ("contact", ContactShared(AT, "0", own=True), {"phone": "0", "own": True}),
    ],
)
def test_the_right_input_answers(kind: str, given: TextSent, value: object) -> None:
    """Each kind of question takes its own kind of input, as plain JSON."""
    assert take(Ask("a", ASK, InputKind(kind)), given, {}) == value


@pytest.mark.parametrize("kind", ["text", "number", "date", "location", "file", "contact"])
def test_another_input_is_refused_by_name(kind: str) -> None:
    """What is wanted is what the reason says."""
    other = place(0, 0) if kind != "location" else text("here")
    assert take(Ask("a", ASK, InputKind(kind)), other, {}) == Refused(f"wants_{kind}")


@pytest.mark.parametrize("kind", ["choice", "slot"])
def test_buttons_alone_answer_a_choice(kind: str) -> None:
    """A choice or slot is tapped, never typed."""
    assert take(Ask("a", ASK, InputKind(kind)), text("well"), {}) == Refused("wants_choice")


@pytest.mark.parametrize("typed", ["250", "£1,200.50", "１２００元"])
def test_an_amount_at_a_choice_is_refused_as_one(typed: str) -> None:
    """Whoever types an amount where none is asked for must not think that it counts."""
    assert take(Ask("a", ASK, InputKind.CHOICE), text(typed), {}) == Refused("no_amount")


@pytest.mark.parametrize(
    ("kind", "given", "reason"),
    [
        ("text", text("  "), "wants_text"),
        ("text", text("a"), "too_short"),
        ("text", text("abcde"), "too_long"),
        ("number", text("one"), "wants_number"),
        ("number", text("1"), "too_small"),
        ("number", text("4.5"), "too_large"),
        ("date", text("2026-02-30"), "wants_date"),
        ("date", text("26-02-03"), "wants_date"),
        ("location", place(91, 0), "wants_location"),
        ("location", place(0, nan), "wants_location"),
    ],
)
def test_limits_are_kept(kind: str, given: TextSent, reason: str) -> None:
    """Too little, too much and nonsense each have their own reason."""
    ask = Ask("a", ASK, InputKind(kind), minimum=2, maximum=4)
    assert take(ask, given, {}) == Refused(reason)


def test_a_text_has_a_limit_of_its_own() -> None:
    """Where the script sets none, 4,000 characters are the most."""
    ask = Ask("a", ASK, InputKind.TEXT)
    assert take(ask, text("x" * 4000), {}) == "x" * 4000
    assert take(ask, text("x" * 4001), {}) == Refused("too_long")


def test_a_number_needs_no_limits() -> None:
    """Without limits any number is taken."""
    assert take(Ask("a", ASK, InputKind.NUMBER), text("-7"), {}) == -7


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("１２０", 120),
        ("-5", -5),
        ("－５", -5),
        ("1,200", 1200),
        ("1，200，300", 1200300),
        ("1 200", 1200),
        ("1'200", 1200),
        ("1’200.50", 1200.5),
        ("1 200,5", 1200.5),
        ("1,200.05", 1200.05),
        ("£1,200.05", 1200.05),
        ("HK$ 150", 150),
        ("１２００元", 1200),
        ("150 GBP", 150),
        ("RM150", 150),
        ("$", None),
        ("two hundred", None),
        ("12.5", 12.5),
        ("12,5", 12.5),
        ("12．50", 12.5),
        ("1.200", None),
        ("1.2.3", None),
        ("12,34,567", None),
        ("1,2 3", None),
        ("", None),
        ("abc", None),
        ("1e5", None),
        ("1_000", None),
        ("9" * 31, None),
    ],
)
def test_numbers_as_people_type_them(typed: str, number: float | None) -> None:
    """Full-width digits, grouped thousands and fractions are read; what might mean two numbers is not."""
    assert read_number(typed) == number
