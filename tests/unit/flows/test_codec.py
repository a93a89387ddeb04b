"""Sessions as JSON."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from flows.engine import Frame, Session, Status, session_from_json, session_to_json
from flows.errors import SessionUnreadable

SESSION = Session(
    "s",
    2,
    Status.WAITING,
    (Frame("s", "a"), Frame("t", "b", {"done": "c"}, base=0, returns=True)),
    {"amount": 12, "days": [{"id": "1", "value": "x"}]},
    ((0, "a"), (1, "b")),
    {"s.over": 1},
    7,
    3,
)


def test_a_session_survives_json() -> None:
    """What is stored reads back equal."""
    assert session_from_json(json.loads(json.dumps(session_to_json(SESSION)))) == SESSION


def changed(**parts: object) -> dict[str, Any]:
    return session_to_json(SESSION) | parts


@pytest.mark.parametrize(
    "stored",
    [
        {},
        changed(status="asleep"),
        changed(frames=[{"script": "s"}]),
        changed(frames=None),
        changed(timers=[]),
        changed(turn="x"),
        changed(schema=0),
        changed(schema="1"),
        changed(schema=3),
        changed(trail=[["a"]]),
    ],
)
def test_nonsense_is_refused(stored: dict[str, Any]) -> None:
    """A stored session that is not whole, or of a newer schema, is unreadable."""
    with pytest.raises(SessionUnreadable):
        session_from_json(stored)


def test_the_refusal_does_not_quote_what_was_said() -> None:
    """Answers are personal: the message names the kind of fault alone."""
    with pytest.raises(SessionUnreadable) as caught:
        session_from_json(changed(turn="a private answer"))
    assert "private" not in str(caught.value)


def test_older_schemas_are_brought_up_to_date() -> None:
    """One step at a time, in order."""

    def to_two(stored: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**stored, "schema": 2, "outcome": "two"}

    def to_three(stored: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**stored, "schema": 3, "outcome": f"{stored['outcome']}, three"}

    session = session_from_json(changed(schema=1), 3, {1: to_two, 2: to_three})
    assert (session.schema, session.outcome) == (3, "two, three")


def test_a_session_of_before_there_were_pins() -> None:
    """It keeps no sub-script back."""
    stored = {name: value for name, value in changed(schema=1).items() if name != "pins"}
    assert session_from_json(stored) == SESSION
