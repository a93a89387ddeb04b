"""What is due becomes an event. The fact is looked at again at that moment; a stale timer does nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import DisclosureRefused, StoreError
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.customer import coming, satisfaction
from bot.service.customer.holds import end_hold
from bot.service.customer.stop import cancel_visits
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.queue import deadline
from bot.service.desk.queue.alarm import ring_again
from bot.service.desk.queue.alerts import alert, step_refused
from bot.service.desk.reminders.sets import go_on
from bot.service.field import over
from bot.service.field.from_outside import heard_from_outside
from bot.service.field.no_show import team_expected
from bot.service.field.watch import watch
from bot.service.installation import Installation
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import judge_message, judge_slot, messenger_barred
from bot.service.outbound.outgoing import Outgoing
from bot.service.outbound.receipts import keep
from bot.service.outbound.rule_facts import facts_of
from bot.service.solutions import reminding
from bot.store import receipts, sessions, timers
from flows.engine import TimerFired
from flows.engine.session import Status
from flows.rules import Outcome, Purpose

LIMIT = 10  # timers a batch: a short turn at the database, so that whoever taps meanwhile hardly waits
MAX_ATTEMPTS = 3

PURPOSES: Mapping[str, Purpose] = {"nudge": Purpose.NUDGE, "due": Purpose.FOLLOW_UP}


@dataclass(slots=True)
class Fired:
    """What a batch came to."""

    timers: int = 0
    outgoing: list[Outgoing] = field(default_factory=list)


async def fire_due(inst: Installation, *, hands_over: bool = False) -> Fired:
    """Fire what is due, in one transaction; a fault costs its own timer an attempt and no other."""
    async with inst.store.begin(patient=True) as tx:
        now = inst.clock.now()
        rows = await timers.due(tx, now, LIMIT)
        batch = Batch(inst, tx, now, hands_over)
        finished = [row.id for row in rows if await _fire(batch, row)]
        await batch.changes.write(tx)
        await timers.finish(tx, finished)
    return Fired(len(rows), batch.changes.queued)


async def _fire(batch: Batch, row: Any) -> bool:
    """Fire one timer; return whether it is done with."""
    try:
        async with batch.tx.begin_nested():
            return await KINDS[row.kind](batch, row)
    except StoreError:
        raise
    except DisclosureRefused as refusal:
        log.info("step refused", timer=row.id)
        await step_refused(batch, batch.changes, refusal)
        return True
    except Exception as error:  # noqa: BLE001 - whatever it is, it must cost this timer alone
        log.error("timer failed", timer=row.id, kind=row.kind, error=type(error).__name__)
        return await timers.fault(batch.tx, row.id) >= MAX_ATTEMPTS


async def _session(batch: Batch, row: Any) -> bool:
    """A conversation's own timer: nudge, reminder, hand-over, end."""
    await batch.load_conversations([row.subject_id])
    conversation = batch.conversation(row.subject_id)
    if conversation is None or conversation.session.status is Status.DONE:
        return True
    await batch.load([conversation.chat_id])
    talk = Talk(batch, conversation.chat_id)
    event = TimerFired(batch.now, row.key, row.turn)
    purpose = PURPOSES.get(row.key.rpartition(".")[2], Purpose.REMINDER)
    async with talk.savepoint:
        await talk.move(conversation, event, unasked=True, purpose=purpose)
    batch.changes.add(talk.changes)
    return True


async def _start_notice(batch: Batch, row: Any) -> bool:
    """Announce an approved visit, once the customer is known and the hour is lawful; else wait or give it up."""
    visit = await batch.visit(row.subject_id)
    case = await batch.case(visit.case_id)
    if visit.status != "approved" or await _barred(batch, visit, case):
        return True
    if (
        case.chat_id is None
        or case.identified_at is None
        or await sessions.waiting_of_visit(batch.tx, visit.id, None)
    ):
        return True  # `welcome` sets this timer again once they are identified
    slot = judge_slot(batch.inst, await facts_of(batch, case), visit.starts_at, visit.ends_at, batch.now)
    receipt_id = keep(batch.changes, slot, case_id=case.id, visit_id=visit.id)
    if slot.outcome is not Outcome.ALLOWED:
        await _give_up(batch, visit, receipt_id)
        return True
    verdict = await judge_message(batch, case, Purpose.NOTICE, solicited=False)
    if verdict.outcome is not Outcome.ALLOWED:
        receipt_id = keep(batch.changes, verdict, case_id=case.id, visit_id=visit.id)
    if verdict.outcome is Outcome.WAIT and verdict.until is not None:
        await timers.postpone(batch.tx, row.id, verdict.until)
        return False
    if verdict.outcome is Outcome.REFUSED:
        await tell_refused(batch, batch.changes, verdict, receipt_id, case_id=case.id, visit_id=visit.id)
        return True
    await batch.load([case.chat_id])
    talk = Talk(batch, case.chat_id)
    async with talk.savepoint:
        await talk.begin(
            "visit_notice",
            case_id=case.id,
            visit_id=visit.id,
            unasked=True,
            purpose=Purpose.NOTICE,
        )
    batch.changes.add(talk.changes)
    return True


async def _barred(batch: Batch, visit: Any, case: CaseFile) -> bool:
    """Is the messenger barred for this customer? Then the scheduler must tell them another way."""
    verdict = messenger_barred(batch.inst, case, batch.now)
    if verdict is None:
        return False
    receipt_id = keep(batch.changes, verdict, case_id=case.id, visit_id=visit.id)
    await tell_refused(batch, batch.changes, verdict, receipt_id, case_id=case.id, visit_id=visit.id)
    return True


async def _notice_deadline(batch: Batch, row: Any) -> bool:
    """Nobody is visited who was not told, or did not say yes: such a visit is cancelled when it would begin."""
    visit = await batch.visit(row.subject_id)
    if visit.status in ("approved", "noticed") and visit.starts_at > batch.now:
        await timers.postpone(batch.tx, row.id, visit.starts_at)
        return False
    if visit.status == "approved":
        await _give_up(batch, visit, await receipts.last_obstacle(batch.tx, visit.id))
    if visit.status == "noticed":
        await cancel_visits(batch, batch.changes, visit.case_id, "not_confirmed")
        await alert(batch, batch.changes, "no_answer", case_id=visit.case_id, visit_id=visit.id)
    return True


async def _give_up(batch: Batch, visit: Any, receipt_id: int | None) -> None:
    await cancel_visits(batch, batch.changes, visit.case_id, "not_announced")
    await alert(
        batch,
        batch.changes,
        "notice_not_possible",
        case_id=visit.case_id,
        visit_id=visit.id,
        receipt_id=receipt_id,
    )


KINDS: Mapping[str, Callable[[Batch, Any], Awaitable[bool]]] = {
    "session": _session,
    "start_notice": _start_notice,
    "notice_deadline": _notice_deadline,
    "hold_end": end_hold,
    "alarm": ring_again,
    "outside": heard_from_outside,
    coming.KIND: coming.say_who_is_there,
    "watch": watch,
    over.KIND: over.end_visit,
    "no_show": team_expected,
    "remind": go_on,
    reminding.KIND: reminding.begin,
    satisfaction.KIND: satisfaction.ask,
    deadline.KIND: deadline.draws_near,
}
