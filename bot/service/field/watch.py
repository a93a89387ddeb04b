"""The watch over a team from check-in to check-out: a quiet nudge, amber at the expected end, red after it.

Its timers run as long as one of the two has checked in and not out, whatever became of the visit.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.casework.lights import Light, light
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import locale_of_person
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.desk.queue.patience import patience_for
from bot.service.outbound.colleague import Offer, tell
from bot.service.outbound.outgoing import Lane
from bot.service.timer_row import timer_row
from bot.store import alerts, timers
from flows.rules import Waiting
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

KIND, OVERDUE_KIND = "watch", "not_checked_out"
ASK_AGAIN = timedelta(minutes=15)  # the team, while nobody has taken the item about them
GIVE_UP = timedelta(hours=2)  # the alarm goes on; the team has been asked often enough

NUDGE = T("watch/nudge", "The visit should be over at {time}. Bring it to a calm end, or take more time.")
AMBER = T(
    "watch/amber",
    "The visit should have been over at {time}. Are you well? Your scheduler is told at {late} unless you have both "
    "checked out or taken more time.",
)
OVERDUE = T(
    "visit/overdue",
    "You have not checked out of the visit yet. If all is well, please check out now. In danger, call the emergency "
    "number first, then tap SOS. Your scheduler has been told.",
)
WELL = T("watch/well", "We are well")
MORE = T("watch/more", "{minutes} minutes more")
SOS = T("watch/sos", "SOS")


async def watch_team(batch: Batch, visit: Any) -> None:
    """Set the timers of this visit's team anew, by its expected end; what is past by now is left out."""
    end = expected_end(visit)
    waits = {
        "nudge": -(await _patience(batch, visit, Waiting.NUDGE) or timedelta()),
        "amber": timedelta(),
        "red": await _patience(batch, visit, Waiting.CHECK_OUT),
    }
    await timers.cancel_subject(batch.tx, KIND, visit.id)
    rows = [
        timer_row(KIND, visit.id, end + wait, key)
        for key, wait in waits.items()
        if wait is not None and end + wait >= batch.now
    ]
    await timers.put(batch.tx, rows)


def expected_end(visit: Any) -> datetime:
    """Return when this visit should be over: at the end of its slot, or later where its team took more time."""
    end: datetime = visit.extended_to or visit.ends_at
    return end


async def light_of(batch: Batch, visit: Any) -> Light | None:
    """Return the light of a visit now; None when nobody of its team is there."""
    if not late_of(visit):
        return None
    return light(expected_end(visit), await _patience(batch, visit, Waiting.CHECK_OUT), batch.now)


def late_of(visit: Any) -> list[int]:
    """Return who of the team checked in and has not checked out."""
    sides = (
        (visit.collector_id, visit.collector_in_at, visit.collector_out_at),
        (visit.safety_officer_id, visit.safety_officer_in_at, visit.safety_officer_out_at),
    )
    return [person for person, came, left in sides if came is not None and left is None]


async def team_is_back(talk: "Talk", visit: Any) -> None:
    """When everybody has checked out, nobody need be looked for."""
    if not late_of(visit):
        await timers.cancel_subject(talk.batch.tx, KIND, visit.id)
        await settle_itself(talk.batch, talk.changes, visit.case_id, OVERDUE_KIND)


async def watch(batch: Batch, row: Any) -> bool:
    """A timer of the watch is due: do what its key says, unless everybody has left; return whether it is done."""
    visit = await batch.visit(row.subject_id)
    await batch.load([])
    return not late_of(visit) or await DUE[row.key](batch, visit, row)


async def _nudge(batch: Batch, visit: Any, row: Any) -> bool:
    await _ask(batch, visit, NUDGE, quiet=True)
    return True


async def _amber(batch: Batch, visit: Any, row: Any) -> bool:
    _log(batch, visit, "visit.amber")
    await _ask(batch, visit, AMBER, quiet=False)
    return True


async def _red(batch: Batch, visit: Any, row: Any) -> bool:
    """Raise the alarm, with who it is about where it is one of the two, and ask whoever has not checked out."""
    _log(batch, visit, "visit.red")
    late = late_of(visit)
    person_id = late[0] if len(late) == 1 else None
    await alert(
        batch, batch.changes, OVERDUE_KIND, case_id=visit.case_id, visit_id=visit.id, person_id=person_id
    )
    await _ask_to_check_out(batch, visit)
    await timers.put(batch.tx, [timer_row(KIND, visit.id, batch.now + ASK_AGAIN, "again")])
    return True


async def _again(batch: Batch, visit: Any, row: Any) -> bool:
    """Ask once more while nobody has taken the item; then whoever has it talks with them."""
    items = await alerts.open_of_case(batch.tx, visit.case_id, [OVERDUE_KIND])
    if not any(item.taken_by is None for item in items) or batch.now > expected_end(visit) + GIVE_UP:
        return True
    await _ask_to_check_out(batch, visit)
    await timers.postpone(batch.tx, row.id, batch.now + ASK_AGAIN)
    return False


DUE: Mapping[str, Callable[[Batch, Any, Any], Awaitable[bool]]] = {
    "nudge": _nudge,
    "amber": _amber,
    "red": _red,
    "again": _again,
}


async def _ask(batch: Batch, visit: Any, text: Text, *, quiet: bool) -> None:
    """Ask each of the two who is still there, with one tap for each answer."""
    case, end = await batch.case(visit.case_id), expected_end(visit)
    late = end + (await _patience(batch, visit, Waiting.CHECK_OUT) or timedelta())
    offers = await more_offer(batch, visit)
    if not quiet:
        offers = [[Offer(WELL, f"well:{visit.id}")], *offers, [Offer(SOS, f"sos:{visit.id}")]]
    for person_id in late_of(visit):
        person = await batch.person(person_id)
        locale = await locale_of_person(batch, person)
        await tell(
            batch,
            batch.changes,
            person,
            text,
            lane=Lane.REPLIES if quiet else Lane.SAFETY,
            offers=offers,
            quiet=quiet,
            time=formats.clock(locale, case.timezone, end),
            late=formats.clock(locale, case.timezone, late),
        )


async def more_offer(batch: Batch, visit: Any) -> list[list[Offer]]:
    """Return the button that takes more time. It names the end that it moves, so that two taps move it once."""
    more = await _patience(batch, visit, Waiting.EXTENSION)
    if more is None:
        return []
    action = f"more:{visit.id}:{int(expected_end(visit).timestamp())}"
    return [[Offer(MORE, action, {"minutes": int(more.total_seconds() // 60)})]]


async def _ask_to_check_out(batch: Batch, visit: Any) -> None:
    for person_id in late_of(visit):
        await tell(batch, batch.changes, await batch.person(person_id), OVERDUE, lane=Lane.SAFETY)


async def _patience(batch: Batch, visit: Any, waiting: Waiting) -> timedelta | None:
    case = await batch.case(visit.case_id)
    return patience_for(batch.inst, case.jurisdiction, waiting, batch.now)


def _log(batch: Batch, visit: Any, kind: str) -> None:
    line = audit_line(batch.now, SYSTEM, kind, About(visit.case_id, visit.id))
    batch.changes.audit.append(line)
