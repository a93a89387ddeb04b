"""What the stand-in remembers: people, their chats, every message with its history, updates that wait."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

BOT_ID = 7_000_000_001
BOT_NAME = "doorstep_sandbox_bot"
TOKEN = "7000000001:sandbox-token-for-rehearsals-only-0001"  # noqa: S105 - a stand-in has no secrets


def _wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a stand-in for a foreign machine has a clock of its own


@dataclass(slots=True)
class Message:
    """A message in a chat. `shown` is its text without tags; `history` what it said before each edit."""

    message_id: int
    chat_id: int
    by_bot: bool
    date: datetime
    shown: str = ""
    source: str = ""
    keyboard: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    history: list[str] = field(default_factory=list)
    silent: bool = False  # it came without a sound

    def buttons(self) -> list[dict[str, Any]]:
        """Return its inline buttons."""
        return [button for row in self.keyboard.get("inline_keyboard", []) for button in row]

    def file_ids(self) -> list[str]:
        """Return the names of the files in it; a photo has several."""
        kinds = (one if isinstance(one, list) else [one] for one in self.content.values())
        return [
            one["file_id"] for kind in kinds for one in kind if isinstance(one, dict) and "file_id" in one
        ]

    def to_json(self) -> dict[str, Any]:
        """Return what a phone shows."""
        return {
            "message_id": self.message_id,
            "by_bot": self.by_bot,
            "date": self.date.isoformat(),
            "text": self.shown,
            "keyboard": self.keyboard,
            "content": {key: value for key, value in self.content.items() if key != "data"},
            "history": self.history,
        }


@dataclass(slots=True)
class Chat:
    """A chat of one person with the bot, or a group."""

    id: int
    first_name: str = "Person"
    language_code: str = "en"
    kind: str = "private"
    opened: bool = False
    blocked: bool = False
    messages: list[Message] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    commands: list[dict[str, str]] = field(default_factory=list)
    typed: int = 0  # how often the bot has shown that it is writing

    def find(self, message_id: int) -> Message | None:
        """Return a message by id."""
        return next((one for one in reversed(self.messages) if one.message_id == message_id), None)


class World:
    """One bot and the people who talk to it."""

    def __init__(self, clock: Callable[[], datetime] = _wall_clock) -> None:
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.updates: list[dict[str, Any]] = []
        self.queries: dict[str, int] = {}
        self.files: dict[str, bytes] = {}
        self.offline: set[int] = set()  # chats whose phone has no network
        self.calls: Counter[str] = Counter()
        self.webhook: dict[str, Any] | None = None
        self.changed = asyncio.Condition()
        self.version = 0  # grows with each change of anything
        self.count_from({"message": 1, "update": 500_000_001, "query": 1})
        self.on_message: Callable[[Message], None] | None = None
        self.on_person: Callable[[Message], None] | None = None
        self.on_tap: Callable[[Chat, str], None] | None = None
        self.on_deed: Callable[[int, str, dict[str, Any]], None] | None = None  # before anything comes of it

    def chat(self, chat_id: int) -> Chat:
        """Return a chat, making it on first sight."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def forget(self, *, but: int) -> None:
        """Let every phone keep its last messages, `but` of them, and the files in these; numbers stay taken."""
        for chat in self.chats.values():
            for message in chat.messages[:-but]:
                self.files |= dict.fromkeys(message.file_ids(), b"")
            del chat.messages[:-but]
            chat.notices.clear()

    def new_message(self, chat: Chat, *, by_bot: bool, **fields: Any) -> Message:
        """Add a message to a chat."""
        message = Message(self._number("message"), chat.id, by_bot, self.clock(), **fields)
        chat.messages.append(message)
        listener = self.on_message if by_bot else self.on_person
        if listener is not None:
            listener(message)
        return message

    def add_update(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Put an update down for the bot."""
        update = {"update_id": self._number("update"), kind: body}
        self.updates.append(update)
        return update

    def new_query(self, chat_id: int) -> str:
        """Return the id of a tap that waits for its answer."""
        query_id = str(self._number("query"))
        self.queries[query_id] = chat_id
        return query_id

    def _number(self, kind: str) -> int:
        self._next[kind] += 1
        return self._next[kind] - 1

    def numbers(self) -> dict[str, int]:
        """Return the next number of a message, an update and a tap."""
        return dict(self._next)

    def count_from(self, numbers: dict[str, int]) -> None:
        """Go on counting from where another world was."""
        self._next = dict(numbers)

    async def tell(self) -> None:
        """Wake whoever waits for something to happen."""
        self.version += 1
        async with self.changed:
            self.changed.notify_all()
