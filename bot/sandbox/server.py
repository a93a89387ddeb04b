"""The stand-in's HTTP server: the Bot API at `/bot<token>/<method>`, people's phones at `/sandbox/...`.

| path | does |
|---|---|
| POST /sandbox/chats/{id}/{deed} | open, say, share, tap, edit, block, unblock, raw: see `hands` |
| GET /sandbox/chats/{id}?after=N&wait=S | the chat; waits up to S seconds for a change of anything |
| POST /sandbox/chats/{id} | first_name, language_code, kind |
| POST /sandbox/faults, /sandbox/limits | what goes wrong from now on |
| GET /sandbox/counters | calls by method, 429s |
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import orjson
from aiohttp import ClientError, ClientSession, web
from aiohttp.typedefs import Middleware

from bot.sandbox import spec
from bot.sandbox.faults import DOWNLOAD, Fault
from bot.sandbox.hands import DEEDS
from bot.sandbox.limits import Limits
from bot.sandbox.methods import METHODS
from bot.sandbox.polling import Polling
from bot.sandbox.refusal import Refusal
from bot.sandbox.world import TOKEN, World

_JSON = {"Content-Type": "application/json"}
_MAX_BODY = 50 * 1024 * 1024
FILE_FAULTS = {"server_error": 502, "too_many": 429, "gone": 404}
SERVED = frozenset({*METHODS, "getUpdates"})


class SandboxServer:
    """Serves one world. `latency` seconds are added to every call, as a real network would."""

    def __init__(self, world: World, *, token: str = TOKEN, latency: float = 0.0) -> None:
        self.world = world
        self.limits = Limits()
        self.faults: list[Fault] = []
        self.latency = latency
        self._token = token
        self._names = {small: name for small, name in spec.methods().items() if name in SERVED}
        self._polling = Polling(world)
        self._runner: web.AppRunner | None = None
        self._pusher: asyncio.Task[None] | None = None

    async def start(
        self, port: int = 0, room: Iterable[web.RouteDef] = (), guard: Iterable[Middleware] = ()
    ) -> str:
        """Listen on the loopback interface; return the root URL. A `room` around the phones has routes of its own."""
        app = web.Application(client_max_size=_MAX_BODY, middlewares=guard)
        app.router.add_routes(room)
        app.router.add_route("*", "/bot{token}/{method}", self._api)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        app.router.add_get("/sandbox/counters", self._counters)
        app.router.add_post("/sandbox/faults", self._add_fault)
        app.router.add_post("/sandbox/limits", self._set_limits)
        app.router.add_get("/sandbox/chats/{id}", self._look)
        app.router.add_post("/sandbox/chats/{id}", self._describe)
        app.router.add_post("/sandbox/chats/{id}/{deed}", self._deed)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self._pusher = asyncio.create_task(self._push())
        address = self._runner.addresses[0]
        return f"http://127.0.0.1:{address[1]}"

    async def stop(self) -> None:
        """Close the door."""
        if self._pusher is not None:
            self._pusher.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    # -- the Bot API

    async def _api(self, request: web.Request) -> web.StreamResponse:
        try:
            result = await self._call(request)
        except Refusal as refusal:
            return _refused(refusal)
        if result is _LOST:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.Response(body=orjson.dumps({"ok": True, "result": result}), headers=_JSON)

    async def _call(self, request: web.Request) -> Any:
        if request.match_info["token"] != self._token:
            raise Refusal(401, "Unauthorized")
        method = self._names.get(request.match_info["method"].lower())
        if method is None:
            raise Refusal(404, "Not Found")
        params = await _params(request, method)
        self.world.calls[method] += 1
        fault = next((one for one in self.faults if one.strikes(method, params)), None)
        if self.latency or (fault is not None and fault.seconds):
            await asyncio.sleep(self.latency + (fault.seconds if fault is not None else 0.0))
        if fault is not None and fault.kind != "delay":
            return await self._fail(fault, method, params)
        return await self._do(method, params)

    async def _do(self, method: str, params: dict[str, Any]) -> Any:
        spec.check(method, params)
        if method == "getUpdates":
            return await self._polling.get(params)
        self.limits.spend(method)
        result = METHODS[method](self.world, params)
        await self.world.tell()
        return result

    async def _fail(self, fault: Fault, method: str, params: dict[str, Any]) -> Any:
        if fault.kind == "server_error":
            raise Refusal(502, "Bad Gateway")
        if fault.kind == "too_many":
            raise Refusal(429, "Too Many Requests: retry after 1", 1)
        if fault.kind == "drop_after":
            await self._do(method, params)
        if fault.on_strike is not None:
            fault.on_strike()
        return _LOST

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["path"].removeprefix("files/")
        self.world.calls[DOWNLOAD] += 1
        fault = next((one for one in self.faults if one.strikes(DOWNLOAD, {})), None)
        if fault is not None and fault.kind != "delay":
            return await self._fail_file(request, fault, self.world.files.get(name, b""))
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        if request.match_info["token"] != self._token or name not in self.world.files:
            return web.Response(status=404)
        return web.Response(body=self.world.files[name])

    async def _fail_file(self, request: web.Request, fault: Fault, content: bytes) -> web.StreamResponse:
        if fault.on_strike is not None:
            fault.on_strike()
        if fault.kind in FILE_FAULTS:
            return web.Response(status=FILE_FAULTS[fault.kind])
        response = web.StreamResponse()
        response.content_length = len(content)
        if fault.kind == "drop_after":
            await response.prepare(request)
            await response.write(content[: len(content) // 2])
        if request.transport is not None:
            request.transport.abort()
        return response

    async def _push(self) -> None:
        """Post updates to the webhook, in order; anything but 2xx is tried again."""
        async with ClientSession() as session:
            while True:
                async with self.world.changed:
                    await self.world.changed.wait_for(lambda: bool(self.world.webhook and self.world.updates))
                hook, update = self.world.webhook, self.world.updates[0]
                if hook is not None and await _posted(session, hook, update):
                    self.world.updates.remove(update)
                    continue
                await asyncio.sleep(0.2)
                await self.world.tell()

    # -- people's phones

    async def _deed(self, request: web.Request) -> web.Response:
        deed = DEEDS.get(request.match_info["deed"])
        if deed is None:
            return web.Response(status=404)
        given = orjson.loads(await request.read() or b"{}")
        chat = self.world.chat(int(request.match_info["id"]))
        if chat.id in self.world.offline:
            return _refused(Refusal(503, "No network on this phone."))
        try:
            deed(self.world, chat, given)
        except Refusal as refusal:
            return _refused(refusal)
        if self.world.on_deed is not None:
            self.world.on_deed(chat.id, request.match_info["deed"], given)
        await self.world.tell()
        return web.Response(body=b"{}", headers=_JSON)

    async def _describe(self, request: web.Request) -> web.Response:
        chat = self.world.chat(int(request.match_info["id"]))
        for name, value in orjson.loads(await request.read()).items():
            if name in ("first_name", "language_code", "kind", "opened"):
                setattr(chat, name, value)
        return web.Response(body=b"{}", headers=_JSON)

    async def _look(self, request: web.Request) -> web.Response:
        chat = self.world.chat(int(request.match_info["id"]))
        wait = float(request.query.get("wait", 0))
        if wait:
            async with self.world.changed:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.world.changed.wait(), min(wait, 30.0))
        after = int(request.query.get("after", 0))
        view = {
            "messages": [one.to_json() for one in chat.messages if one.message_id > after],
            "notices": chat.notices,
            "commands": chat.commands,
            "blocked": chat.blocked,
        }
        return web.Response(body=orjson.dumps(view), headers=_JSON)

    async def _add_fault(self, request: web.Request) -> web.Response:
        self.faults.append(Fault(**orjson.loads(await request.read())))
        return web.Response(body=b"{}", headers=_JSON)

    async def _set_limits(self, request: web.Request) -> web.Response:
        self.limits = Limits(**orjson.loads(await request.read()))
        return web.Response(body=b"{}", headers=_JSON)

    async def _counters(self, _: web.Request) -> web.Response:
        view = {"calls": dict(self.world.calls), "strikes": self.limits.strikes}
        return web.Response(body=orjson.dumps(view), headers=_JSON)


_LOST = object()


def _refused(refusal: Refusal) -> web.Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return web.Response(status=refusal.code, body=orjson.dumps(body), headers=_JSON)


async def _params(request: web.Request, method: str) -> dict[str, Any]:
    """Return the parameters, from JSON, a form or a form with files."""
    if request.content_type == "application/json":
        body = await request.read()
        try:
            return dict(orjson.loads(body)) if body else {}
        except (orjson.JSONDecodeError, TypeError, ValueError):
            raise Refusal(400, "Bad Request: can't parse JSON object") from None
    params: dict[str, Any] = {
        name: spec.from_form(method, name, value) for name, value in request.query.items()
    }
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params[name] = (value.filename, value.file.read())
        else:
            params[name] = spec.from_form(method, name, str(value))
    return params


async def _posted(session: ClientSession, hook: dict[str, Any], update: dict[str, Any]) -> bool:
    headers = _JSON | {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]}
    try:
        async with session.post(hook["url"], data=orjson.dumps(update), headers=headers) as response:
            return response.status // 100 == 2  # noqa: PLR2004
    except ClientError:
        return False
