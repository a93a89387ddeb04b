"""Updates in, rows out: kept before they are confirmed, handled in batches, each chat in its own order."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import orjson

from bot.errors import StoreError
from bot.service.conversations.batch import INTAKE_KEY, Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.queue.alerts import settle_itself
from bot.service.inbound.dispatch import take
from bot.service.inbound.in_order import Update, in_order
from bot.service.inbound.incoming import Incoming, Tap, Words
from bot.service.inbound.not_taken import not_taken, sure
from bot.service.inbound.reference import PromptTap, parse
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Outgoing, State
from bot.service.outbound.rule_facts import load_facts
from bot.store import cases, chats, inbox

PLACE = "inbox.body"
LIMIT = 200  # updates a batch

Decode = Callable[[Mapping[str, Any]], Incoming]


@dataclass(frozen=True, slots=True)
class Raw:
    """An update as it came: `body` is its JSON."""

    update_id: int
    chat_id: int | None
    body: bytes


@dataclass(slots=True)
class Handled:
    """What a batch came to: how many updates, which rows can go straight to the sender, whose menus changed."""

    updates: int = 0
    again: bool = False  # more may wait already
    outgoing: list[Outgoing] = field(default_factory=list)
    left_rows: bool = False  # messages wait in the table, timers may be due
    menus: set[int] = field(default_factory=set)


async def keep(inst: Installation, updates: Sequence[Raw]) -> None:
    """Put updates down durably; only after this may they be confirmed to Telegram."""
    now = inst.clock.now()
    rows = [
        {
            "update_id": raw.update_id,
            "chat_id": raw.chat_id,
            "body_enc": inst.vault.seal(INTAKE_KEY, raw.body, PLACE),
            "received_at": now,
        }
        for raw in updates
    ]
    async with inst.store.begin() as tx:
        await inbox.keep(tx, rows)


async def handle_batch(inst: Installation, decode: Decode, *, hands_over: bool = False) -> Handled:
    """Handle what waits, in one transaction; a fault costs its own chat an attempt and no other."""
    async with inst.store.begin() as tx:
        rows = await inbox.claim(tx, LIMIT)
        batch = Batch(inst, tx, inst.clock.now(), hands_over)
        handled = await _handle(batch, [(row, _open(inst, decode, row)) for row in rows])
        await batch.changes.write(tx)
    return handled


def _open(inst: Installation, decode: Decode, row: Any) -> Incoming:
    return decode(orjson.loads(inst.vault.unseal(INTAKE_KEY, row.body_enc, PLACE)))


async def _handle(batch: Batch, updates: Sequence[Update]) -> Handled:
    handled = Handled(len(updates))
    if not updates:
        return handled
    await batch.load({row.chat_id for row, _ in updates if row.chat_id is not None}, _tapped(updates))
    await batch.load_asked({row.chat_id for row, one in updates if isinstance(one, Words)})
    await load_facts(batch, await _customers(batch, {row.chat_id for row, _ in updates}))
    finished: list[int] = []
    by_chat = sorted(updates, key=lambda update: update[0].chat_id or 0)
    for chat_id, group in groupby(by_chat, key=lambda update: update[0].chat_id or 0):
        finished += await _handle_chat(batch, chat_id, sure(in_order(list(group))))
    await inbox.finish(batch.tx, finished, batch.now)
    handled.again = len(updates) == LIMIT or len(finished) < len(updates)
    changes = batch.changes
    handled.outgoing, handled.menus = changes.queued, batch.menus
    handled.left_rows = changes.secured or any(row["state"] == State.READY for row in changes.outbox)
    return handled


async def _customers(batch: Batch, chat_ids: Collection[int | None]) -> list[CaseFile]:
    """Return the cases whose customers have a conversation in these chats: the rules are asked before each answer."""
    chats_here = (batch.chat(one) for one in chat_ids if one is not None)
    talks = (batch.conversation(one.session_id) for one in chats_here if one is not None and one.session_id)
    ids = {one.case_id for one in talks if one is not None and one.case_id and one.person_id is None}
    return [await batch.case(one) for one in sorted(ids)]


def _tapped(updates: Sequence[Update]) -> set[int]:
    """Return the conversations whose buttons were tapped, so that all are loaded at once."""
    references = (parse(one.data) for _, one in updates if isinstance(one, Tap))
    return {one.session_id for one in references if isinstance(one, PromptTap)}


async def _handle_chat(batch: Batch, chat_id: int, updates: Sequence[Update]) -> list[int]:
    """Handle one chat's updates in order; return those that are done with."""
    talk = Talk(batch, chat_id)
    update = updates[0]
    try:
        async with talk.savepoint:
            for update in updates:
                await _reach(talk)
                await take(talk, update[1])
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it must cost this chat alone
        batch.drop(chat_id)
        talk = Talk(batch, chat_id)
        done = await not_taken(talk, update, error, alone=update is updates[0])
        batch.changes.add(talk.changes)
        return [update[0].update_id] if done else []
    batch.changes.add(talk.changes)
    return [row.update_id for row, _ in updates]


async def _reach(talk: Talk) -> None:
    """Whoever writes can be reached again."""
    chat = talk.batch.chat(talk.chat_id)
    if chat is not None and chat.unreachable_at is not None:
        await chats.mark_reachable(talk.batch.tx, talk.chat_id)
        await talk.batch.load([talk.chat_id])
        case = await cases.of_chat(talk.batch.tx, talk.chat_id)
        if case is not None:
            await settle_itself(talk.batch, talk.changes, case.id, "unreachable")
