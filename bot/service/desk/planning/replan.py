"""What must be found anew when somebody falls out: another colleague at the same time, else another time.

Least change to what customers know: their time stays wherever anybody can come at it. A visit that a customer has
been told of is never moved; where nobody can come it is called off with an apology, and the next plan's proposal asks
them anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.casework.bookings import Bookings, Taken
from bot.casework.roster import Roster
from bot.casework.slots import free_people
from bot.casework.travel import Point
from bot.i18n import formats
from bot.ids import new_id
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.customer.availability import bookings_of, policy_of
from bot.service.customer.stop import cancel_visits, end_conversations
from bot.service.desk.colleagues import desk
from bot.service.desk.planning.chat import send_plan
from bot.service.desk.planning.plan import propose
from bot.service.desk.planning.roster import errand_of, place_of, roster
from bot.service.desk.planning.team_calendar import both_of, tell_team
from bot.service.desk.planning.texts import (
    CALLED_OFF,
    NEW_PARTNER,
    NOT_YOURS_ANY_MORE,
    REPLANNED,
    STANDS_IN,
    TEAM_CHANGED,
)
from bot.service.desk.queue.alerts import alert
from bot.service.installation import Installation
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel
from bot.service.person import FIELD_ROLES
from bot.store import audit, visits
from flows.rules import Purpose
from flows.script import Text

TOLD = ("noticed", "confirmed")
OPEN = ("approved", *TOLD)
AHEAD = timedelta(days=120)


@dataclass(slots=True)
class _Repair:
    """The work on one replan; `kept` and `called_off` are visits that customers know of or soon would."""

    batch: Batch
    staff: Roster
    live: dict[int, Any]
    kept: list[int] = field(default_factory=list)
    called_off: list[int] = field(default_factory=list)

    def fallen_out(self, visit: Any) -> list[str]:
        """Return the roles of a visit whose people cannot go any more."""
        by_id = {one.id: one for one in self.staff.colleagues}
        span = visit.starts_at, visit.ends_at
        found = {role: by_id.get(getattr(visit, f"{role}_id")) for role in FIELD_ROLES}
        return [role for role, one in found.items() if one is None or not one.works(*span)]


async def replan(inst: Installation) -> None:
    """Repair every coming visit whose team has fallen apart; where some were called off, propose other times."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        work = await _load(batch)
        for visit_id in _order(work):
            await _mend(work, work.live[visit_id])
        await _report(work)
        await batch.changes.write(tx)
        readers = [person.id for person in await desk(batch)] if work.called_off else []
    if readers:
        plan = await propose(inst)
        for person_id in readers:
            await send_plan(inst, person_id, plan.left_out)


async def _load(batch: Batch) -> _Repair:
    staff = await roster(batch)
    await visits.lock_staff(batch.tx, [one.id for one in staff.colleagues])
    rows = await visits.live_between(batch.tx, batch.now, batch.now + AHEAD)
    await batch.load_cases({row.case_id for row in rows})
    return _Repair(batch, staff, {row.id: row for row in rows})


def _order(work: _Repair) -> Iterator[int]:
    """Yield broken visits: those that customers know of first; displaced ones of the others follow as they break."""
    seen: set[int] = set()
    while True:
        broken = [
            visit
            for visit in work.live.values()
            if visit.id not in seen
            and visit.status in OPEN
            and visit.starts_at > work.batch.now
            and work.fallen_out(visit)
        ]
        if not broken:
            return
        broken.sort(key=lambda visit: (visit.status == "approved", visit.starts_at, visit.id))
        seen.add(broken[0].id)
        yield broken[0].id


async def _mend(work: _Repair, visit: Any) -> None:
    """Send somebody else at the same time; if there is nobody, take one from a visit nobody knows of; else call off."""
    roles = work.fallen_out(visit)
    for others in _who_stays(work, visit):
        instead = await _instead(work, visit, roles, await bookings_of(work.batch, others))
        if instead is not None:
            for displaced in await _displaced(work, visit, others, instead):
                await _call_off(work, displaced)
            await _swap(work, visit, instead)
            return
    await _call_off(work, visit)


def _who_stays(work: _Repair, visit: Any) -> Iterator[Sequence[Any]]:
    """Yield the visits that must not be touched: first all, then only those that customers know of."""
    others = [one for one in work.live.values() if one.id != visit.id]
    yield others
    if visit.status in TOLD:
        yield [one for one in others if one.status != "approved"]


async def _instead(
    work: _Repair, visit: Any, roles: Sequence[str], bookings: Bookings
) -> dict[str, int] | None:
    """Return who can go instead, by column; None unless somebody is found for each role."""
    errand, policy = errand_of(await work.batch.case(visit.case_id)), policy_of(work.batch.inst)
    fitting = work.staff.for_errand(errand)
    found = {
        f"{role}_id": next(free_people(role, visit.starts_at, errand, policy, bookings, fitting), None)
        for role in roles
    }
    people = {column: person for column, person in found.items() if person is not None}
    return people if len(people) == len(roles) else None


async def _swap(work: _Repair, visit: Any, instead: dict[str, int]) -> None:
    """Put others into a visit; tell them, who is out, the colleague who stays, and the customer who knows of it."""
    batch = work.batch
    await visits.change(batch.tx, visit.id, instead)
    batch.stale(visit_id=visit.id)
    work.live[visit.id] = changed = await batch.visit(visit.id)
    work.kept.append(visit.id)
    await _note(batch, changed, "visit.team_changed")
    for column, person_id in instead.items():
        new, old = await batch.person(person_id), await batch.person(getattr(visit, column))
        stay = set(both_of(changed)) - set(instead.values())
        await tell_team(batch, batch.changes, changed, [new.id], STANDS_IN, about=old)
        await tell_team(batch, batch.changes, visit, [old.id], NOT_YOURS_ANY_MORE, called_off=True)
        await tell_team(batch, batch.changes, changed, stay, NEW_PARTNER, about=new)
    if visit.status in TOLD:
        await _tell_customer(work, changed, TEAM_CHANGED)


async def _displaced(work: _Repair, visit: Any, others: Sequence[Any], instead: dict[str, int]) -> list[Any]:
    """Return the visits that give way: nobody knows of them, and their people are needed near their time."""
    kept = {one.id for one in others} | {visit.id}
    needed = Bookings(
        _taken(visit, instead, place_of(await work.batch.case(visit.case_id))),
        policy_of(work.batch.inst).travel,
    )
    found = []
    for one in work.live.values():
        place = place_of(await work.batch.case(one.case_id))
        near = {one.collector_id, one.safety_officer_id} & set(instead.values())
        if one.id not in kept and not all(
            needed.is_free(person, one.starts_at, one.ends_at, place) for person in near
        ):
            found.append(one)
    return found


def _taken(visit: Any, instead: dict[str, int], place: Point | None) -> Iterator[Taken]:
    return (Taken(person, visit.starts_at, visit.ends_at, place) for person in instead.values())


async def _call_off(work: _Repair, visit: Any) -> None:
    """Nobody can come at this time: the visit ends here; whoever was told of it hears so at once."""
    batch = work.batch
    if visit.status in TOLD:
        await _tell_customer(work, visit, CALLED_OFF)
        await end_conversations(batch, visit.case_id, script="visit_notice")
        await alert(batch, batch.changes, "no_team", case_id=visit.case_id, visit_id=visit.id)
    await cancel_visits(batch, batch.changes, visit.case_id, "no_team")
    del work.live[visit.id]
    work.called_off.append(visit.id)
    await _note(batch, visit, "visit.called_off")


async def _note(batch: Batch, visit: Any, kind: str) -> None:
    line = audit_line(batch.now, SYSTEM, kind, About(visit.case_id, visit.id))
    await audit.append(batch.tx, [line])


async def _words(talk: Talk, visit: Any) -> dict[str, Any]:
    case = await talk.batch.case(visit.case_id)
    return {
        "case_ref": case.case_ref,
        "day": formats.day(talk.locale, case.timezone, visit.starts_at),
        "time": formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at),
    }


async def _tell_customer(work: _Repair, visit: Any, text: Text) -> None:
    """Nobody asked for this message, so the rules say when it goes; it is of no use once the visit would begin."""
    batch = work.batch
    case = await batch.case(visit.case_id)
    if case.chat_id is None:
        return
    await batch.load([case.chat_id])
    talk = Talk(batch, case.chat_id, changes=batch.changes)
    collector, officer = [await batch.person(one) for one in (visit.collector_id, visit.safety_officer_id)]
    html = talk.text(
        text,
        collector=collector.name,
        collector_badge=collector.badge,
        safety_officer=officer.name,
        safety_officer_badge=officer.badge,
        **await _words(talk, visit),
    )
    parcel = Parcel(
        call=batch.inst.calls.say(case.chat_id, html),
        key=f"v{new_id()}",
        chat_id=case.chat_id,
        lane=Lane.REMINDERS,
        purpose=Purpose.CONFIRMATION,
        visit_id=visit.id,
        not_after=visit.starts_at,
        unasked=True,
    )
    await to_customer(batch, batch.changes, case, parcel)


async def _report(work: _Repair) -> None:
    """Tell the schedulers what became of it, if anything did."""
    if not (work.kept or work.called_off):
        return
    for person in await desk(work.batch):
        await work.batch.load([person.chat_id or 0])
        talk = Talk(work.batch, person.chat_id or 0, changes=work.batch.changes)
        await talk.say(REPLANNED, kept=len(work.kept), called_off=len(work.called_off))
