"""Between the outbox and the sender: what may go now is looked at again, how it ended is written down."""

from collections.abc import Sequence
from typing import Any

from bot.errors import StoreError
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.desk.alerts import alert
from bot.service.installation import Installation
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import judge_message
from bot.service.outbound.outgoing import SLOW, Lane, Outgoing, Result, State
from bot.service.outbound.post import open_call
from bot.service.outbound.receipts import keep
from bot.store import cases, chats, keys, outbox, visits
from flows.rules import Outcome, Purpose


async def claim(inst: Installation, limit: int, lanes: Sequence[Lane]) -> list[Outgoing]:
    """Claim rows that may go now. Unasked messages to customers are judged once more, on the facts of this moment."""
    async with inst.store.begin(patient=bool(set(lanes) & set(SLOW))) as tx:
        batch = Batch(inst, tx, inst.clock.now())
        rows = await outbox.claim(tx, batch.now, limit, [int(lane) for lane in lanes])
        await keys.load(tx, inst.vault, list({row.key_id for row in rows}))
        await batch.load_cases({row.case_id for row in rows if _is_judged(row)})
        held: list[dict[str, Any]] = []
        opened = [await _open(batch, row, held) for row in rows]
        await outbox.hold_back(tx, held)
        await outbox.settle(tx, [_ending(batch, one) for one in opened if isinstance(one, Result)])
        await batch.changes.write(tx)
        return [one for one in opened if isinstance(one, Outgoing)]


async def _open(batch: Batch, row: Any, held: list[dict[str, Any]]) -> Outgoing | Result | None:
    """Return the message if it may go; a fault costs its own row and no other."""
    try:
        if not await _may_go(batch, row, held):
            return None
        call = open_call(batch.inst.vault, row.key_id, row.body_enc)
        return Outgoing(row.id, row.chat_id, Lane(row.lane), call, row.contact, row.attempts)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the rest must go out
        log.error("message set aside", outbox=row.id, error=type(error).__name__)
        return Result(row.id, State.FAILED, fault=type(error).__name__)


def _is_judged(row: Any) -> bool:
    """Is this an unasked message to a customer? Answers were judged when they were put down, moments ago."""
    return bool(row.contact and row.lane in SLOW and row.case_id is not None)


async def _may_go(batch: Batch, row: Any, held: list[dict[str, Any]]) -> bool:
    """Ask the rules again for an unasked contact; note what becomes of it when the answer is not yes."""
    if not _is_judged(row):
        return True
    case = await batch.case(row.case_id)
    verdict = await judge_message(batch, case, Purpose(row.purpose), solicited=False)
    receipt_id = keep(
        batch.changes,
        verdict,
        case_id=case.id,
        outbox_id=row.id,
        visit_id=row.visit_id,
        session_id=row.session_id,
    )
    if verdict.outcome is Outcome.ALLOWED:
        return True
    waits = verdict.outcome is Outcome.WAIT and verdict.until is not None
    if waits and row.not_after is not None and verdict.until > row.not_after:
        waits = False
    held.append(
        {
            "id": row.id,
            "state": State.READY if waits else State.WITHDRAWN,
            "not_before": verdict.until if waits else row.not_before,
        }
    )
    if not waits:
        await tell_refused(batch, batch.changes, verdict, receipt_id, case_id=case.id, visit_id=row.visit_id)
    return False


async def mark(inst: Installation, ids: Sequence[int]) -> None:
    """Note that these messages leave now: after a crash it will not be known whether they arrived."""
    async with inst.store.begin() as tx:
        await outbox.mark_sending(tx, ids)


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
