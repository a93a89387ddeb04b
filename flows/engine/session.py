"""Where a conversation stands: plain data that survives JSON, pinned to one script version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

SCHEMA = 2


class Status(StrEnum):
    """`performing` is only ever seen inside one transaction, between `Perform` and `EffectDone`."""

    NEW = "new"
    WAITING = "waiting"
    PERFORMING = "performing"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Frame:
    """A place in a script; a script stands on the stack at most once, so the stack is bounded.

    When the script on top ends, `outcomes` leads on in the frame at `base`; without a match a script that
    `returns` (a permanent choice opened it) gives the word back to the question that was open below it.
    """

    script: str
    step: str
    outcomes: Mapping[str, str] = field(default_factory=dict)
    base: int = 0
    returns: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation of one chat. `turn` grows by one with every event that moves it.

    `values` are answers and results by name; `trail` the asked steps that Back may return to (frame depth,
    step); `timers` the turn in which each live timer was set; `prompt_no` the last prompt's number; `pins` the
    sub-scripts that it keeps in an older version than the latest, since it could not be moved to that.
    """

    script: str
    version: int
    status: Status = Status.NEW
    frames: tuple[Frame, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    trail: tuple[tuple[int, str], ...] = ()
    timers: Mapping[str, int] = field(default_factory=dict)
    turn: int = 0
    prompt_no: int = 0
    outcome: str | None = None
    pins: Mapping[str, int] = field(default_factory=dict)
    schema: int = SCHEMA
