"""Files from a chat, fetched over HTTP by the real client from the stand-in for Telegram."""

import pytest
from aiohttp import ClientSession

from bot.errors import Rejected, RetryLater
from bot.sandbox.faults import Fault
from bot.sandbox.phone import Phone
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import World
from bot.telegram.client import BotApi
from tests.telegram.conftest import ADA

TABLE = "案号,姓名\nA-1,王小明\n".encode("gbk")


async def test_a_file_comes_whole(api: BotApi, world: World) -> None:
    """What somebody sent is fetched byte for byte."""
    world.files["f-1"] = TABLE

    assert await api.download("f-1") == TABLE


async def test_more_than_telegram_gives(api: BotApi, world: World) -> None:
    """More than 20 MB is refused by Telegram, and told as a refusal, not tried again."""
    world.files["f-1"] = bytes(20 * 1024 * 1024 + 1)

    with pytest.raises(Rejected, match="too big"):
        await api.download("f-1")


async def test_a_file_that_is_gone(api: BotApi) -> None:
    """A reference that Telegram does not know any more is a refusal."""
    with pytest.raises(Rejected, match="wrong file_id"):
        await api.download("f-9")


async def test_telegram_out_of_order(api: BotApi, world: World, server: SandboxServer) -> None:
    """When Telegram is out of order the file is asked for again later."""
    world.files["f-1"] = TABLE
    server.faults.append(Fault(kind="server_error", method="getFile"))

    with pytest.raises(RetryLater):
        await api.download("f-1")


async def test_a_phone_sends_bytes(server: SandboxServer, world: World, root: str) -> None:
    """A document sent from a phone of the stand-in arrives with what was in it."""
    async with ClientSession() as session:
        await Phone(session, root, ADA).send_file("cases.csv", TABLE)
    (update,) = world.updates
    document = update["message"]["document"]

    assert document["file_name"] == "cases.csv"
    assert world.files[document["file_id"]] == TABLE
