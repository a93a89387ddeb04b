"""A plan: for each case, in the order given, the earliest lawful slot that is still free."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings, Taken
from bot.casework.slots import Lawful, Slot, SlotPolicy, Team, free_pair, starts_on


@dataclass(frozen=True, slots=True)
class Wanted:
    """A case that needs a visit, on one of these local days of its zone, where it is lawful."""

    case_id: int
    zone: ZoneInfo
    days: Sequence[date]
    lawful: Lawful


@dataclass(frozen=True, slots=True)
class Planned:
    """What was found for a case; None: no slot on its days."""

    case_id: int
    slot: Slot | None


def plan(
    wanted: Iterable[Wanted], policy: SlotPolicy, taken: Iterable[Taken], team: Team
) -> Iterator[Planned]:
    """Yield a slot for each case, in their order; earlier cases choose first. Same input, same plan."""
    bookings = Bookings(taken)
    full: set[datetime] = set()  # starts without a free pair: bookings only grow, so they stay so
    for case in wanted:
        slot = _earliest(case, policy, bookings, team, full)
        if slot is not None:
            for person_id in (slot.collector_id, slot.safety_officer_id):
                bookings.add(Taken(person_id, slot.starts_at, slot.ends_at))
        yield Planned(case.case_id, slot)


def _earliest(
    case: Wanted, policy: SlotPolicy, bookings: Bookings, team: Team, full: set[datetime]
) -> Slot | None:
    for starts_at in _starts(case, policy):
        if starts_at in full:
            continue
        pair = free_pair(starts_at, policy, bookings, team)
        ends_at = starts_at + policy.length
        if pair is None:
            full.add(starts_at)
        elif case.lawful(starts_at, ends_at):
            return Slot(starts_at, ends_at, *pair)
    return None


def _starts(case: Wanted, policy: SlotPolicy) -> Iterator[datetime]:
    for day in sorted(set(case.days)):
        yield from starts_on(day, case.zone, policy)
