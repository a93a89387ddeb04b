"""Updates are kept before they are confirmed, by polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from io import BytesIO

import orjson
import pytest
from aiohttp import ClientSession, web

from bot.errors import ConfigError, StoreError
from bot.sandbox.faults import Fault
from bot.sandbox.hands import DEEDS
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import TOKEN, World
from bot.service.inbound.inbox import Raw
from bot.telegram import intake
from bot.telegram.client import BotApi
from bot.telegram.intake import Poller
from bot.telegram.webhook import PATH, SECRET_HEADER, webhook_app
from tests.telegram.conftest import world_until

SECRET = "a-long-random-word"


class Shelf:
    """Keeps updates; the first `refusals` times it cannot."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.offered: list[list[int]] = []
        self.kept: dict[int, Raw] = {}
        self.changed = asyncio.Event()

    async def keep(self, updates: Sequence[Raw]) -> None:
        self.offered.append([one.update_id for one in updates])
        self.changed.set()
        if len(self.offered) <= self.refusals:
            raise StoreError("full")
        self.kept |= {one.update_id: one for one in updates}

    async def until(self, done: Callable[["Shelf"], bool]) -> None:
        """Wait until it holds what it should."""
        async with asyncio.timeout(20):
            while not done(self):
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "REST", 0.01)
    monkeypatch.setattr(intake, "MAX_REST", 0.02)


async def _say(world: World, *texts: str) -> None:
    for text in texts:
        DEEDS["say"](world, world.chat(101), {"text": text})
    await world.tell()


async def test_updates_are_kept_in_order_and_confirmed(api: BotApi, world: World) -> None:
    """Everything comes once, in order; what is kept is confirmed by the next poll."""
    shelf = Shelf()
    poller = Poller(api, shelf.keep)
    await _say(world, *(str(number) for number in range(250)))
    run = asyncio.create_task(poller.run())
    await shelf.until(lambda one: len(one.kept) == 250)
    await _say(world, "last")
    await shelf.until(lambda one: len(one.kept) == 251)
    poller.stop()
    await run

    assert [orjson.loads(one.body)["message"]["text"] for one in shelf.kept.values()][-2:] == ["249", "last"]
    assert len(shelf.offered) == 4  # a hundred at a time, and none twice
    assert {one.chat_id for one in shelf.kept.values()} == {101}
    assert len(world.updates) == 1  # the last batch waits for the next poll to confirm it


async def test_what_cannot_be_kept_comes_again(api: BotApi, world: World) -> None:
    """As long as the storage fails nothing is confirmed: the same updates come until they are kept."""
    shelf = Shelf(refusals=3)
    poller = Poller(api, shelf.keep)
    await _say(world, "a", "b")
    ids = [one["update_id"] for one in world.updates]
    run = asyncio.create_task(poller.run())
    await shelf.until(lambda one: len(one.kept) == 2)
    poller.stop()
    await run

    assert shelf.offered == [ids] * 4


async def test_stopping_is_prompt_and_loses_nothing(api: BotApi, world: World) -> None:
    """A poll that Telegram holds open is let go; what comes then is there for the next process."""
    first, second = Shelf(), Shelf()
    poller = Poller(api, first.keep)
    run = asyncio.create_task(poller.run())
    await world_until(world, lambda: world.calls["getUpdates"] > 0)
    poller.stop()
    async with asyncio.timeout(10):  # Telegram would hold the poll for 25 seconds
        await run
    await _say(world, "after")
    again = Poller(api, second.keep)
    run = asyncio.create_task(again.run())
    await second.until(lambda one: len(one.kept) == 1)
    again.stop()
    await run

    assert first.kept == {}


async def test_stopping_waits_for_what_is_being_kept(api: BotApi, world: World) -> None:
    """A stop in the middle of keeping lets it finish: it is kept, or comes again."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    kept: list[Raw] = []

    async def keep(updates: Sequence[Raw]) -> None:
        begun.set()
        await go_on.wait()
        kept.extend(updates)

    poller = Poller(api, keep)
    await _say(world, "a")
    run = asyncio.create_task(poller.run())
    await begun.wait()
    poller.stop()
    await asyncio.sleep(0)
    go_on.set()
    await run
    await asyncio.sleep(0)

    assert len(kept) == 1 or world.updates


async def test_a_second_poller_is_noticed_and_outlived(api: BotApi, root: str, world: World) -> None:
    """While two poll with one token both pause and try again; when one ends the other gets everything."""
    shelf, other = Shelf(), Shelf()
    second = BotApi(root, TOKEN)
    await second.open()
    pollers = [Poller(api, shelf.keep), Poller(second, other.keep)]
    runs = [asyncio.create_task(poller.run()) for poller in pollers]
    await world_until(world, lambda: world.calls["getUpdates"] >= 6)  # each has thrown the other out
    pollers[1].stop()
    await runs[1]
    await _say(world, "still here")
    await shelf.until(lambda one: len(one.kept) == 1)
    pollers[0].stop()
    await runs[0]
    await second.close()


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "server_error", "too_many"])
async def test_a_faulty_line_loses_nothing(
    api: BotApi, world: World, server: SandboxServer, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever happens to a poll, its updates come with a later one."""
    monkeypatch.setattr("bot.telegram.client._RETRY_AFTER", 0.01)
    shelf = Shelf()
    server.faults.append(Fault(kind, "getUpdates", count=2))  # type: ignore[arg-type]
    poller = Poller(api, shelf.keep)
    await _say(world, "a")
    run = asyncio.create_task(poller.run())
    await shelf.until(lambda one: len(one.kept) == 1)
    poller.stop()
    await run


async def test_a_wrong_token_ends_polling(root: str) -> None:
    """A token that Telegram does not know is said at once, not tried for ever."""
    api = BotApi(root, "1:wrong")
    await api.open()
    with pytest.raises(ConfigError, match="BotFather"):
        await Poller(api, Shelf().keep).run()
    await api.close()


# -- the webhook


@pytest.fixture
def shelf() -> Shelf:
    """Return what keeps the webhook's updates."""
    return Shelf()


@pytest.fixture
async def hook(shelf: Shelf) -> AsyncIterator[str]:
    """Serve the webhook; return its URL."""
    runner = web.AppRunner(webhook_app(shelf.keep, SECRET), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    await runner.cleanup()


async def _post(url: str, body: bytes, secret: str | None = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with ClientSession() as session, session.post(url, data=BytesIO(body), headers=headers) as response:
        return response.status


UPDATE = b'{"update_id": 5, "message": {"chat": {"id": 101}}}'


async def test_a_posted_update_is_kept_and_then_answered(hook: str, shelf: Shelf) -> None:
    """With the right secret it is kept as it came, and 200 says so."""
    assert await _post(hook, UPDATE) == 200
    assert orjson.loads(shelf.kept[5].body) == orjson.loads(UPDATE)
    assert shelf.kept[5].chat_id == 101


@pytest.mark.parametrize("secret", [None, "", "a-long-random-wore", "a-long-random-word2", "sécret"])
async def test_without_the_secret_nothing_is_kept(hook: str, shelf: Shelf, secret: str | None) -> None:
    """Whoever does not know the secret is turned away before anything is read."""
    assert await _post(hook, UPDATE, secret) == 403
    assert shelf.offered == []


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b"5", b"null", b'{"message": {}}', b'{"update_id": "x"}']
)
async def test_what_is_no_update_is_refused(hook: str, shelf: Shelf, body: bytes) -> None:
    """What cannot be an update is answered with 400 and not kept."""
    assert await _post(hook, body) == 400
    assert shelf.offered == []


async def test_a_storage_fault_makes_telegram_come_again(hook: str, shelf: Shelf) -> None:
    """While it cannot be kept the answer is 503; Telegram posts it again and it is kept then."""
    shelf.refusals = 1

    assert [await _post(hook, UPDATE), await _post(hook, UPDATE)] == [503, 200]
    assert list(shelf.kept) == [5]


async def test_a_body_that_is_too_large_is_refused(hook: str, shelf: Shelf) -> None:
    """More than a megabyte is no update."""
    assert await _post(hook, b"x" * (1024 * 1024 + 1)) == 413
    assert shelf.offered == []


async def test_the_stand_in_posts_until_it_is_kept(
    hook: str, shelf: Shelf, api: BotApi, world: World
) -> None:
    """Over the whole way: posted with its secret, refused once, posted again, in order."""
    shelf.refusals = 1
    await api.call("setWebhook", {"url": hook, "secret_token": SECRET})
    await _say(world, "a", "b")
    await shelf.until(lambda one: len(one.kept) == 2)

    assert [orjson.loads(one.body)["message"]["text"] for one in shelf.kept.values()] == ["a", "b"]
