"""Between the outbox and the sender: what may go now is looked at again, how it ended is written down."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.errors import StoreError
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.desk.queue.alerts import alert
from bot.service.installation import Installation
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import judge_message
from bot.service.outbound.lines import html_lines_of
from bot.service.outbound.outgoing import SLOW, Lane, Outgoing, Result, State
from bot.service.outbound.post import hash_of, open_call, seal_call, with_lines, words_of
from bot.service.outbound.receipts import keep
from bot.service.outbound.rule_facts import load_facts
from bot.store import cases, chats, keys, outbox, visits
from flows.rules import Outcome, Purpose, Verdict

Row = dict[str, Any]
MOMENT = timedelta(minutes=1)  # an answer that waited longer than this is judged once more


async def claim(inst: Installation, limit: int, lanes: Sequence[Lane]) -> list[Outgoing]:
    """Claim rows that may go now. What waited for a customer is judged once more, on the facts of this moment."""
    async with inst.store.begin(patient=bool(set(lanes) & set(SLOW))) as tx:
        batch = Batch(inst, tx, inst.clock.now())
        rows = await outbox.claim(tx, batch.now, limit, [int(lane) for lane in lanes])
        await keys.load(tx, inst.vault, list({row.key_id for row in rows}))
        judged = {row.case_id for row in rows if _is_judged(row, batch.now)}
        await batch.load_cases(judged)
        await load_facts(batch, [await batch.case(one) for one in sorted(judged)])
        held, reworded = list[Row](), list[Row]()
        opened = [await _open(batch, row, held, reworded) for row in rows]
        await outbox.hold_back(tx, held)
        await outbox.reword(tx, reworded)
        faults = [one for one in opened if isinstance(one, Result)]
        await outbox.settle(tx, [_ending(batch, one) for one in faults])
        await _tell_failed(batch, [row for row in rows if row.id in {one.id for one in faults}])
        await batch.changes.write(tx)
        return [one for one in opened if isinstance(one, Outgoing)]


async def _open(batch: Batch, row: Any, held: list[Row], reworded: list[Row]) -> Outgoing | Result | None:
    """Return the message if it may go; a fault costs its own row and no other."""
    try:
        verdict, receipt_id = await _judge(batch, row) if _is_judged(row, batch.now) else (None, None)
        if verdict is None or verdict.outcome is Outcome.ALLOWED:
            return await _outgoing(batch, row, verdict, reworded)
        held.append(await _held(batch, row, verdict, receipt_id))
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest must go out
        log.error("message set aside", outbox=row.id, error=type(error).__name__)
        return Result(row.id, State.FAILED, fault=type(error).__name__)
    return None


def _is_judged(row: Any, now: datetime) -> bool:
    """Is this a message to a customer that nobody asked for, or an answer that has not left at once?

    An answer was judged when it was put down. The confirmation of a stop goes once, and that is this one.
    """
    late = now - row.created_at > MOMENT and row.purpose != Purpose.OPT_OUT_CONFIRMATION
    return bool(row.contact and row.case_id is not None and (row.lane in SLOW or late))


async def _judge(batch: Batch, row: Any) -> tuple[Verdict, int]:
    """Ask the rules again about a message, on the facts of this moment, and keep their receipt."""
    case = await batch.case(row.case_id)
    verdict = await judge_message(batch, case, Purpose(row.purpose), solicited=row.lane not in SLOW)
    subject = {"outbox_id": row.id, "visit_id": row.visit_id, "session_id": row.session_id}
    return verdict, keep(batch.changes, verdict, case_id=case.id, **subject)


async def _outgoing(batch: Batch, row: Any, verdict: Verdict | None, reworded: list[Row]) -> Outgoing:
    """Return a row as it leaves; where the rules now want other lines than when it was put down, it is reworded."""
    vault = batch.inst.vault
    call, lines = open_call(vault, row.key_id, row.body_enc)
    if verdict is not None and words_of(call):
        wanted = await html_lines_of(batch, await batch.case(row.case_id), verdict)
        if wanted != lines:
            lines = wanted
            body = seal_call(vault, row.key_id, call, lines)
            reworded.append({"id": row.id, "body_enc": body, "text_hash": hash_of(with_lines(call, lines))})
    said = with_lines(call, lines)
    return Outgoing(row.id, row.chat_id, Lane(row.lane), said, row.contact, row.attempts)


async def _held(batch: Batch, row: Any, verdict: Verdict, receipt_id: int | None) -> Row:
    """Return what becomes of a message that may not go now: it waits, or it is withdrawn and the scheduler told."""
    until = verdict.until
    if until is not None and (row.not_after is None or until <= row.not_after):
        return {"id": row.id, "state": State.READY, "not_before": until}
    await tell_refused(batch, batch.changes, verdict, receipt_id, case_id=row.case_id, visit_id=row.visit_id)
    return {"id": row.id, "state": State.WITHDRAWN, "not_before": row.not_before}


async def mark(inst: Installation, ids: Sequence[int]) -> Collection[int]:
    """Note that these messages leave now: after a crash it will not be known whether they arrived.

    Return those that may: what was withdrawn since it was claimed stays here.
    """
    async with inst.store.begin() as tx:
        return await outbox.mark_sending(tx, ids)


async def settle(inst: Installation, results: Sequence[Result]) -> None:
    """Write down how rows ended; an announcement that arrived makes its visit announced."""
    async with inst.store.begin(patient=True) as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await outbox.settle(tx, [_ending(batch, result) for result in results])
        sent = [result.id for result in results if result.state is State.SENT]
        for row in await outbox.announcements(tx, sent):
            await visits.move_status(tx, row.visit_id, ("approved",), "noticed", noticed_at=batch.now)
        unknown = [result.id for result in results if result.state is State.UNKNOWN]
        await _tell_unknown(batch, await outbox.by_ids(tx, unknown))
        failed = [result.id for result in results if result.state is State.FAILED]
        await _tell_failed(batch, await outbox.by_ids(tx, failed))
        await batch.changes.write(tx)


def _ending(batch: Batch, result: Result) -> dict[str, Any]:
    return {
        "id": result.id,
        "state": result.state,
        "message_id": result.message_id,
        "fault": result.fault,
        "not_before": result.retry_at,
        "sent_at": batch.now if result.state in (State.SENT, State.UNKNOWN) else None,
    }


async def _tell_unknown(batch: Batch, rows: Sequence[Any]) -> None:
    """Nobody knows whether these arrived: a person decides whether to repeat them."""
    for row in rows:
        if row.case_id is not None:
            await alert(batch, batch.changes, "unknown_delivery", case_id=row.case_id, subject_id=row.id)


async def _tell_failed(batch: Batch, rows: Sequence[Any]) -> None:
    """What could not be delivered to a customer is for a person; a chat that is lost has an item of its own."""
    mine = [row for row in rows if row.contact and row.case_id is not None and row.method.startswith("send")]
    if not mine:
        return
    gone = {
        chat.chat_id
        for chat in await chats.load(batch.tx, [row.chat_id for row in mine])
        if chat.unreachable_at
    }
    for row in mine:
        if row.chat_id not in gone:
            await alert(batch, batch.changes, "not_delivered", case_id=row.case_id, subject_id=row.id)


async def recover(inst: Installation) -> None:
    """At the start: what a dead process left half-sent. Contacts become unknown, the rest goes again."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await _tell_unknown(batch, await outbox.recover(tx))
        await batch.changes.write(tx)


async def unreachable(inst: Installation, chat_id: int, why: str) -> None:
    """A chat cannot be written to: nothing more is sent there until it writes again; the scheduler is told."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await chats.mark_unreachable(tx, chat_id, why, batch.now)
        await outbox.withdraw_chat(tx, chat_id)
        case = await cases.of_chat(tx, chat_id)
        if case is not None:
            await alert(batch, batch.changes, "unreachable", case_id=case.id)
        await batch.changes.write(tx)
