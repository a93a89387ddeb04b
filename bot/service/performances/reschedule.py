"""Another time: only days and times that are free, staffed and lawful, and nobody booked twice."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.service.conversations.scene import note
from bot.service.customer.availability import free_days, own_times_leave_none, policy_of, slot_at, slots_of
from bot.service.desk.planning.team_calendar import both_of, tell_team
from bot.service.desk.planning.texts import MOVED_TEAM, NOT_YOURS_ANY_MORE
from bot.service.desk.queue.alerts import settle_itself
from bot.service.field.no_show import expect_team
from bot.service.outbound.gate import judge_slot
from bot.service.outbound.invitation import send_calendar
from bot.service.outbound.receipts import keep
from bot.service.outbound.rule_facts import facts_of
from bot.service.performances.done import Done
from bot.service.performances.notice import ANNOUNCED
from bot.store import visits
from flows.engine import Perform
from flows.rules import Outcome

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

MAX_DAYS = 12


async def offer_days(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Offer the days on which at least one slot is free."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    days = await free_days(talk.batch, case)
    options = [{"id": day.isoformat(), "value": day.isoformat()} for day in days[:MAX_DAYS]]
    if not options and await own_times_leave_none(talk.batch, case):
        return Done("own_times", {"days": options})
    return Done("some" if options else "none", {"days": options})


async def offer_slots(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Offer the free slots of the chosen day."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    day = date.fromisoformat(str(scene.conversation.session.values["day"]))
    starts = [slot.starts_at for slot in await slots_of(talk.batch, case, day)]
    options = [{"id": f"{start:%H%M}", "value": start.isoformat()} for start in starts]
    return Done("some" if options else "none", {"slots": options})


async def book_slot(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Move the visit to the chosen slot if it is still free; choosing it is confirming it."""
    batch = talk.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    case = await batch.case(visit.case_id)
    starts_at = datetime.fromisoformat(str(scene.conversation.session.values["slot"]))
    slot = await slot_at(batch, case, starts_at)
    ends_at = starts_at + policy_of(batch.inst).length
    verdict = judge_slot(batch.inst, await facts_of(batch, case), starts_at, ends_at, batch.now)
    keep(scene.changes, verdict, case_id=case.id, visit_id=visit.id, session_id=scene.conversation.id)
    if slot is None or verdict.outcome is not Outcome.ALLOWED:
        return Done("taken")
    moved = await visits.move_status(
        batch.tx,
        visit.id,
        ANNOUNCED,
        "confirmed",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        collector_id=slot.collector_id,
        safety_officer_id=slot.safety_officer_id,
        sequence=visit.sequence + 1,
        confirmed_at=batch.now,
    )
    batch.stale(visit_id=visit.id)
    if not moved:
        return Done("gone")
    note(scene, "visit.moved", sequence=visit.sequence + 1)
    await settle_itself(batch, talk.changes, visit.case_id, "no_answer", "other_time")
    await expect_team(batch, await batch.visit(visit.id))
    await _tell_team(talk, visit, await batch.visit(visit.id))
    await send_calendar(scene)
    return Done("booked")


async def _tell_team(talk: "Talk", before: Any, after: Any) -> None:
    """Whoever goes gets the entry as it is now; who went before and does not any more has it taken out."""
    out = sorted(set(both_of(before)) - set(both_of(after)))
    await tell_team(talk.batch, talk.changes, after, both_of(after), MOVED_TEAM)
    await tell_team(talk.batch, talk.changes, before, out, NOT_YOURS_ANY_MORE, called_off=True)
