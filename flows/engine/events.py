"""Past facts that move a session. Each carries `at`, an aware UTC instant: the core has no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FileKind(StrEnum):
    """What a person sent that is not text."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VOICE = "voice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Started:
    """The session begins at its script's entry step."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ChoiceTapped:
    """A button was tapped. `prompt_no` is the prompt that it belonged to."""

    at: datetime
    prompt_no: int
    choice: str


@dataclass(frozen=True, slots=True)
class InterruptRaised:
    """A permanent choice (stop, help, SOS ...) was asked for by command, whatever prompt is open."""

    at: datetime
    interrupt: str


@dataclass(frozen=True, slots=True)
class Signalled:
    """Somebody else did something that the script has a signal for."""

    at: datetime
    signal: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """The open question is to be shown again: the person came back to it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TextSent:
    """The person typed something."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LocationShared:
    """Degrees in WGS 84; `accuracy` in metres where the phone told it."""

    at: datetime
    latitude: float
    longitude: float
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class FileSent:
    """A photo, document or voice note; `file_ref` is Telegram's file id."""

    at: datetime
    kind: FileKind
    file_ref: str


@dataclass(frozen=True, slots=True)
class ContactShared:
    """A contact card; `own` when it is the sender's own."""

    at: datetime
    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer set in `turn` under `key` is due."""

    at: datetime
    key: str
    turn: int


@dataclass(frozen=True, slots=True)
class EffectDone:
    """The answer to a `Perform`: which outcome, and values for later steps (JSON scalars or lists)."""

    at: datetime
    outcome: str
    values: Mapping[str, object] = field(default_factory=dict)


Event = (
    Started
    | ChoiceTapped
    | InterruptRaised
    | Signalled
    | Recalled
    | TextSent
    | LocationShared
    | FileSent
    | ContactShared
    | TimerFired
    | EffectDone
)
