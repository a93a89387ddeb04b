"""What one rule says about one action at one instant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What the rules say."""

    ALLOWED = "allowed"
    WAIT = "wait"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that must be in the message; `text` is its English wording."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Allowed; wait until the next instant (aware UTC) at which this rule allows; or refused at every later one."""

    outcome: Outcome
    until: datetime | None = None
    line: Line | None = None


ALLOWED = Finding(Outcome.ALLOWED)
REFUSED = Finding(Outcome.REFUSED)


def wait_until(until: datetime | None) -> Finding:
    """Wait until then; an instant that never comes is a refusal."""
    return REFUSED if until is None else Finding(Outcome.WAIT, until)


def allowed_if(holds: bool) -> Finding:  # noqa: FBT001
    """Allowed or refused, whatever the time."""
    return ALLOWED if holds else REFUSED
