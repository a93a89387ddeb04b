"""Files from a chat, fetched over HTTP by the real client from the stand-in for Telegram."""

import pytest
from aiohttp import ClientSession

from bot.errors import FileTooBig, Rejected, RetryLater
from bot.sandbox.faults import DOWNLOAD, Fault, Kind
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

    with pytest.raises(FileTooBig, match="too big"):
        await api.download("f-1")
    assert world.calls[DOWNLOAD] == 0


async def test_as_much_as_telegram_gives(api: BotApi, world: World) -> None:
    """20 MB to the byte come whole, in pieces that are small beside them."""
    world.files["f-1"] = bytes(range(256)) * (20 * 4096)
    pieces = [piece async for piece in api.stream("f-1")]

    assert b"".join(pieces) == world.files["f-1"]
    assert max(map(len, pieces)) <= 256 * 1024


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("drop_before", RetryLater),
        ("drop_after", RetryLater),
        ("server_error", RetryLater),
        ("gone", Rejected),
    ],
)
async def test_a_download_that_is_lost(
    api: BotApi, world: World, server: SandboxServer, kind: Kind, error: type[Exception]
) -> None:
    """A file that comes in half, or not at all, is never taken for whole; the next time it comes."""
    world.files["f-1"] = TABLE * 50_000
    times = 2 if kind == "drop_before" else 1  # a request without an answer is repeated by the client itself
    server.faults.append(Fault(kind=kind, method=DOWNLOAD, count=times))

    with pytest.raises(error):
        await api.download("f-1")
    assert await api.download("f-1") == world.files["f-1"]


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
    """What is sent from a phone of the stand-in arrives with what was in it, the same file with the same unique id."""
    async with ClientSession() as session:
        phone = Phone(session, root, ADA)
        await phone.send_file("cases.csv", TABLE)
        await phone.send_photo(TABLE, album="7")
        await phone.send_voice(TABLE)
    sent = [update["message"] for update in world.updates]
    files = [sent[0]["document"], sent[1]["photo"][-1], sent[2]["voice"]]

    assert files[0]["file_name"] == "cases.csv"
    assert sent[1]["media_group_id"] == "7"
    assert [world.files[file["file_id"]] for file in files] == [TABLE] * 3
    assert len({file["file_id"] for file in files}) == 3
    assert len({file["file_unique_id"] for file in files}) == 1
