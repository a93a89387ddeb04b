"""Everything that changes on any phone, as server-sent events for one page."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator
from typing import Any

import orjson

from bot.sandbox.world import Chat, Message, World

HEARTBEAT = 15.0  # seconds after which a silent line says that it is still there
Event = tuple[str, Any]


class Sight:
    """What one page has seen of the phones; `look` tells what is new since."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._messages: dict[int, dict[int, Any]] = {}
        self._settled: dict[int, Any] = {}
        self._heard: dict[int, tuple[int, int]] = {}

    def look(self, people: Collection[int]) -> Iterator[Event]:
        """Yield what has changed for these people; a phone without a network sees nothing until it is back."""
        for chat_id in people:
            if chat_id not in self._world.offline:
                yield from self._look_at(self._world.chat(chat_id))

    def _look_at(self, chat: Chat) -> Iterator[Event]:
        state = {one.message_id: _mark(one) for one in chat.messages}
        before = self._messages.get(chat.id)
        self._messages[chat.id] = state
        if before is None:
            self._heard[chat.id] = chat.typed, len(chat.notices)
            self._settled[chat.id] = settled(chat)
            yield "chat", {**settled(chat), "messages": [view(one) for one in chat.messages]}
            return
        for number in before.keys() - state.keys():
            yield "deleted", {"chat": chat.id, "message_id": number}
        for one in chat.messages:
            if before.get(one.message_id) != state[one.message_id]:
                yield "message", {"chat": chat.id, "message": view(one)}
        yield from self._listen(chat)

    def _listen(self, chat: Chat) -> Iterator[Event]:
        typed, noticed = self._heard[chat.id]
        self._heard[chat.id] = chat.typed, len(chat.notices)
        if chat.typed != typed:
            yield "typing", {"chat": chat.id}
        for text in chat.notices[noticed:]:
            yield "notice", {"chat": chat.id, "text": text, "alert": False}
        if self._settled[chat.id] != settled(chat):
            self._settled[chat.id] = settled(chat)
            yield "settled", settled(chat)


def _mark(message: Message) -> tuple[Any, ...]:
    """Return what tells whether a phone has to draw a message anew."""
    return message.shown, message.source, len(message.history), id(message.keyboard), id(message.content)


def view(message: Message) -> dict[str, Any]:
    """Return a message as a phone shows it; `html` is what the bot wrote, in the few tags that Telegram reads."""
    return {**message.to_json(), "html": message.source, "silent": message.silent}


def settled(chat: Chat) -> dict[str, Any]:
    """Return a chat without what was said in it."""
    names = ("id", "first_name", "language_code", "opened", "blocked")
    return {**{name: getattr(chat, name) for name in names}, "commands": list(chat.commands)}


def line(event: Event) -> bytes:
    """Return an event as it goes over the wire."""
    return b"event: %s\ndata: %s\n\n" % (event[0].encode(), orjson.dumps(event[1]))


async def changes(world: World) -> AsyncIterator[None]:
    """Yield at once, after each change of anything, and now and then when nothing changes."""
    while True:
        seen = world.version
        yield
        async with world.changed:
            try:
                await asyncio.wait_for(world.changed.wait_for(lambda: world.version != seen), HEARTBEAT)  # noqa: B023
            except TimeoutError:
                continue
