"""Calls to the Bot API: JSON over our own wire, files by aiohttp, errors mapped. The token never leaves here."""

import re
from collections.abc import AsyncGenerator, Callable, Mapping
from io import BytesIO
from typing import Any

import aiohttp
import orjson

from bot.errors import (
    ConfigError,
    FileTooBig,
    OutcomeUnknown,
    Rejected,
    RetryLater,
    SendError,
    Unreachable,
)
from bot.service.outbound.outgoing import Call
from bot.settings import Settings
from bot.telegram.wire import NotConnected, Wire

_TIMEOUT = 20.0  # seconds for a call; a long poll adds its own
_LONGEST = 100.0  # seconds for a file: 20 MB over a line of 2 Mbit/s
_STALLED = 15.0  # seconds without a byte
_LIMIT = aiohttp.ClientTimeout(total=_LONGEST, sock_connect=_STALLED, sock_read=_STALLED)
_PIECE = 256 * 1024  # bytes of a file at once
_RETRY_AFTER = 2.0  # seconds, where Telegram names none
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_GONE = ("chat not found", "user is deactivated", "bot was blocked", "can't initiate")


class BotApi:
    """The Bot API of one token."""

    def __init__(self, root: str, token: str) -> None:
        self._bot = f"bot{token}/"
        self._base = f"{root.rstrip('/')}/{self._bot}"
        self._files = f"{root.rstrip('/')}/file/{self._bot}"
        self._wire = Wire(root)
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return "BotApi(...)"

    async def open(self) -> None:
        """Make ready to send files; connections are made when they are needed."""
        self._session = aiohttp.ClientSession(timeout=_LIMIT, cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close every connection."""
        self._wire.close()
        if self._session is not None:
            await self._session.close()

    async def call(
        self, method: str, payload: Mapping[str, Any] | None = None, *, seconds: float = _TIMEOUT
    ) -> Any:
        """Call a method and return its result. Raises a `SendError`, or `ConfigError` for a wrong token."""
        try:
            status, body = await self._wire.post(self._bot + method, orjson.dumps(payload or {}), seconds)
        except NotConnected:
            raise RetryLater("no connection", _RETRY_AFTER) from None
        except OSError:
            raise OutcomeUnknown("no answer") from None
        return _result(status, body)

    async def send(self, call: Call) -> Any:
        """Make a call of the outbox, with its files if it has any."""
        if call.files:
            return await self._upload(call, call.files)
        return await self.call(call.method, call.payload)

    async def download(self, file_ref: str) -> bytes:
        """Fetch a file that somebody sent, as a whole. Raises as `stream` does."""
        return b"".join([piece async for piece in self.stream(file_ref)])

    async def stream(self, file_ref: str) -> AsyncGenerator[bytes]:
        """Fetch a file that somebody sent, piece by piece; what ended early raises, so that nothing is taken for whole.

        Raises a `SendError`: `FileTooBig` where Telegram does not hand it to a bot (more than 20 MB).
        """
        if self._session is None:
            raise RuntimeError("open() comes first")
        found = await self.call("getFile", {"file_id": file_ref})
        try:
            async with self._session.get(f"{self._files}{found['file_path']}") as response:
                if response.status != 200:  # noqa: PLR2004
                    raise _not_given(response.status)
                async for piece in response.content.iter_chunked(_PIECE):
                    yield piece
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise RetryLater("no connection", _RETRY_AFTER) from None

    async def _upload(self, call: Call, files: Mapping[str, tuple[str, bytes]]) -> Any:
        if self._session is None:
            raise RuntimeError("open() comes first")
        form = aiohttp.FormData()
        for name, value in call.payload.items():
            form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
        for name, (file_name, content) in files.items():
            form.add_field(name, BytesIO(content), filename=file_name)
        try:
            async with self._session.post(self._base + call.method, data=form) as response:
                return _result(response.status, await response.read())
        except aiohttp.ClientConnectorError:
            raise RetryLater("no connection", _RETRY_AFTER) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise OutcomeUnknown("no answer") from None


def _result(status: int, body: bytes) -> Any:
    if status >= 500:  # noqa: PLR2004
        raise RetryLater(f"server fault {status}", _RETRY_AFTER)
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        raise RetryLater(f"not the Bot API's answer, status {status}", _RETRY_AFTER)
    if answer.get("ok"):
        return answer["result"]
    raise error_of(status, str(answer.get("description", "")), answer.get("parameters") or {})


def _not_given(status: int) -> SendError:
    """Return why a file did not come: of a server out of order, or because it is not there."""
    gone = status < 500 and status != 429  # noqa: PLR2004
    return (
        Rejected("the file is not there any more") if gone else RetryLater(f"status {status}", _RETRY_AFTER)
    )


def error_of(status: int, description: str, parameters: Mapping[str, Any]) -> Exception:
    """Return the error that an answer of the Bot API means."""
    text = description.lower()
    if status in ERRORS:
        return ERRORS[status](description, parameters)
    if "file is too big" in text:
        return FileTooBig(description)
    return Unreachable(description) if any(sign in text for sign in _GONE) else Rejected(description)


def _token(description: str, parameters: Mapping[str, Any]) -> Exception:
    return ConfigError("DOORSTEP_TOKEN: Telegram does not know this token; copy it from BotFather again")


ERRORS: Mapping[int, Callable[[str, Mapping[str, Any]], Exception]] = {
    401: _token,
    404: _token,
    403: lambda description, _: Unreachable(description),
    409: lambda description, _: Conflict(description),
    429: lambda description, given: RetryLater(description, float(given.get("retry_after", _RETRY_AFTER))),
}


class Conflict(SendError):  # noqa: N818
    """Another process polls with this token, or a webhook is set."""


def token_of(settings: Settings) -> str:
    """Return the bot's token. Raises `ConfigError` when there is none, or something else in its place."""
    token = settings.token.get_secret_value().strip() if settings.token is not None else ""
    if not token:
        raise ConfigError("DOORSTEP_TOKEN is not set: BotFather gives you one with /newbot")
    if not _TOKEN.fullmatch(token):
        raise ConfigError(
            "DOORSTEP_TOKEN is not a bot's token: copy it whole from BotFather, as 123456:ABC..."
        )
    return token


def api_of(settings: Settings) -> BotApi:
    """Return the Bot API of the settings. Raises `ConfigError` without a token."""
    return BotApi(settings.api_url, token_of(settings))
