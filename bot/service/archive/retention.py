"""How long each case's record is kept: by which rule, until when, and what else holds it.

The record of a case is kept and erased as a whole, so the newest thing in it decides: a case's last record is both
its `record` and its `last_activity`. `debt_cleared` and `contract_end` are the day of the payment with which nothing
was outstanding any more; a lender's file names no other end of a contract.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.service.installation import Installation
from bot.store import retention
from bot.store.engine import Tx
from flows.rules import Anchor, Facts, Keeping, keeping, terms

SOME = 500  # cases at a time
_WISHES = frozenset({"stop", "not_me", "visit_refused"})  # holds that bar contact and need no record


@dataclass(frozen=True, slots=True)
class Bond:
    """What keeps a record: `what` is retention, hold, item, visit, agreement, promise, message or debt; `name` which.

    `rule` is the rule that says so, where one does; `until` the last day, None: no end is known yet.
    """

    what: str
    name: str
    rule: str | None = None
    until: date | None = None

    def __str__(self) -> str:
        """Say it as a person would."""
        ends = f" until {self.until}" if self.until else ""
        by = f" ({self.rule})" if self.rule else ""
        return f"{self.what} {self.name}{by}{ends}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case's record stands on a day by its own clock."""

    case_id: int
    case_ref: str
    today: date
    keeping: Keeping
    bonds: tuple[Bond, ...]

    @property
    def is_over(self) -> bool:
        """Must it go? A limit has passed and nothing keeps it, an open debt included."""
        limit = self.keeping.erase_from
        return limit is not None and limit <= self.today and not self.bonds

    @property
    def refuses(self) -> tuple[Bond, ...]:
        """Return what bars even an erasure that a person decides on: all but an open debt."""
        return tuple(bond for bond in self.bonds if bond.what != "debt")


async def standings(inst: Installation, tx: Tx) -> AsyncIterator[Standing]:
    """Yield how every case stands, some at a time."""
    reached = 0
    while rows := await retention.some_cases(tx, reached, SOME):
        for standing in await standing_of(inst, tx, rows):
            yield standing
        reached = rows[-1].id


async def standing_of(inst: Installation, tx: Tx, rows: Sequence[Any]) -> list[Standing]:
    """Return how cases (their rows) stand now."""
    now, ids = inst.clock.now(), [row.id for row in rows]
    last = await retention.last_records(tx, ids)
    paid = await retention.last_payments(tx, ids)
    business = await retention.open_business(tx, ids, now)
    found = []
    for row in rows:
        today = now.astimezone(ZoneInfo(row.timezone)).date()
        kept = _keeping(inst, row, last.get(row.id), paid.get(row.id), today)
        mine = [(what, name) for case_id, what, name in business if case_id == row.id]
        bonds = (*_duty(kept, today), *_open(inst, row, mine, now), *_debt(row))
        found.append(Standing(row.id, row.case_ref, today, kept, bonds))
    return found


def _keeping(
    inst: Installation, row: Any, last: datetime | None, paid: datetime | None, today: date
) -> Keeping:
    zone = ZoneInfo(row.timezone)
    recorded = (last or row.imported_at).astimezone(zone).date()
    anchors = {Anchor.RECORD: recorded, Anchor.LAST_ACTIVITY: recorded}
    if row.outstanding == 0:
        cleared = (paid or row.updated_at).astimezone(zone).date()
        anchors |= {Anchor.DEBT_CLEARED: cleared, Anchor.CONTRACT_END: cleared}
    return keeping(inst.library.packs.get(row.jurisdiction, ()), _facts(row), anchors, today)


def _facts(row: Any) -> Facts:
    return Facts(zone=row.timezone, jurisdiction=row.jurisdiction, overdue_since=row.overdue_since)


def _duty(kept: Keeping, today: date) -> Iterator[Bond]:
    if kept.kept_by is not None and (kept.until is None or kept.until >= today):
        yield Bond("retention", kept.kept_by.id, str(kept.kept_by), kept.until)


def _open(inst: Installation, row: Any, business: Sequence[tuple[str, str]], now: datetime) -> Iterator[Bond]:
    packs = inst.library.packs.get(row.jurisdiction, ())
    for what, name in business:
        if what != "hold":
            yield Bond(what, name)
        elif name not in _WISHES:
            known = terms(name, _facts(row), packs, now)
            yield Bond(what, name, str(known.rules[0]) if known else None)


def _debt(row: Any) -> Iterator[Bond]:
    if row.outstanding:
        yield Bond("debt", "outstanding")
