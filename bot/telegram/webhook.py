"""The webhook: Telegram posts an update, it is kept durably, and only then answered with 200."""

import hmac
from collections.abc import Awaitable, Callable, Sequence

import orjson
from aiohttp import web

from bot.errors import StoreError
from bot.service.inbound.inbox import Raw
from bot.telegram.intake import raw_of

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATH = "/telegram"
MAX_BYTES = 1024 * 1024

Keep = Callable[[Sequence[Raw]], Awaitable[None]]


def webhook_app(keep: Keep, secret: str) -> web.Application:
    """Return the server's application; without the right secret it answers 403 and keeps nothing."""

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = orjson.loads(await request.read())
            await keep([raw_of(update)])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
            return web.Response(status=400)
        except StoreError:
            return web.Response(status=503)  # Telegram will come again
        return web.Response()

    app = web.Application(client_max_size=MAX_BYTES)
    app.router.add_post(PATH, take)
    return app
