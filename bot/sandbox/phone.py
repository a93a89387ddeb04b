"""One person's phone, held by a program: opens links, writes, taps what it sees, waits for what should come."""

import asyncio
import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import orjson
from aiohttp import ClientSession

Seen = dict[str, Any]
SETTLED = 0.25  # seconds


class NotSeen(AssertionError):  # noqa: N818 - a promise of the story that did not hold
    """What should have come did not come in time."""


class Phone:
    """A phone in a world that is served at `url`. Times are in seconds; `pace` passes before each deed."""

    def __init__(
        self, session: ClientSession, url: str, chat_id: int, *, patience: float = 10.0, pace: float = 0.0
    ) -> None:
        self._session = session
        self._url = f"{url}/sandbox/chats/{chat_id}"
        self.chat_id = chat_id
        self.patience = patience
        self.pace = pace
        self.read_to = 0

    async def _deed(self, deed: str, **given: Any) -> None:
        await asyncio.sleep(self.pace)
        body = BytesIO(orjson.dumps(given))  # as a file: a film of 20 MB may be among it
        async with self._session.post(f"{self._url}/{deed}", data=body) as response:
            if response.status != 200:  # noqa: PLR2004
                raise NotSeen(await response.text())

    async def describe(self, **fields: Any) -> None:
        """Say who holds it: first_name, language_code, kind."""
        async with self._session.post(self._url, data=orjson.dumps(fields)):
            pass

    async def open(self, payload: str = "") -> None:
        """Open the bot by a link's payload."""
        await self._deed("open", payload=payload)

    async def say(self, text: str) -> None:
        """Write something."""
        await self._deed("say", text=text)

    async def share(self, **content: Any) -> None:
        """Send a location, photo, voice note or document as the Bot API shows it."""
        await self._deed("share", content=content)

    async def send_file(self, name: str, data: bytes) -> None:
        """Send a document."""
        await self._send("document", data, file_name=name)

    async def send_photo(self, data: bytes, *, album: str | None = None) -> None:
        """Send a photo as the messenger sends them, in several sizes; those of one album share its name."""
        await self._send("photo", data, {"media_group_id": album} if album else {})

    async def send_voice(self, data: bytes) -> None:
        """Send a voice note."""
        await self._send("voice", data, mime_type="audio/ogg", duration=len(data) // 2000)

    async def _send(self, kind: str, data: bytes, about: Seen | None = None, **told: Any) -> None:
        """Send a file; the same content has the same unique id whenever it is sent, as Telegram has it."""
        unique = hashlib.sha256(data).hexdigest()[:16]
        file: Seen = {"file_id": f"sent-{self.chat_id}-{secrets.token_hex(4)}", "file_unique_id": unique}
        file |= {"file_size": len(data), **told}
        small = {"file_id": f"small-{unique}", "file_unique_id": f"s{unique}", "file_size": len(data) // 9}
        content = {kind: [small, file] if kind == "photo" else file, **(about or {})}
        await self._deed("share", content=content, data=base64.b64encode(data).decode())

    async def share_location(self, latitude: float, longitude: float) -> None:
        """Send where one is."""
        await self.share(location={"latitude": latitude, "longitude": longitude})

    async def edit(self, message_id: int, text: str) -> None:
        """Change an earlier message."""
        await self._deed("edit", message_id=message_id, text=text)

    async def block(self) -> None:
        """Block the bot."""
        await self._deed("block")

    async def raw(self, update: Seen) -> None:
        """Make an update of any shape."""
        await self._deed("raw", update=update)

    async def look(self, *, wait: float = 0.0) -> Seen:
        """Return the chat as it is, after waiting up to `wait` seconds for a change of anything."""
        async with self._session.get(self._url, params={"wait": str(wait)}) as response:
            view: Seen = orjson.loads(await response.read())
            return view

    async def messages(self) -> list[Seen]:
        """Return every message of the chat."""
        found: list[Seen] = (await self.look())["messages"]
        return found

    async def wait_for(self, wanted: str | Callable[[Seen], bool], *, after: int | None = None) -> Seen:
        """Return the newest message of the bot that fits, waiting for it. Raises `NotSeen`."""
        fits = wanted if callable(wanted) else (lambda message: str(wanted) in message["text"])
        floor = self.read_to if after is None else after
        found = await self._until(
            lambda view: next(
                (
                    one
                    for one in reversed(view["messages"])
                    if one["by_bot"] and one["message_id"] > floor and fits(one)
                ),
                None,
            )
        )
        if found is None:
            raise NotSeen(f"did not come: {wanted if isinstance(wanted, str) else 'a certain message'}")
        seen: Seen = found
        return seen

    async def tap(self, label: str, *, times: int = 1) -> Seen:
        """Tap the newest button that says `label` (an emoji may stand before it), waiting for it."""
        pair = await self._until(lambda view: _button(view["messages"], label))
        if pair is None:
            raise NotSeen(f"no button says: {label}")
        message: Seen = pair[0]
        button = pair[1]
        await self._deed("tap", message_id=message["message_id"], data=button["callback_data"], times=times)
        return message

    async def choose(self, option: str, *, times: int = 1) -> Seen:
        """Tap the newest button of an option by its id, in whatever language it is labelled."""
        pair = await self._until(lambda view: _option(view["messages"], option))
        if pair is None:
            raise NotSeen(f"nothing offers: {option}")
        message: Seen = pair[0]
        data = pair[1]["callback_data"]
        before = await self.look()
        await self._deed("tap", message_id=message["message_id"], data=data, times=times)
        await self._until(lambda view: True if view != before else None)
        return message

    async def tap_data(self, message_id: int, data: str) -> None:
        """Tap a button of an old message, by what it carries."""
        await self._deed("tap", message_id=message_id, data=data)

    async def settled(self) -> None:
        """Wait until nothing has changed for a moment: a person reads before answering."""
        seen = None
        while (now := await self.look()) != seen:
            seen = now
            await asyncio.sleep(SETTLED)

    async def answer(self, option: str) -> None:
        """Read, then tap the newest button of an option."""
        await self.settled()
        await self.choose(option)

    async def type(self, words: str, offered: str) -> None:
        """Type an answer to the question that offers this option beside it, and see that it is taken.

        What is written before the next question was asked is not its answer.
        """
        asked = await self.wait_for(lambda message: offers(message, offered))
        await self.settled()
        await self.say(words)
        await self._until(lambda view: _closed(view["messages"], asked["message_id"]))

    async def _until(self, look_for: Callable[[Seen], Any]) -> Any:
        deadline = time.monotonic() + self.patience
        found = look_for(await self.look())
        while found is None and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
            found = look_for(await self.look(wait=0.25))
        return found


def buttons(message: Seen) -> list[dict[str, str]]:
    """Return the inline buttons of a message."""
    return [button for row in message["keyboard"].get("inline_keyboard", []) for button in row]


def offers(message: Seen, option: str) -> bool:
    """Has a message a button of this option?"""
    return any(button["callback_data"].rpartition(":")[2] == option for button in buttons(message))


def _closed(messages: list[Seen], message_id: int) -> bool | None:
    """Are the buttons of a message gone? None while they are not."""
    return all(not buttons(one) for one in messages if one["message_id"] == message_id) or None


def _option(messages: list[Seen], option: str) -> tuple[Seen, Seen] | None:
    for message in reversed(messages):
        for row in message["keyboard"].get("inline_keyboard", []):
            for button in row:
                head, _, last = button["callback_data"].rpartition(":")
                if option in (last, head.partition(":")[0]):
                    return message, button
    return None


def _button(messages: list[Seen], label: str) -> tuple[Seen, Seen] | None:
    for message in reversed(messages):
        for row in message["keyboard"].get("inline_keyboard", []):
            for button in row:
                if button["text"] == label or button["text"].partition(" ")[2] == label:
                    return message, button
    return None
