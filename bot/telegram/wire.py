"""HTTP/1.1 to one host and nothing more: JSON in, bytes out, over connections that stay open.

Two calls leave for every tap, so this is where most of a reply's time would go: a general client spends four times
as much on what is never used here (redirects, cookies, streams). `httptools` reads the answers.
"""

import asyncio
import ssl
import time
from typing import NamedTuple
from urllib.parse import urlsplit

import httptools

LIMIT = 256  # connections; whoever comes later waits for one
IDLE = 45.0  # seconds after which a connection is not trusted any more: the other side closes after a minute
CONNECT = 10.0  # seconds


class NotConnected(OSError):  # noqa: N818
    """No connection could be made: nothing was sent."""


class Reply(NamedTuple):
    """An HTTP answer."""

    status: int
    body: bytes


class Connection(asyncio.Protocol):
    """One connection: one request, its answer, then the next."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Reply] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body: list[bytes] = []
        self.used_at = 0.0

    @property
    def is_open(self) -> bool:
        """Can another request go over it?"""
        return self._transport is not None and not self._transport.is_closing()

    def ask(self, request: bytes, seconds: float) -> asyncio.Future[Reply]:
        """Send a request; the answer fails with `OSError` when none comes in time."""
        if self._transport is None:
            raise NotConnected("the connection was closed before anything was sent")
        loop = asyncio.get_running_loop()
        answer = self._answer = loop.create_future()
        patience = loop.call_later(seconds, self.close)
        answer.add_done_callback(lambda _: patience.cancel())
        self._transport.write(request)
        return answer

    def close(self) -> None:
        """Close it; whoever waits hears that no answer came."""
        if self._transport is not None:
            self._transport.abort()

    # -- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio calls it
        """Whoever waits will wait in vain."""
        self._transport = None
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError("no answer"))

    def data_received(self, data: bytes) -> None:
        """Read on."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self.close()

    # -- what the parser calls

    def on_body(self, body: bytes) -> None:
        """Collect the body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """Hand the answer over; nothing more may come until the next request."""
        answer, self._answer = self._answer, None
        body, self._body = b"".join(self._body), []
        if answer is None or answer.done():  # nobody asked, or nobody waits any more
            self.close()
            return
        answer.set_result(Reply(self._parser.get_status_code(), body))
        self.used_at = time.monotonic()
        if not self._parser.should_keep_alive():
            self.close()


class Wire:
    """Posts to one host."""

    def __init__(self, root: str) -> None:
        parts = urlsplit(root)
        self._host = parts.hostname or ""
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._tls else 80)
        self._prefix = f"POST {parts.path.rstrip('/')}/"
        self._rest = (
            f" HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\nContent-Length: "
        )
        self._places = asyncio.Semaphore(LIMIT)
        self._idle: list[Connection] = []

    async def post(self, path: str, body: bytes, seconds: float) -> Reply:
        """Post JSON. Raises `NotConnected` when nothing was sent, `OSError` when no answer came."""
        head = f"{self._prefix}{path}{self._rest}{len(body)}\r\n\r\n"
        async with self._places:
            connection = self._pooled() or await self._connect()
            try:
                reply = await connection.ask(head.encode() + body, seconds)
            except asyncio.CancelledError:
                connection.close()  # its answer may still come, and is nobody's
                raise
            if connection.is_open:
                self._idle.append(connection)
            return reply

    def _pooled(self) -> Connection | None:
        trusted_since = time.monotonic() - IDLE
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.used_at > trusted_since:
                return connection
            connection.close()
        return None

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        making = loop.create_connection(Connection, self._host, self._port, ssl=self._tls)
        try:
            _, connection = await asyncio.wait_for(making, CONNECT)
        except (OSError, TimeoutError):
            raise NotConnected("no connection") from None
        return connection

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()
