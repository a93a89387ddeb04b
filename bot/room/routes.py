"""What the page asks for, over HTTP."""

import mimetypes
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from bot.documents.content_type import content_type
from bot.errors import DoorstepError, InputRefused
from bot.room.behind import Behind
from bot.room.language import choose_language
from bot.room.room import Room
from bot.room.stream import Sight, changes, line
from bot.settings import LOCALES

PAGE = files("bot.room") / "page"
LOCAL = ("127.0.0.1", "localhost", "[::1]")
_JSON = {"Content-Type": "application/json"}
_QUIET = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; frame-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'"
)
Order = Mapping[str, Any]


@web.middleware
async def guard(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
    """Let nothing in but this machine's own page: a name that leads here from elsewhere and other sites are refused."""
    origin = request.headers.get("Origin")
    names = [request.host, *([urlsplit(origin).netloc] if origin is not None else [])]
    if any(name.rpartition(":")[0] not in LOCAL and name not in LOCAL for name in names):
        return _refused("This is a local tool: open it under its address on this machine.", 403)
    return await handler(request)


class Routes:
    """Handlers for one room."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def table(self) -> Iterable[web.RouteDef]:
        """Return them with their paths."""
        return (
            web.get("/", self._index),
            web.get("/page/{name}", self._page),
            web.get("/room/stream", self._stream),
            web.get("/room/chats/{id}/files/{file}", self._file),
            web.get("/room/behind", self._behind),
            web.post("/room/clock", self._ordered(self._clock)),
            web.post("/room/people/{id}", self._person),
            web.post("/room/faults", self._ordered(self._faults)),
            web.post("/room/tour", self._ordered(self._tour)),
            web.post("/room/record", self._ordered(self._record)),
        )

    async def _index(self, _: web.Request) -> web.Response:
        headers = {**_QUIET, "Content-Security-Policy": _POLICY}
        return web.Response(
            text=(PAGE / "index.html").read_text("utf-8"), content_type="text/html", headers=headers
        )

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        file = PAGE / name
        if "/" in name or name.startswith(".") or not file.is_file():
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=_QUIET)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **_QUIET})
        await response.prepare(request)
        sight, shown = Sight(self._room.world), None
        with suppress(ConnectionError):
            async for _ in changes(self._room.world):
                state = self._room.state()
                wire = b"" if state == shown else line(("room", {**state, "now": self._room.now()}))
                shown = state
                people = [one.id for one in self._room.people]
                wire += b"".join(map(line, sight.look(people)))
                await response.write(wire or b": still here\n\n")
        return response

    async def _file(self, request: web.Request) -> web.Response:
        content = self._room.world.files.get(request.match_info["file"])
        if content is None:
            return _refused("This file is not there any more.", 404)
        name = request.query.get("name", "")
        kind = mimetypes.guess_type(name)[0] or content_type(content) or "application/octet-stream"
        return web.Response(body=content, content_type=kind, headers=_QUIET)

    async def _behind(self, request: web.Request) -> web.Response:
        named = request.query.get("chat", "")
        person = self._room.person(int(named)) if named.isdecimal() else None
        if person is None:
            return _refused("Nobody has this phone: choose one of the list.", 404)
        language = request.query.get("language", "en")
        behind = Behind(self._room.inst, language if language in LOCALES else "en")
        return _json(await behind.of_chat(person.id, person.case))

    def _ordered(
        self, handler: Callable[[Order], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Return what reads the order from the body, and answers with what came of it."""

        async def handle(request: web.Request) -> web.Response:
            try:
                return _json(await handler(orjson.loads(await request.read() or b"{}")) or {})
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                return _refused(
                    "This order is not understood: the page may be older than the bot. Load it again.", 400
                )
            except DoorstepError as error:
                return _refused(str(error), 409)

        return handle

    async def _clock(self, order: Order) -> Order:
        clock = self._room.clock
        due = None
        if "play" in order:
            await (clock.play() if order["play"] else clock.pause())
        elif order.get("to") == "next":
            due = await clock.leap_to_next()
            if due is None:
                raise InputRefused("Nothing is ahead: no message waits and no timer runs.")
        else:
            by = timedelta(hours=float(order.get("hours", 0)), days=float(order.get("days", 0)))
            await clock.leap(by)
        return {"now": self._room.now(), "what": due.kind if due is not None else ""}

    async def _person(self, request: web.Request) -> web.Response:
        async def choose(order: Order) -> None:
            person = self._room.person(int(request.match_info["id"]))
            if person is None or order["language"] not in LOCALES:
                raise InputRefused("Choose one of the phones and one of the languages that are there.")
            await choose_language(self._room, person, order["language"])

        return await self._ordered(choose)(request)

    async def _faults(self, order: Order) -> None:
        faults = self._room.faults
        if "offline" in order:
            await faults.lose_network(int(order["offline"]), on=bool(order["on"]))
        elif "too_many" in order:
            await faults.refuse(on=bool(order["too_many"]))
        elif order.get("crash"):
            await faults.crash()

    async def _tour(self, order: Order) -> None:
        if order["do"] == "play":
            await self._room.tour.play(self._room.people, str(order.get("language", "en")))
        else:
            await self._room.tour.stop()

    async def _record(self, order: Order) -> Order:
        room = self._room
        if order["do"] == "start":
            room.recording.begin()
            await room.moved()
            return {}
        file, text = room.save_recording()
        await room.moved()
        return {"name": file.name, "path": str(file), "transcript": text}


def _json(body: Any) -> web.Response:
    return web.Response(body=orjson.dumps(body), headers=_JSON)


def _refused(sentence: str, status: int) -> web.Response:
    return web.Response(status=status, body=orjson.dumps({"error": sentence}), headers=_JSON)
