"""The interpreter of conversations: `advance` and all that goes in and comes out."""

from flows.engine.advance import advance
from flows.engine.codec import session_from_json, session_to_json
from flows.engine.effects import (
    CancelTimer,
    ClosePrompt,
    Effect,
    Finished,
    Option,
    Perform,
    RecordAnswer,
    RejectInput,
    RejectTap,
    SendPrompt,
    SendText,
    SetTimer,
)
from flows.engine.events import (
    ChoiceTapped,
    ContactShared,
    EffectDone,
    Event,
    FileKind,
    FileSent,
    InterruptRaised,
    LocationShared,
    Recalled,
    Signalled,
    Started,
    TextSent,
    TimerFired,
)
from flows.engine.options import BACK, open_options, wanted
from flows.engine.session import Frame, Session, Status
from flows.engine.turn import Turn

__all__ = [
    "BACK",
    "CancelTimer",
    "ChoiceTapped",
    "ClosePrompt",
    "ContactShared",
    "Effect",
    "EffectDone",
    "Event",
    "FileKind",
    "FileSent",
    "Finished",
    "Frame",
    "InterruptRaised",
    "LocationShared",
    "Option",
    "Perform",
    "Recalled",
    "RecordAnswer",
    "RejectInput",
    "RejectTap",
    "SendPrompt",
    "SendText",
    "Session",
    "SetTimer",
    "Signalled",
    "Started",
    "Status",
    "TextSent",
    "TimerFired",
    "Turn",
    "advance",
    "open_options",
    "session_from_json",
    "session_to_json",
    "wanted",
]
