"""Each way in which a call can end has its own error, and none tells the token."""

import asyncio
import logging
from typing import Any

import pytest
from aiohttp import web

from bot.errors import ConfigError, DoorstepError, OutcomeUnknown, Rejected, RetryLater, Unreachable
from bot.sandbox.faults import Fault
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import TOKEN, World
from bot.service.outbound.outgoing import Call
from bot.telegram.client import BotApi, Conflict

HELLO = {"chat_id": 101, "text": "Hello"}
FORBIDDEN = "Forbidden: bot was blocked by the user"

FAULTS = (
    (Fault("server_error", "sendMessage"), RetryLater),
    (Fault("too_many", "sendMessage"), RetryLater),
    (Fault("drop_before", "sendMessage"), OutcomeUnknown),
    (Fault("drop_after", "sendMessage"), OutcomeUnknown),
)
ANSWERS: tuple[tuple[int, Any, type[DoorstepError]], ...] = (
    (400, {"description": "Bad Request: can't parse entities"}, Rejected),
    (400, {"description": "Bad Request: chat not found"}, Unreachable),
    (400, {"description": "Bad Request: user is deactivated"}, Unreachable),
    (401, {"description": "Unauthorized"}, ConfigError),
    (403, {"description": FORBIDDEN}, Unreachable),
    (404, {"description": "Not Found"}, ConfigError),
    (409, {"description": "Conflict: terminated by other getUpdates request"}, Conflict),
    (413, {"description": "Request Entity Too Large"}, Rejected),
    (429, {"description": "Too Many Requests", "parameters": {"retry_after": 7}}, RetryLater),
    (500, {"description": "Internal Server Error"}, RetryLater),
    (502, None, RetryLater),
    (200, None, RetryLater),
    (200, [], RetryLater),
)


async def _error_of(
    api: BotApi, method: str = "sendMessage", payload: dict[str, Any] = HELLO
) -> DoorstepError:
    with pytest.raises(DoorstepError) as caught:
        await api.call(method, payload)
    return caught.value


async def _answering(status: int, answer: Any) -> web.AppRunner:
    """Serve one answer to whatever is asked."""

    async def reply(_: web.Request) -> web.Response:
        if answer is None:
            return web.Response(status=status, text="<html>a proxy speaks</html>")
        return web.json_response(
            answer | {"ok": False} if isinstance(answer, dict) else answer, status=status
        )

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", reply)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


async def test_a_call_brings_its_result(api: BotApi, world: World) -> None:
    """What Telegram answers is returned as it is."""
    sent = await api.call("sendMessage", HELLO)

    assert sent["message_id"] == world.chat(101).messages[0].message_id


@pytest.mark.parametrize(("status", "answer", "kind"), ANSWERS)
async def test_an_answer_has_its_error(status: int, answer: Any, kind: type[DoorstepError]) -> None:
    """Each kind of answer becomes the error that says what to do about it."""
    runner = await _answering(status, answer)
    api = BotApi(f"http://127.0.0.1:{runner.addresses[0][1]}", TOKEN)
    await api.open()
    try:
        assert type(await _error_of(api)) is kind
    finally:
        await api.close()
        await runner.cleanup()


@pytest.mark.parametrize(("fault", "kind"), FAULTS)
async def test_a_fault_has_its_error(
    api: BotApi, server: SandboxServer, fault: Fault, kind: type[DoorstepError]
) -> None:
    """A broken connection leaves the outcome unknown; an answered fault does not. The next call goes through."""
    fault.count = 1
    server.faults.append(fault)

    assert type(await _error_of(api)) is kind
    assert (await api.call("sendMessage", HELLO))["text"] == "Hello"


async def test_the_wait_asked_for_is_told(api: BotApi, server: SandboxServer) -> None:
    """A 429 says for how long, in seconds."""
    server.faults.append(Fault("too_many"))
    error = await _error_of(api)

    assert isinstance(error, RetryLater)
    assert error.after == 1.0


async def test_a_refused_connection_may_be_tried_again() -> None:
    """Where nobody listens nothing was sent: the outcome is known."""
    api = BotApi("http://127.0.0.1:1", TOKEN)
    await api.open()

    assert isinstance(await _error_of(api), RetryLater)
    await api.close()


async def test_an_answer_that_never_comes_leaves_the_outcome_unknown(
    api: BotApi, server: SandboxServer
) -> None:
    """A call that takes too long may have been done."""
    server.faults.append(Fault("delay", seconds=30))
    with pytest.raises(OutcomeUnknown):
        await api.call("sendMessage", HELLO, seconds=0.05)


async def test_a_file_goes_with_its_call(api: BotApi, world: World) -> None:
    """A document arrives with its name, bytes and caption."""
    call = Call("sendDocument", {"chat_id": 101, "caption": "<b>Visit</b>", "parse_mode": "HTML"})
    await api.send(Call(call.method, call.payload, {"document": ("visit.ics", b"BEGIN:VCALENDAR")}))

    message = world.chat(101).messages[0]
    assert (message.shown, message.content["data"]) == ("Visit", b"BEGIN:VCALENDAR")
    assert message.content["document"]["file_name"] == "visit.ics"


@pytest.mark.parametrize("kind", ["drop_before", "server_error", "too_many"])
async def test_a_file_that_does_not_arrive_has_its_error(
    api: BotApi, server: SandboxServer, kind: Any
) -> None:
    """Files fail in the same ways as other calls."""
    server.faults.append(Fault(kind))
    with pytest.raises(OutcomeUnknown if kind == "drop_before" else RetryLater):
        await api.send(Call("sendDocument", {"chat_id": 101}, {"document": ("a.ics", b"x")}))


async def test_many_calls_at_once_find_their_own_answers(api: BotApi) -> None:
    """Calls that overlap on the same connections are not mixed up."""
    texts = [f"message {number}" for number in range(200)]
    sent = await asyncio.gather(*(api.call("sendMessage", HELLO | {"text": text}) for text in texts))

    assert [one["text"] for one in sent] == texts


async def test_a_restarted_server_is_found_again(world: World) -> None:
    """After the other side closed its connections, calls go through again without help."""
    first = SandboxServer(world)
    root = await first.start()
    api = BotApi(root, TOKEN)
    await api.open()
    await api.call("getMe")
    await first.stop()
    assert isinstance(await _error_of(api), RetryLater | OutcomeUnknown)
    second = SandboxServer(world)
    await second.start(int(root.rpartition(":")[2]))

    assert (await api.call("getMe"))["is_bot"]
    await api.close()
    await second.stop()


@pytest.mark.parametrize("fault", [None, *(fault for fault, _ in FAULTS), Fault("delay", seconds=30)])
async def test_no_error_tells_the_token(
    root: str, server: SandboxServer, fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, neither the error, what caused it, nor a log line holds the token."""
    caplog.set_level(logging.DEBUG)
    secret = "7000000001:another-token-that-nobody-may-see"
    api = BotApi(root if fault else "http://127.0.0.1:1", TOKEN if fault else secret)
    await api.open()
    if fault:
        server.faults.append(Fault(fault.kind, seconds=fault.seconds))
    with pytest.raises(DoorstepError) as caught:
        await api.call("sendMessage", HELLO, seconds=0.3)
    await api.close()
    error: BaseException | None = caught.value
    told = [repr(api), caplog.text]
    while error is not None:
        told += [str(error), repr(error)]
        error = None if error.__suppress_context__ else error.__context__

    assert not any(word in " ".join(told) for word in (TOKEN, secret, "sandbox-token", "nobody-may-see"))
