"""The times that do not suit a customer: kept, shown, held against the visit that is planned."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.casework.own_times import MIDNIGHT, Barred, bar, read_hours, touches
from bot.ids import new_id
from bot.service.conversations.scene import note
from bot.service.customer.availability import own_times_leave_none
from bot.service.customer.the_visit import show_visit as show
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.performances.done import Done
from bot.store import barred_times, visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

_NAMED = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKDAYS, _WEEK = range(5), range(7)
HOURS = {
    "morning": (0, 12 * 60),
    "afternoon": (12 * 60, 17 * 60),
    "evening": (17 * 60, MIDNIGHT),
    "all_day": (0, MIDNIGHT),
}
ANNOUNCED = ("noticed", "confirmed")


async def look_up_times(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Are there any yet?"""
    known = await barred_times.of_case(talk.batch.tx, scene.conversation.case_id or 0)
    return Done("some" if known else "none")


async def bar_time(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Keep the hours that were named; a visit that was announced for such a time is pointed out."""
    batch, values = talk.batch, scene.conversation.session.values
    hours = HOURS.get(str(values["hours"])) or read_hours(str(values["hours"]))
    if hours is None:
        return Done("unclear")
    case = await batch.case(scene.conversation.case_id or 0)
    known = [
        Barred(row.weekday, row.opens, row.closes) for row in await barred_times.of_case(batch.tx, case.id)
    ]
    times = bar(known, _weekdays(str(values["weekday"])), *hours)
    await _keep(talk, case.id, times)
    note(scene, "times.barred")
    left = not await own_times_leave_none(batch, case)
    if not left:
        await alert(batch, talk.changes, "no_time_left", case_id=case.id)
    visit = await visits.live_of(batch.tx, case.id)
    added = [one for one in times if one not in known]
    if visit is None or visit.status not in ANNOUNCED:
        return Done("kept" if left else "none_left")
    clash = touches(added, visit.starts_at, visit.ends_at, ZoneInfo(case.timezone))
    if clash:
        return Done("clash")
    return Done("kept" if left else "none_left")


def _weekdays(choice: str) -> range | tuple[int]:
    groups = {"workdays": _WORKDAYS, "every_day": _WEEK}
    return groups.get(choice) or (_NAMED.index(choice),)


async def clear_times(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """All times suit this customer again."""
    await _keep(talk, scene.conversation.case_id or 0, [])
    note(scene, "times.cleared")
    await settle_itself(talk.batch, talk.changes, scene.conversation.case_id or 0, "no_time_left")
    return Done("done")


async def _keep(talk: "Talk", case_id: int, times: list[Barred]) -> None:
    now = talk.batch.now
    rows = [one._asdict() | {"id": new_id(), "case_id": case_id, "created_at": now} for one in times]
    await barred_times.replace(talk.batch.tx, case_id, rows)
    talk.batch.stale(case_id=case_id)


async def show_visit(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Show the open question about the visit again, with its buttons."""
    await show(talk)
    return Done("done")
