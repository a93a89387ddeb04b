"""An agreement from the plan that was picked to its end. Only the customer's own tap makes it binding."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.casework.solutions import Authority
from bot.ids import new_id
from bot.service.audit_line import CUSTOMER, SYSTEM, About, audit_line, colleague
from bot.service.customer.holds import lift_hold, open_hold
from bot.service.customer.stop import end_conversations
from bot.service.desk.queue.alerts import alert
from bot.service.solutions.offers import Offers
from bot.service.solutions.paper_work import ask_for_paper
from bot.service.solutions.reminding import forget, remind_of
from bot.service.solutions.terms import to_row
from bot.store import agreements, cases, holds, promises
from bot.store.promises import PLAN_IN_FORCE

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.conversations.changes import Changes
    from bot.service.conversations.conversation import Conversation


async def propose(batch: "Batch", conversation: "Conversation", offers: Offers, letter: str) -> Any:
    """Take the plan down that was picked, in place of an earlier one that is still unanswered."""
    plan, now = offers.plans[letter], batch.now
    case_id, by = conversation.case_id or 0, colleague(conversation.person_id)
    await cases.hold(batch.tx, case_id)
    await _replace_unanswered(batch, case_id)
    agreement_id = new_id()
    catalogue = offers.catalogue
    common = {"case_id": case_id, "visit_id": conversation.visit_id, "created_at": now}
    granted = {"granted_by": by, "granted_at": now} if plan.authority is Authority.TEAM else {}
    await agreements.put(
        batch.tx,
        {
            **common,
            "id": agreement_id,
            "terms": to_row(plan, f"{catalogue.name} v{catalogue.version}"),
            "basis": str(offers.basis),
            "authority": str(plan.authority),
            "status": "shown" if granted else "waiting",
            "made_by": by,
            "cooling_off": catalogue.cooling_off,
            **granted,
        },
    )
    rows = [
        {**common, "id": new_id(), "agreement_id": agreement_id, "number": number, "status": "proposed"}
        | {"amount": one.amount, "due_on": one.due_on}
        for number, one in enumerate(plan.schedule.instalments, 1)
    ]
    await promises.put(batch.tx, rows)
    return await agreements.by_id(batch.tx, agreement_id)


async def _replace_unanswered(batch: "Batch", case_id: int) -> None:
    while (earlier := await agreements.live_of(batch.tx, case_id, agreements.UNANSWERED)) is not None:
        await _drop(batch, earlier, agreements.UNANSWERED, "replaced")
    await end_conversations(batch, case_id, script="agreement")


async def grant(batch: "Batch", agreement_id: int, by: str) -> str:
    """Let somebody of the desk agree: `granted`, `first` of two, `same` person twice, or `gone`."""
    row = await agreements.by_id(batch.tx, agreement_id)
    if row is None or row.status != "waiting":
        return "gone"
    if row.authority == Authority.SECOND and row.granted_by is None:
        await agreements.move(batch.tx, row.id, ("waiting",), "waiting", granted_by=by)
        return "first"
    if row.granted_by == by:
        return "same"
    who = "seconded_by" if row.granted_by is not None else "granted_by"
    values: dict[str, str | datetime] = {who: by, "granted_at": batch.now}
    await agreements.move(batch.tx, row.id, ("waiting",), "shown", **values)
    return "granted"


async def refuse(batch: "Batch", agreement_id: int) -> bool:
    """Let the desk say no; False when it was closed before."""
    row = await agreements.by_id(batch.tx, agreement_id)
    return row is not None and await _drop(batch, row, ("waiting",), "refused")


async def accept(batch: "Batch", changes: "Changes", agreement_id: int, keep: int | None) -> str:
    """The customer accepts: `accepted`, `gone`, or `stale` when the first day has passed.

    What was open gives way; visits rest while the plan is kept; `keep` is the conversation that says so, None where
    the customer signed a paper.
    """
    row = await agreements.by_id(batch.tx, agreement_id)
    if row is None or row.status != "shown":
        return "gone"
    case = await batch.case(row.case_id)
    rows = await promises.of_agreement(batch.tx, row.id)
    zone = ZoneInfo(case.timezone)
    today = batch.now.astimezone(zone).date()
    if rows[0].due_on < today:
        await _drop(batch, row, ("shown",), "lapsed")
        await alert(batch, changes, "plan_stale", case_id=case.id, visit_id=row.visit_id)
        return "stale"
    await promises.give_way(batch.tx, case.id, batch.now)
    await end_conversations(batch, case.id, script="follow_up")
    await promises.move(batch.tx, row.id, "proposed", "open", batch.now)
    end_of_day = datetime.combine(today + timedelta(days=row.cooling_off + 1), time(0), zone)
    back = {"take_back_until": end_of_day} if row.cooling_off else {}
    await agreements.move(batch.tx, row.id, ("shown",), "accepted", answered_at=batch.now, **back)
    if not await _in_force(batch, case.id):
        await open_hold(batch, changes, case, PLAN_IN_FORCE, by=CUSTOMER, keep=keep)
    await remind_of(batch, case, await promises.of_agreement(batch.tx, row.id))
    await ask_for_paper(batch.tx, row.id, batch.now)
    return "accepted"


async def decline(batch: "Batch", agreement_id: int, status: str = "declined") -> bool:
    """The customer says no, or nothing (`lapsed`); False when it was closed before."""
    row = await agreements.by_id(batch.tx, agreement_id)
    return row is not None and await _drop(batch, row, ("shown",), status)


async def take_back(batch: "Batch", changes: "Changes", agreement_id: int) -> bool:
    """The customer takes an accepted plan back within the days to think again; False when these are over."""
    row = await agreements.by_id(batch.tx, agreement_id)
    if row is None or row.take_back_until is None or batch.now >= row.take_back_until:
        return False
    rows = await promises.of_agreement(batch.tx, row.id)
    if not await _drop(batch, row, ("accepted",), "taken_back"):
        return False
    await forget(batch, rows)
    await end_conversations(batch, row.case_id, script="follow_up")
    await _let_visits_be(batch, changes, row.case_id, CUSTOMER)
    await alert(batch, changes, "plan_taken_back", case_id=row.case_id, visit_id=row.visit_id)
    return True


async def finish(batch: "Batch", agreement_id: int) -> None:
    """Every instalment is paid: the agreement is kept, and a person closes what is to be closed in writing."""
    row = await agreements.by_id(batch.tx, agreement_id)
    if row is None or not await agreements.move(batch.tx, row.id, ("accepted",), "kept", closed_at=batch.now):
        return
    batch.changes.audit.append(
        audit_line(batch.now, SYSTEM, "plan.kept", About(row.case_id, row.visit_id), agreement=row.id)
    )
    await _let_visits_be(batch, batch.changes, row.case_id, SYSTEM)
    await alert(batch, batch.changes, "plan_kept", case_id=row.case_id, visit_id=row.visit_id)


async def _drop(batch: "Batch", row: Any, was: tuple[str, ...], status: str) -> bool:
    """Close an agreement that comes to nothing, with its instalments."""
    moved = await agreements.move(batch.tx, row.id, was, status, closed_at=batch.now)
    if moved:
        for open_as in ("proposed", "open"):
            await promises.move(batch.tx, row.id, open_as, "dropped", batch.now)
    return moved


async def _in_force(batch: "Batch", case_id: int) -> list[Any]:
    return [row for row in await holds.active(batch.tx, case_id, batch.now) if row.kind == PLAN_IN_FORCE]


async def _let_visits_be(batch: "Batch", changes: "Changes", case_id: int, by: str) -> None:
    for row in await _in_force(batch, case_id):
        await lift_hold(batch, changes, row, by=by, reason="")
