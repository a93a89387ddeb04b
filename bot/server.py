"""The running bot: intake, workers and sender, started in one order and stopped in the other."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from bot.app import open_installation
from bot.errors import ConfigError, DoorstepError
from bot.ids import new_token
from bot.log import log
from bot.service.archive import their_data_work
from bot.service.archive.heads import close_day, day_to_close
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.files import work as import_work
from bot.service.desk.planning import planner
from bot.service.desk.queue import watch
from bot.service.desk.reminders import previews
from bot.service.field import pack_work, report_work
from bot.service.field.evidence import originals
from bot.service.field.evidence import work as evidence_work
from bot.service.inbound import inbox, timers
from bot.service.installation import Installation
from bot.service.outbound import delivery
from bot.service.outbound.menus import menus_of
from bot.service.solutions import paper_work
from bot.settings import Settings
from bot.store import leases
from bot.store.only_one import OnlyOne
from bot.telegram.account import Account, open_account
from bot.telegram.client import BotApi, api_of
from bot.telegram.decode import decode
from bot.telegram.intake import Poller
from bot.telegram.pace import Pace
from bot.telegram.sender import Sender
from bot.telegram.webhook import PATH, webhook_app
from bot.workers.clockwork import Clockwork
from bot.workers.pulse import Pulse

SENDER = "sender"
LEASE_FOR = timedelta(seconds=30)
LEASE_EVERY = 8.0  # seconds
PAPERS = (report_work, pack_work, paper_work, their_data_work, evaluation_work)
COLLECT_AFTER = (20_000, 20, 50)  # allocations, collections of the young, of the middle-aged


class Server:
    """One process of the bot. On PostgreSQL several may run beside a webhook; one of them holds the sender's lease."""

    def __init__(self, inst: Installation, api: BotApi, account: Account) -> None:
        self._inst = inst
        self._api = api
        self._account = account
        self._holder = f"{socket.gethostname()}:{new_token()}"
        self._inbox = Pulse("inbox", self._handle_inbox)
        self._timers = Pulse("timers", self._fire_timers)
        self._planner = Pulse("planner", self._make_plans)
        self._previews = Pulse("previews", self._preview_reminders)
        self._watch = Pulse("watch", self._look)
        self._reports = Pulse("reports", self._report)
        self._imports = Pulse("imports", self._import)
        self._evidence = Pulse("evidence", self._fetch_evidence)
        self._archive = Pulse("archive", self._close_day)
        self._stopping = False
        self._looked_at: datetime | None = None
        self._closed: date | None = None
        self._clockwork = Clockwork(
            {
                "inbox": self._inbox.poke,
                "timers": self._timers.poke,
                "planner": self._planner.poke,
                "previews": self._previews.poke,
                "sender": self._poke_sender,
                "watch": self._watch.poke,
                "reports": self._reports.poke,
                "imports": self._imports.poke,
                "evidence": self._evidence.poke,
                "archive": self._archive.poke,
            }
        )
        self._only_one = OnlyOne(inst.store.file)
        self._sender: Sender | None = None
        self._menus: set[asyncio.Task[None]] = set()
        self.poller = Poller(api, self.keep)

    async def start(self) -> None:
        """Take the sender's lease, repair what a crash left, begin to work. Raises `StoreBusy` on a taken file."""
        self._inst.library.read()
        self._only_one.take()
        if await self._take_lease():
            await self._start_sender()
        self._inbox.start()
        self._timers.start()
        self._planner.start()
        self._previews.start()
        self._watch.start()
        self._reports.start()
        self._imports.start()
        if self._inst.store.dialect == "sqlite":
            await evidence_work.recover(self._inst)
        self._evidence.start()
        self._archive.start()
        self._clockwork.start()

    async def stop(self) -> None:
        """Finish what was taken in, send what can be sent, write everything down, let the lease go."""
        self._clockwork.stop()
        await self._inbox.stop()
        await self._timers.stop()
        await self._planner.stop()
        await self._previews.stop()
        await self._watch.stop()
        await self._reports.stop()
        await self._archive.stop()
        self._stopping = True  # a long file is left where it is, and gone on with after the next start
        await self._imports.stop()
        await self._evidence.stop()
        if self._sender is not None:
            await self._sender.stop()
            async with self._inst.store.begin() as tx:
                await leases.release(tx, SENDER, self._holder)
        self._only_one.release()

    async def keep(self, updates: Any) -> None:
        """Keep updates durably, then have them handled."""
        await inbox.keep(self._inst, updates)
        self._inbox.poke()

    # -- the workers' jobs

    async def _handle_inbox(self) -> bool:
        handled = await inbox.handle_batch(self._inst, decode, hands_over=self._sender is not None)
        self._hand_over(handled.outgoing)
        if handled.left_rows:
            self._poke_sender()
            self._timers.poke()
        for chat_id in handled.menus:
            task = asyncio.create_task(self._set_menu(chat_id))
            self._menus.add(task)
            task.add_done_callback(self._menus.discard)
        return handled.again

    async def _fire_timers(self) -> bool:
        fired = await timers.fire_due(self._inst, hands_over=self._sender is not None)
        self._hand_over(fired.outgoing)
        if fired.timers:
            self._poke_sender()
        return fired.timers >= timers.LIMIT

    async def _make_plans(self) -> bool:
        if await planner.make_waiting(self._inst, self._holder):
            self._poke_sender()
        return False

    async def _preview_reminders(self) -> bool:
        made = await previews.work(self._inst, self._holder)
        if made:
            self._poke_sender()
        return made

    async def _look(self) -> bool:
        """Look once an hour for what has waited too long; where several run, the one that sends does."""
        now = self._inst.clock.now()
        early = self._looked_at is not None and abs(now - self._looked_at) < watch.LOOK_EVERY
        if self._sender is None or early:
            return False
        looked = await watch.look(self._inst, hands_over=True)
        self._hand_over(looked.outgoing)
        self._looked_at = None if looked.again else now
        return looked.again

    async def _close_day(self) -> bool:
        """Make the head of the day that is over; where several run, the one that sends does."""
        if self._sender is not None and self._closed != day_to_close(self._inst):
            self._closed = await close_day(self._inst)
        return False

    async def _import(self) -> bool:
        """Work on a file that somebody of the desk sent."""
        return await import_work.work(self._inst, self._api.download, lambda: self._stopping)

    async def _fetch_evidence(self) -> bool:
        """Fetch what a team has sent in."""
        fetched = await evidence_work.work(self._inst, self._api.stream, lambda: self._stopping)
        if fetched:
            self._poke_sender()
        return fetched

    async def _report(self) -> bool:
        """Make the next paper that somebody waits for."""
        made = False
        for paper in PAPERS:
            made = made or await paper.work(self._inst)
        if made:
            self._poke_sender()
        return made

    def _hand_over(self, outgoing: Any) -> None:
        if self._sender is not None:
            self._sender.submit(outgoing)

    async def _set_menu(self, chat_id: int) -> None:
        try:
            await self._account.set_menu(chat_id, await menus_of(self._inst, chat_id))
        except DoorstepError as error:
            log.warning("menu not set", error=type(error).__name__)

    # -- the sender and its lease

    async def _take_lease(self) -> bool:
        if self._inst.store.dialect == "sqlite":
            return True  # the file's own lock has settled it, and dies with its process
        now = self._inst.clock.wall()
        async with self._inst.store.begin() as tx:
            return await leases.take(tx, SENDER, self._holder, now, now + LEASE_FOR)

    async def _start_sender(self) -> None:
        inst = self._inst
        await delivery.recover(inst)
        self._sender = Sender(
            self._api,
            Pace(limit=inst.settings.rate or None),
            claim=lambda limit, lanes: delivery.claim(inst, limit, lanes),
            mark=lambda ids: delivery.mark(inst, ids),
            settle=lambda results: delivery.settle(inst, results),
            lost=lambda chat_id, why: delivery.unreachable(inst, chat_id, why),
            now=inst.clock.now,
            attach=lambda call: originals.attach(inst, call),
        )
        self._sender.start()

    def _poke_sender(self) -> None:
        if self._sender is not None:
            self._sender.poke()

    async def hold_lease(self) -> None:
        """Renew the lease for as long as the process lives; take it over when its holder is gone."""
        while True:
            await asyncio.sleep(LEASE_EVERY)
            try:
                held = await self._take_lease()
            except DoorstepError as error:
                log.warning("lease not renewed", error=type(error).__name__)
                continue
            if held and self._sender is None:
                await self._start_sender()


async def serve(settings: Settings, *, webhook_url: str | None = None, port: int = 8443) -> None:
    """Run until SIGTERM or SIGINT. Raises `ConfigError` for settings that do not fit, `StoreBusy` for a second run."""
    api = api_of(settings)
    async with (
        open_installation(settings) as inst,
        open_account(settings) as account,
        AsyncExitStack() as stack,
    ):
        stack.push_async_callback(api.close)
        await api.open()
        server = Server(inst, api, account)
        await server.start()
        _keep_what_was_read()
        log.info("running", database=inst.store.dialect, intake="webhook" if webhook_url else "polling")
        try:
            if webhook_url is None:
                await account.drop_webhook()
                await _until_signal(server, server.poller.run, server.poller.stop)
            else:
                await _with_webhook(server, account, settings, webhook_url, port)
        finally:
            await server.stop()
            log.info("stopped")


def _keep_what_was_read() -> None:
    """Scripts, packs and catalogues live as long as the process: the collector need not visit them for each tap."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def _until_signal(
    server: Server, run: Callable[[], Coroutine[Any, Any, None]], stop: Callable[[], None]
) -> None:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop)
    lease = asyncio.create_task(server.hold_lease())
    try:
        await run()
    finally:
        lease.cancel()


async def _with_webhook(server: Server, account: Account, settings: Settings, url: str, port: int) -> None:
    if settings.webhook_secret is None:
        raise ConfigError("DOORSTEP_WEBHOOK_SECRET is not set: any long random word of A-Z a-z 0-9 _ -")
    secret = settings.webhook_secret.get_secret_value()
    runner = web.AppRunner(webhook_app(server.keep, secret), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "0.0.0.0", port).start()  # noqa: S104 - Telegram comes from outside
    await account.set_webhook(url.rstrip("/") + PATH, secret)
    stopped = asyncio.Event()

    async def wait() -> None:
        await stopped.wait()

    try:
        await _until_signal(server, wait, stopped.set)
    finally:
        await runner.cleanup()
