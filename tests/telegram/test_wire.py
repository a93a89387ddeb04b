"""The wire finds each caller its own answer, however a server ends its answers and its connections."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.telegram.wire import NotConnected, Wire

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"
CLOSING = b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno"
CUT_SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\nhalf"
NO_HTTP = b"220 mail.example.com ESMTP\r\n"
UNASKED = OK + OK
SECONDS = 5.0


class Scripted:
    """A server that answers each request with the next of its lines; None: never, b"": by hanging up."""

    def __init__(self, *lines: bytes | None) -> None:
        self.lines = list(lines)
        self.requests: list[bytes] = []
        self.connections = 0
        self.asked = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.requests.append(head + await reader.readexactly(length))
                self.asked.set()
                line = self.lines.pop(0)
                if line is None:
                    continue
                writer.write(line)
                if line in (b"", CUT_SHORT, CLOSING):
                    return
        except (asyncio.IncompleteReadError, ConnectionResetError):
            return
        finally:
            writer.close()


@pytest.fixture
async def wires() -> AsyncIterator[list[Wire]]:
    """Collect wires, and close them at the end."""
    made: list[Wire] = []
    yield made
    for wire in made:
        wire.close()
    await asyncio.sleep(0)


async def _served(scripted: Scripted, wires: list[Wire]) -> tuple[asyncio.Server, Wire]:
    server = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    wire = Wire(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/below")
    wires.append(wire)
    return server, wire


async def _bodies(lines: Sequence[bytes | None], wires: list[Wire]) -> tuple[list[bytes], Scripted]:
    scripted = Scripted(*lines)
    server, wire = await _served(scripted, wires)
    async with server:
        bodies = [(await wire.post("path", b"{}", SECONDS)).body for _ in lines]
        wire.close()
    return bodies, scripted


async def test_one_connection_serves_many_calls(wires: list[Wire]) -> None:
    """Answers of known length and in pieces come whole, one after the other over one connection."""
    bodies, scripted = await _bodies([OK, CHUNKED, OK], wires)

    assert bodies == [b"ok", b"onetwo", b"ok"]
    assert scripted.connections == 1
    assert scripted.requests[0].startswith(b"POST /below/path HTTP/1.1\r\nHost: 127.0.0.1:")


async def test_a_connection_that_ends_is_not_used_again(wires: list[Wire]) -> None:
    """After an answer that closes its connection the next call makes another."""
    bodies, scripted = await _bodies([CLOSING, OK], wires)

    assert bodies == [b"no", b"ok"]
    assert scripted.connections == 2


async def test_an_answer_that_nobody_asked_for_is_nobodys(wires: list[Wire]) -> None:
    """A second answer to one request closes the connection, and is not taken for the next call's."""
    bodies, scripted = await _bodies([UNASKED, OK], wires)

    assert bodies == [b"ok", b"ok"]
    assert scripted.connections == 2


@pytest.mark.parametrize("line", [b"", CUT_SHORT, NO_HTTP])
async def test_no_whole_answer_is_no_answer(line: bytes, wires: list[Wire]) -> None:
    """Hanging up, half an answer and what is no HTTP end the call, and not as if nothing had been sent."""
    server, wire = await _served(Scripted(line), wires)
    async with server:
        with pytest.raises(OSError, match="no answer") as caught:
            await wire.post("path", b"{}", SECONDS)

    assert not isinstance(caught.value, NotConnected)


async def test_patience_ends(wires: list[Wire]) -> None:
    """An answer that does not come in time ends the call."""
    server, wire = await _served(Scripted(None), wires)
    async with server:
        with pytest.raises(OSError, match="no answer"):
            await wire.post("path", b"{}", 0.01)


async def test_the_answer_to_a_call_that_was_given_up_is_nobodys(wires: list[Wire]) -> None:
    """A call that was cancelled leaves nothing behind that the next one could take for its own."""
    scripted = Scripted(None, OK)
    server, wire = await _served(scripted, wires)
    async with server:
        given_up = asyncio.create_task(wire.post("path", b"{}", SECONDS))
        await scripted.asked.wait()
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        reply = await wire.post("path", b"{}", SECONDS)
        wire.close()

    assert reply.body == b"ok"
    assert scripted.connections == 2


async def test_nobody_there_is_said_so() -> None:
    """Where no connection can be made nothing was sent, and the caller can tell."""
    server = await asyncio.start_server(Scripted().serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()

    with pytest.raises(NotConnected):
        await Wire(f"http://127.0.0.1:{port}").post("path", b"{}", SECONDS)
