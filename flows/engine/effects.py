"""Orders that a turn gives to the shell: names and references, and of a person's data only their answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.script.model import InputKind, Text


@dataclass(frozen=True, slots=True)
class Option:
    """A button. Either `label` (a script text) or `value` shown in `format` (date, slot, text)."""

    id: str
    label: Text | None = None
    value: str | None = None
    format: str = "text"
    style: str = ""
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class SendText:
    """Say something that wants no answer. `discloses_debt`: only to an established right party."""

    text: Text
    discloses_debt: bool = False


@dataclass(frozen=True, slots=True)
class SendPrompt:
    """Ask something. `progress` is (this, of all) for numbered questions; `again` when it is a repetition.

    `aloud` is what staff say word for word; the shell shows it in the customer's language, with the `lines` of the
    rules but the ones named.
    """

    text: Text
    input: InputKind
    options: tuple[Option, ...]
    prompt_no: int
    progress: tuple[int, int] | None = None
    in_place: bool = False
    columns: int = 1
    again: bool = False
    discloses_debt: bool = False
    aloud: Text | None = None
    lines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClosePrompt:
    """The prompt is answered or abandoned: take its buttons away; `chosen` is the option that was taken."""

    prompt_no: int
    chosen: Option | None = None


@dataclass(frozen=True, slots=True)
class RejectInput:
    """What came cannot be taken here; `hint` says what can. The prompt stays open."""

    hint: Text | None
    reason: str


@dataclass(frozen=True, slots=True)
class RejectTap:
    """A button of a prompt that is no longer open was tapped; nothing changes."""

    prompt_no: int


@dataclass(frozen=True, slots=True)
class RecordAnswer:
    """An answer was given (or corrected) at `step`, written `script.step`."""

    step: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire `key` at `due_at` (aware UTC), guarded by `turn`."""

    key: str
    due_at: datetime
    turn: int


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """The timer under `key` is no longer wanted."""

    key: str


@dataclass(frozen=True, slots=True)
class Perform:
    """Do something in the world within this transaction, then answer with `EffectDone`."""

    name: str
    args: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Finished:
    """The session came to its end."""

    outcome: str


Effect = (
    SendText
    | SendPrompt
    | ClosePrompt
    | RejectInput
    | RejectTap
    | RecordAnswer
    | SetTimer
    | CancelTimer
    | Perform
    | Finished
)
