"""What goes out, as rows and as calls: the words that the services speak to `bot.telegram`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any


class Lane(IntEnum):
    """Who goes first when Telegram's budget is short."""

    SAFETY = 0
    REPLIES = 1
    CONFIRMATIONS = 2
    REMINDERS = 3
    BULK = 4


QUICK = (Lane.SAFETY, Lane.REPLIES, Lane.CONFIRMATIONS)
SLOW = (Lane.REMINDERS, Lane.BULK)  # nobody waits for these with the phone in their hand


class State(StrEnum):
    """The life of an outbox row. `queued`: in a sender's hands; `unknown`: it may have arrived."""

    READY = "ready"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call; `files` maps a field to (file name, content).

    `original` names a field, a file name and a piece of evidence, whose content is put in when the call leaves.
    """

    method: str
    payload: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]] | None = None
    original: tuple[str, str, int] | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A call on its way to the sender, of the outbox row `id`; 0: of none, so that nothing is written down.

    `contact`: to a customer, so never repeated by itself.
    """

    id: int
    chat_id: int
    lane: Lane
    call: Call
    contact: bool
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """How a row ended. `retry_at` (aware UTC) when it goes back to ready."""

    id: int
    state: State
    message_id: int | None = None
    fault: str | None = None
    retry_at: datetime | None = None
