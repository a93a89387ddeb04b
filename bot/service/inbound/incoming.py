"""What can come in from a chat, already decoded: the words that `bot.telegram.decode` speaks to the services."""

from dataclasses import dataclass
from datetime import datetime

from flows.engine import FileKind

MAX_MEGABYTES = 20  # of a file that Telegram hands to a bot
MEGABYTE = 1024 * 1024  # bytes, as Telegram counts them


@dataclass(frozen=True, slots=True)
class From:
    """Who wrote where; `at` (aware UTC) is the message's own time, else None."""

    chat_id: int
    user_id: int
    language_code: str | None = None
    at: datetime | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was tapped; `data` is the callback data, `query_id` must be answered once."""

    origin: From
    query_id: str
    data: str


@dataclass(frozen=True, slots=True)
class Words:
    """Typed text."""

    origin: From
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`, without the slash and the bot's own name."""

    origin: From
    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Place:
    """A location in WGS 84 degrees; `accuracy` in metres where known.

    `live`: the phone goes on telling where it is; `forwarded`: it came from elsewhere; `venue`: chosen from a list;
    `edited`: an earlier location moved on.
    """

    origin: From
    latitude: float
    longitude: float
    accuracy: float | None = None
    forwarded: bool = False
    live: bool = False
    venue: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A contact card; `own` when Telegram vouches that it is the sender's."""

    origin: From
    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, voice note, document or anything else with a file.

    `file_ref` and `unique_ref` are Telegram's; the latter is the same whenever the same file is sent. `claimed` is
    the type that the sender's phone says it has, `album` what was sent together has in common. `answers` is the
    number of the message that it was sent as a reply to.
    """

    origin: From
    kind: FileKind
    file_ref: str
    size: int | None = None
    name: str | None = None
    caption: str | None = None
    unique_ref: str | None = None
    claimed: str | None = None
    album: str | None = None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message was changed."""

    origin: From


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot, or left."""

    origin: From


@dataclass(frozen=True, slots=True)
class Unblocked:
    """The person opened the bot again."""

    origin: From


@dataclass(frozen=True, slots=True)
class Group:
    """Something from a chat that is not private."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Strange:
    """Nothing that we know; `reason` is a code without content."""

    reason: str


Incoming = Tap | Words | Command | Place | Card | Media | Edited | Blocked | Unblocked | Group | Strange
