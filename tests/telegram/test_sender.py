"""What the sender sends, in which order, and how it writes down what became of it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import Rejected, StoreError
from bot.sandbox.faults import Fault
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import Message, World
from bot.service.outbound.outgoing import Call, Lane, Outgoing, Result, State
from bot.telegram.client import BotApi
from bot.telegram.outcomes import MAX_ATTEMPTS
from bot.telegram.pace import Pace
from bot.telegram.sender import Sender
from tests.telegram.conftest import world_until

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ADA, BEN, NOBODY = 101, 102, 404
ORIGINAL, ERASED = b"as it came", 9


class Table:
    """The rows as the services keep them: what may be claimed, and what was written down, in order."""

    def __init__(self, *rows: Outgoing) -> None:
        self.rows = list(rows)
        self.marked: list[int] = []
        self.withdrawn: set[int] = set()
        self.results: dict[int, Result] = {}
        self.lost: list[tuple[int, str]] = []
        self.changed = asyncio.Event()
        self.faults = 0

    async def claim(self, limit: int, lanes: Sequence[Lane]) -> list[Outgoing]:
        taken = sorted((row for row in self.rows if row.lane in lanes), key=lambda row: (row.lane, row.id))[
            :limit
        ]
        self.rows = [row for row in self.rows if row not in taken]
        return taken

    async def mark(self, ids: Sequence[int]) -> set[int]:
        self.marked += ids
        return set(ids) - self.withdrawn

    async def settle(self, results: Sequence[Result]) -> None:
        if self.faults:
            self.faults -= 1
            raise StoreError("full")
        self.results |= {one.id: one for one in results}
        self.changed.set()

    async def lose(self, chat_id: int, why: str) -> None:
        self.lost.append((chat_id, why))

    async def attach(self, call: Call) -> Call:
        field, name, evidence_id = call.original or ("", "", 0)
        if evidence_id == ERASED:
            raise Rejected("erased")
        return replace(call, files={field: (name, ORIGINAL)}, original=None)

    async def until(self, done: Callable[["Table"], bool]) -> None:
        """Wait until what should be written down is."""
        async with asyncio.timeout(20):
            while not done(self):
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def sending(api: BotApi, table: Table, pace: Pace | None = None) -> AsyncIterator[Sender]:
    """Run a sender on a table."""
    sender = Sender(
        api,
        pace or Pace(limit=None),
        claim=table.claim,
        mark=table.mark,
        settle=table.settle,
        lost=table.lose,
        now=lambda: NOW,
        attach=table.attach,
    )
    sender.start()
    try:
        yield sender
    finally:
        await sender.stop()


def row(row_id: int, chat_id: int = ADA, lane: Lane = Lane.REPLIES, **fields: Any) -> Outgoing:
    """Return a text on its way."""
    call = Call("sendMessage", {"chat_id": chat_id, "text": f"text {row_id}"})
    plain = Outgoing(row_id, chat_id, lane, call, contact=False)
    return replace(plain, **fields)


async def _all_settled(api: BotApi, *rows: Outgoing) -> Table:
    table = Table(*rows)
    async with sending(api, table):
        await table.until(lambda one: len(one.results) == len(rows))
    return table


def said(world: World, chat_id: int = ADA) -> list[str]:
    """Return what arrived in a chat."""
    return [message.shown for message in world.chat(chat_id).messages]


async def test_an_original_is_put_in_when_it_leaves(api: BotApi, world: World) -> None:
    """A call that is to carry an original leaves with it; one whose original is gone fails, and is not repeated."""
    calls = [
        Call("sendDocument", {"chat_id": ADA}, original=("document", "p.jpg", one)) for one in (7, ERASED)
    ]
    table = await _all_settled(api, row(1, call=calls[0]), row(2, call=calls[1]))

    assert [message.content["data"] for message in world.chat(ADA).messages] == [ORIGINAL]
    assert (table.results[1].state, table.results[2].state) == (State.SENT, State.FAILED)


async def test_a_chat_gets_its_messages_in_order(api: BotApi, server: SandboxServer, world: World) -> None:
    """However long each takes, what was submitted first arrives first in its chat."""
    server.faults.append(Fault("delay", "sendMessage", ADA, seconds=0.05))
    await _all_settled(api, *(row(number, ADA if number % 2 else BEN) for number in range(1, 21)))

    assert said(world, ADA) == [f"text {number}" for number in range(1, 21, 2)]
    assert said(world, BEN) == [f"text {number}" for number in range(2, 21, 2)]


async def test_a_moment_that_passes_meanwhile_turns_no_order_round(
    api: BotApi, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chat's budget comes free between the looks at two of its messages: the earlier one still goes first."""
    looks = count()
    clock = SimpleNamespace(monotonic=lambda: next(looks) * 0.0001)  # each look is a little later
    monkeypatch.setattr("bot.telegram.sender.time", clock)
    table = Table(*(row(number) for number in range(1, 31)))
    async with sending(api, table, Pace(chat_rate=1000.0, chat_burst=1.0, limit=1000)):
        await table.until(lambda one: len(one.results) == 30)

    assert said(world) == [f"text {number}" for number in range(1, 31)]


async def test_what_was_sent_is_written_down(api: BotApi, world: World) -> None:
    """A row is sent with the id of the message that Telegram made."""
    table = await _all_settled(api, row(1))

    assert table.results[1] == Result(1, State.SENT, message_id=world.chat(ADA).messages[0].message_id)


async def test_replies_go_before_bulk(api: BotApi, world: World) -> None:
    """A reply that comes while bulk waits goes before what is left of it."""
    for chat_id in range(1001, 1041):
        world.chat(chat_id).opened = True
    table = Table(*(row(number, 1000 + number, Lane.BULK) for number in range(1, 41)))
    order: list[int] = []
    world.on_message = lambda message: order.append(message.chat_id)
    async with sending(api, table, Pace(limit=50)) as sender:
        await table.until(lambda one: bool(one.results))
        sender.submit([row(99, ADA)])
        await table.until(lambda one: 99 in one.results)
        bulk_left = 40 - (len(order) - 1)
        await table.until(lambda one: len(one.results) == 41)

    assert bulk_left > 0
    assert sorted(order) == sorted([ADA, *range(1001, 1041)])


async def test_a_chat_that_is_full_does_not_hold_up_the_broadcast(api: BotApi, world: World) -> None:
    """Dozens of messages wait for one chat, which takes one a second: bulk to others goes on meanwhile."""
    for chat_id in range(1001, 1011):
        world.chat(chat_id).opened = True
    table = Table(*(row(number, 1000 + number, Lane.BULK) for number in range(1, 11)))
    async with sending(api, table, Pace()) as sender:
        sender.submit([row(100 + number, ADA, Lane.SAFETY) for number in range(50)])
        await table.until(lambda one: one.results.keys() >= set(range(1, 11)))

    assert len(said(world, ADA)) < 10


async def test_a_strike_closes_its_lane_only(api: BotApi, server: SandboxServer, world: World) -> None:
    """After a 429 in the bulk lane replies go on; the struck row is ready again for when Telegram said."""
    server.faults.append(Fault("too_many", "sendMessage", BEN))
    pace = Pace()
    table = Table(row(1, BEN, Lane.BULK))
    async with sending(api, table, pace) as sender:
        await table.until(lambda one: 1 in one.results)
        sender.submit([row(2, ADA), row(3, BEN, Lane.BULK)])
        await table.until(lambda one: 2 in one.results)

        assert said(world, ADA) == ["text 2"]
        assert said(world, BEN) == []
    assert set(pace.lanes) == {Lane.BULK}
    assert table.results[1].state is State.READY
    assert table.results[1].retry_at is not None
    assert table.results[1].retry_at > NOW


async def test_the_limit_is_kept_without_a_strike(api: BotApi, server: SandboxServer, world: World) -> None:
    """At the pace given the stand-in's own limit is never struck."""
    server.limits.model = "window"
    for chat_id in range(1001, 1071):
        world.chat(chat_id).opened = True
    table = Table(*(row(number, 1000 + number, Lane.BULK) for number in range(1, 71)))
    async with sending(api, table, Pace()):
        await table.until(lambda one: len(one.results) == 70)

    assert server.limits.strikes == 0


@pytest.mark.parametrize("attempts", [0, MAX_ATTEMPTS, 500])
@pytest.mark.parametrize("kind", ["server_error", "too_many"])
async def test_what_did_not_arrive_goes_again_however_often(
    api: BotApi, server: SandboxServer, kind: str, attempts: int
) -> None:
    """An outage of any length fails no message: each is ready again, later and later, within reason."""
    server.faults.append(Fault(kind))  # type: ignore[arg-type]
    table = await _all_settled(api, row(1, attempts=attempts, contact=True))

    assert table.results[1].state is State.READY
    assert table.results[1].retry_at is not None
    assert 0 < (table.results[1].retry_at - NOW).total_seconds() <= 64


async def test_who_cannot_be_reached_is_told_once(api: BotApi, world: World) -> None:
    """A chat that blocked the bot is reported; its row has failed, others' go on."""
    world.chat(BEN).blocked = True
    table = await _all_settled(api, row(1, BEN), row(2, NOBODY), row(3, ADA))

    assert sorted(chat_id for chat_id, _ in table.lost) == [BEN, NOBODY]
    assert {one.id: one.state for one in table.results.values()} == {
        1: State.FAILED,
        2: State.FAILED,
        3: State.SENT,
    }


async def test_a_storage_fault_while_reporting_does_not_stop_a_chat(api: BotApi, world: World) -> None:
    """When it cannot be written down that a chat is lost, its row is settled all the same and the chat goes on."""
    table = Table(row(1, BEN))

    async def fail(_chat_id: int, _why: str) -> None:
        raise StoreError("full")

    table.lose = fail  # type: ignore[method-assign,assignment]
    world.chat(BEN).blocked = True
    async with sending(api, table) as sender:
        await table.until(lambda one: 1 in one.results)
        world.chat(BEN).blocked = False
        sender.submit([row(2, BEN)])
        await table.until(lambda one: 2 in one.results)

    assert said(world, BEN) == ["text 2"]


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_doubtful_message_to_a_customer_is_not_repeated(
    api: BotApi, server: SandboxServer, world: World, kind: str
) -> None:
    """When no answer came it is unknown, and arrives at most once."""
    server.faults.append(Fault(kind, "sendMessage"))  # type: ignore[arg-type]
    table = await _all_settled(api, row(1, contact=True))

    assert table.results[1].state is State.UNKNOWN
    assert len(said(world)) == (kind == "drop_after")


async def test_a_doubtful_prompt_to_staff_goes_again(api: BotApi, server: SandboxServer) -> None:
    """A colleague would rather read it twice than never; but not for ever."""
    server.faults.append(Fault("drop_after", "sendMessage", count=2))
    table = await _all_settled(api, row(1), row(2, BEN, attempts=MAX_ATTEMPTS))

    assert table.results[1] == Result(1, State.READY, fault="no answer", retry_at=NOW)
    assert table.results[2].state is State.FAILED


async def test_an_edit_of_a_customers_message_may_be_repeated(
    api: BotApi, server: SandboxServer, world: World
) -> None:
    """An edit is the same however often it is made, so a doubtful one is ready again."""
    sent = await api.call("sendMessage", {"chat_id": ADA, "text": "before"})
    payload = {"chat_id": ADA, "message_id": sent["message_id"], "text": "after"}
    edit = row(1, contact=True, call=Call("editMessageText", payload))
    server.faults.append(Fault("drop_after", "editMessageText"))
    table = await _all_settled(api, edit)
    assert table.results[1].state is State.READY

    table = await _all_settled(api, edit)
    assert table.results[1] == Result(1, State.SENT)  # its row knows the message that it edits
    assert said(world) == ["after"]


async def test_what_telegram_rejects_has_failed(api: BotApi) -> None:
    """A payload that is wrong is not repeated; the fault is Telegram's own words."""
    table = await _all_settled(api, row(1, call=Call("sendMessage", {"chat_id": ADA, "text": ""})))

    assert table.results[1].state is State.FAILED
    assert "message text is empty" in (table.results[1].fault or "")


async def test_a_contact_is_marked_before_it_leaves(api: BotApi, world: World) -> None:
    """At the moment of a customer's message its mark is written; staff's need none."""
    table = Table(row(1, contact=True), row(2, BEN))
    marked_then: dict[str, list[int]] = {}

    def note(message: Message) -> None:
        marked_then[message.shown] = list(table.marked)

    world.on_message = note
    async with sending(api, table):
        await table.until(lambda one: len(one.results) == 2)

    assert marked_then["text 1"] == [1]
    assert table.marked == [1]


async def test_a_contact_that_cannot_be_marked_does_not_leave(api: BotApi, world: World) -> None:
    """Without its mark a customer's message stays: a crash could double it."""
    table = Table(row(1, contact=True))

    async def fail(_ids: Sequence[int]) -> None:
        raise StoreError("full")

    table.mark = fail  # type: ignore[method-assign,assignment]
    async with sending(api, table):
        await table.until(lambda one: 1 in one.results)

    assert table.results[1].state is State.READY
    assert said(world) == []


async def test_results_are_kept_until_they_are_written(api: BotApi) -> None:
    """A storage fault loses no result: it is written when the storage is back."""
    table = Table(row(1))
    table.faults = 1
    async with sending(api, table):
        await table.until(lambda one: 1 in one.results)

    assert table.results[1].state is State.SENT


async def test_a_bug_in_one_call_closes_no_chat(api: BotApi, world: World) -> None:
    """A message that cannot even be written down as JSON fails alone: its chat and its place are free again."""
    broken = row(1, attempts=MAX_ATTEMPTS, call=Call("sendMessage", {"chat_id": ADA, "text": object()}))
    table = Table(broken)
    async with sending(api, table, Pace(limit=2)) as sender:
        await table.until(lambda one: 1 in one.results)
        sender.submit([row(2, ADA)])
        await table.until(lambda one: 2 in one.results)

    assert table.results[1].state is State.FAILED
    assert said(world) == ["text 2"]


async def test_a_bug_while_claiming_does_not_end_the_sender(api: BotApi, world: World) -> None:
    """Whatever goes wrong while the table is read: at the next poke it is read again."""
    table = Table(row(1))
    claim, failed = table.claim, asyncio.Event()

    async def fail_once(limit: int, lanes: Sequence[Lane]) -> list[Outgoing]:
        if not failed.is_set():
            failed.set()
            raise KeyError
        return await claim(limit, lanes)

    table.claim = fail_once  # type: ignore[method-assign]
    async with sending(api, table) as sender:
        await failed.wait()
        sender.poke()
        await table.until(lambda one: 1 in one.results)

    assert said(world) == ["text 1"]


async def test_a_storage_that_stays_full_does_not_hold_up_the_end(api: BotApi) -> None:
    """Where results cannot be written down at all, stopping gives up in the time that it was given."""
    table, failed = Table(row(1)), asyncio.Event()

    async def fail(_results: Sequence[Result]) -> None:
        failed.set()
        raise StoreError("full")

    sender = Sender(
        api,
        Pace(limit=None),
        claim=table.claim,
        mark=table.mark,
        settle=fail,
        lost=table.lose,
        now=lambda: NOW,
    )
    sender.start()
    await failed.wait()
    async with asyncio.timeout(10):
        await sender.stop(deadline=0.2)


async def test_stopping_gives_back_what_was_not_sent(
    api: BotApi, server: SandboxServer, world: World
) -> None:
    """What is in flight is finished and written down; all else is ready again; nothing is lost, nothing doubled."""
    server.faults.append(Fault("delay", "sendMessage", ADA, seconds=0.2))
    table = Table(*(row(number, ADA, contact=True) for number in range(1, 11)))
    async with sending(api, table):
        await world_until(world, lambda: world.calls["sendMessage"] > 0)

    states = {number: table.results[number].state for number in range(1, 11)}
    sent = [f"text {number}" for number, state in states.items() if state is State.SENT]
    assert said(world) == sent
    assert sent
    assert set(states.values()) == {State.SENT, State.READY}


async def test_what_was_withdrawn_while_it_waited_does_not_leave(api: BotApi, world: World) -> None:
    """A message to a customer that a stop or a hold withdrew after it was claimed is let go, and the next one goes."""
    table = Table(row(1, contact=True), row(2, contact=True))
    table.withdrawn = {1}
    async with sending(api, table):
        await table.until(lambda one: len(one.results) == 2)

    assert said(world) == ["text 2"]
    assert table.results[1].state is State.WITHDRAWN


async def test_an_answer_to_a_tap_leaves_no_trace(api: BotApi, world: World) -> None:
    """A tap's answer belongs to no row: it goes at once and nothing is written down."""
    query = world.new_query(ADA)
    answer = Outgoing(
        0, ADA, Lane.REPLIES, Call("answerCallbackQuery", {"callback_query_id": query}), contact=False
    )
    table = Table()
    async with sending(api, table) as sender:
        sender.submit([answer])
        await world_until(world, lambda: not world.queries)

    assert table.results == {}


async def test_an_answer_to_a_tap_does_not_wait_for_the_budget(api: BotApi, world: World) -> None:
    """Answers to taps are not limited: they go while every place is taken."""
    query = world.new_query(ADA)
    call = Call("answerCallbackQuery", {"callback_query_id": query})
    table = Table()
    async with sending(api, table, Pace(limit=1)) as sender:
        sender.submit([row(1, ADA), row(2, BEN), Outgoing(0, ADA, Lane.REPLIES, call, contact=False)])
        await world_until(world, lambda: not world.queries)

        assert said(world, BEN) == []
        await table.until(lambda one: len(one.results) == 2)
