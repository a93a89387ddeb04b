"""Stopping everything for a case: waiting messages, timers, conversations, visits, in one transaction."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.ids import new_id
from bot.service.audit_line import CUSTOMER
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.conversations.conversation import row_of
from bot.service.desk.planning.team_calendar import both_of, tell_team
from bot.service.desk.planning.texts import CALLED_OFF_TEAM
from bot.service.desk.queue.alerts import alert
from bot.service.field.from_outside import tell_from_outside
from bot.store import holds, outbox, sessions, timers, visits
from flows.engine.session import Status

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

LIVE = ("approved", "noticed", "confirmed")
STOP = "stop"


async def stop_case(talk: "Talk", case_id: int, *, keep: int | None = None) -> bool:
    """Obey "stop": hold, withdraw, end, cancel, tell the scheduler. `keep` is the conversation that says so.

    A stop asks no rule whether it may be. False when the customer had said it before.
    """
    batch = talk.batch
    known = await has_stopped(batch, case_id)
    if not known:
        row = {"id": new_id(), "case_id": case_id, "kind": STOP, "since": batch.now, "opened_by": CUSTOMER}
        await holds.put(batch.tx, row)
        batch.stale(case_id=case_id)
        await alert(batch, talk.changes, "stopped", case_id=case_id)
    await end_conversations(batch, case_id, keep=keep)
    await cancel_visits(batch, talk.changes, case_id, "stopped")
    return not known


async def close_case(talk: "Talk", case_id: int, *, keep: int) -> None:
    """End every other conversation about a case and cancel its visit: this chat is the wrong one."""
    await end_conversations(talk.batch, case_id, keep=keep)
    await cancel_visits(talk.batch, talk.changes, case_id, "not_me")


async def has_stopped(batch: Batch, case_id: int) -> bool:
    """Has this customer said stop, and not taken it back?"""
    return any(row.kind == STOP for row in await holds.active(batch.tx, case_id, batch.now))


async def end_conversations(
    batch: Batch, case_id: int, *, keep: int | None = None, script: str | None = None
) -> None:
    """End the customer's conversations about a case, with their timers and waiting messages."""
    rows = await sessions.waiting_of_case(batch.tx, case_id, script)
    ended = [row.id for row in rows if row.person_id is None and row.id != keep]
    await batch.load_conversations(ended)
    for session_id in ended:
        conversation = batch.conversation(session_id)
        if conversation is not None:
            done = replace(conversation.session, status=Status.DONE, timers={}, outcome="stopped")
            conversation.session = done
            await sessions.save(batch.tx, [row_of(conversation, batch.inst.vault, batch.now)])
        await timers.cancel_subject(batch.tx, "session", session_id)
        await outbox.withdraw_session(batch.tx, session_id)
    if script is None:
        await outbox.withdraw_case(batch.tx, case_id)


async def cancel_visits(
    batch: Batch, changes: Changes, case_id: int, why: str, *, by_team: bool = False
) -> bool:
    """Cancel the live visit of a case, unless it is under way, and tell the team; False if none was cancelled.

    Who of the team is there already is led to a goodbye, unless it was the team itself that heard `why`.
    """
    visit = await visits.live_of(batch.tx, case_id)
    if visit is None:
        return False
    if not by_team:
        await tell_from_outside(batch, visit, why, ends=True)
    if not await visits.move_status(batch.tx, visit.id, LIVE, "cancelled", outcome=why):
        return False
    await timers.cancel_subject(batch.tx, "start_notice", visit.id)
    await timers.cancel_subject(batch.tx, "notice_deadline", visit.id)
    batch.stale(visit_id=visit.id)
    await tell_team(batch, changes, visit, both_of(visit), CALLED_OFF_TEAM, called_off=True)
    return True
