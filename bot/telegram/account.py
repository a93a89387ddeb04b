"""The bot's own account at Telegram: its name, its menus, its webhook. Off the hot path, with typed calls."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError

from bot.errors import ConfigError
from bot.log import log
from bot.settings import Settings
from bot.telegram.client import token_of
from bot.telegram.decode import ALLOWED_UPDATES
from bot.telegram.request import AiohttpRequest

Menu = Sequence[tuple[str, str]]


class Account:
    """One bot; made by `open_account`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @property
    def name(self) -> str:
        """Return the bot's user name."""
        return self._bot.username

    def link(self, token: str) -> str:
        """Return the deep link that opens the bot with `token`."""
        return f"https://t.me/{self.name}?start={token}"

    async def set_menu(self, chat_id: int, menu: Menu) -> None:
        """Set one chat's command menu, in that person's language; a chat that cannot have one is no fault."""
        commands = [BotCommand(name, description) for name, description in menu]
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
        except TelegramError as error:
            log.warning("menu not set", fault=type(error).__name__)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url`. Raises `ConfigError` when Telegram refuses it."""
        try:
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)
        except TelegramError as error:
            raise ConfigError(f"Telegram does not take this webhook ({type(error).__name__})") from None

    async def drop_webhook(self) -> None:
        """Have no updates posted: polling and a webhook exclude each other."""
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("webhook not dropped", fault=type(error).__name__)


@asynccontextmanager
async def open_account(settings: Settings) -> AsyncIterator[Account]:
    """Sign in. Raises `ConfigError` without a token, with a wrong one, or when Telegram cannot be reached."""
    root = settings.api_url.rstrip("/")
    bot = Bot(
        token_of(settings),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    try:
        await _sign_in(bot)
        yield Account(bot)
    finally:
        await bot.shutdown()


async def _sign_in(bot: Bot) -> None:
    try:
        await bot.initialize()
    except InvalidToken:
        raise ConfigError(
            "DOORSTEP_TOKEN: Telegram does not know this token; copy it from BotFather again"
        ) from None
    except TelegramError as error:
        raise ConfigError(
            f"Telegram cannot be reached at DOORSTEP_API_URL ({type(error).__name__})"
        ) from None
