"""Holds in the scheduler's hand: what came by letter or telephone is recorded, and lifted with a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.ids import new_id
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.customer.holds import Opened, lift_hold, open_hold
from bot.service.desk.cases.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from bot.service.outbound.rule_facts import facts_of
from bot.store import cases, consents, holds
from flows.rules import YEAR, ConsentForm, Terms, hold_kinds, terms


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a hold cannot be opened: `unknown`, `needs_day`, `too_often` or `past`; `says` it in words for a terminal."""

    code: str
    says: str


async def unfit(batch: Batch, case: CaseFile, kind: str, until: datetime | None) -> Unfit | None:
    """Return why a scheduler may not open this hold; None when they may.

    A stop asks no rule. A paper's own last day goes before the rules' length and their count of renewals.
    """
    facts, packs = await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction)
    known = terms(kind, facts, packs, batch.now)
    if known is None:
        kinds = ", ".join(hold_kinds(facts, packs, batch.now))
        return Unfit("unknown", f"The rules of {case.jurisdiction} know no hold `{kind}`; they know {kinds}.")
    if until is not None:
        return Unfit("past", "--until: that day is over.") if until <= batch.now else None
    if known.dated:
        return Unfit("needs_day", f"`{kind}` needs its last day: add --until 2026-11-28.")
    return await _too_often(batch, case, kind, known)


async def _too_often(batch: Batch, case: CaseFile, kind: str, known: Terms) -> Unfit | None:
    earlier = [row for row in await holds.of_case(batch.tx, case.id) if row.kind == kind]
    recent = [row for row in earlier if row.since > batch.now - YEAR]
    if known.renewals is None or len(recent) <= known.renewals:
        return None
    rule = known.citations[0]
    says = f"`{kind}` was opened within a year already, and {rule} lets it be renewed {known.renewals} times."
    return Unfit("too_often", f"{says} If a paper grants it, add its last day with --until.")


def end_of_day(day: date | None, zone: str) -> datetime | None:
    """Return when a last day is over by the customer's clock."""
    return None if day is None else datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))


async def hold_case(
    inst: Installation, case_ref: str, kind: str, *, until: date | None = None, note: str = ""
) -> Opened:
    """Put a case on hold. Raises `InputRefused` for an unknown case, and with what would be right."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await case_by_ref(batch, case_ref)
        ends = end_of_day(until, case.timezone)
        why = await unfit(batch, case, kind, ends)
        if why is not None:
            raise InputRefused(why.says)
        opened = await open_hold(batch, batch.changes, case, kind, by=CLI, until=ends, note=note)
        await batch.changes.write(tx)
    return opened


async def lift_case(inst: Installation, case_ref: str, kind: str, reason: str) -> int:
    """Lift every hold of a kind; return how many there were. Raises `InputRefused` when there is none."""
    if not reason.strip():
        raise InputRefused("Say why: --reason.")
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await case_by_ref(batch, case_ref)
        active = await holds.active(tx, case.id, batch.now)
        rows = [row for row in active if row.kind == kind]
        if not rows:
            found = ", ".join(dict.fromkeys(row.kind for row in active)) or "none"
            raise InputRefused(f"{case_ref} has no hold `{kind}`; it has: {found}.")
        for row in rows:
            await lift_hold(batch, batch.changes, row, by=CLI, reason=reason)
        await batch.changes.write(tx)
    return len(rows)


async def record_consent(
    inst: Installation, case_ref: str, topic: str, form: ConsentForm, until: date | None
) -> None:
    """Keep what a customer agreed to, as the rules name it. Raises `InputRefused` for an unknown case."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await case_by_ref(batch, case_ref)
        row = {"id": new_id(), "case_id": case.id, "topic": topic, "form": str(form), "since": batch.now}
        ends = end_of_day(until, case.timezone)
        await consents.put(tx, row | {"until": ends, "recorded_by": CLI})
        batch.changes.audit.append(_line(batch, case.id, "consent.recorded", topic))
        await batch.changes.write(tx)


async def withdraw_consent(inst: Installation, case_ref: str, topic: str) -> int:
    """End the consents to a topic; return how many there were. Raises `InputRefused` for an unknown case."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await case_by_ref(batch, case_ref)
        ended = await consents.withdraw(tx, case.id, topic, batch.now)
        batch.changes.audit.append(_line(batch, case.id, "consent.withdrawn", topic))
        await batch.changes.write(tx)
    return ended


async def case_by_ref(batch: Batch, case_ref: str) -> CaseFile:
    """Return a case. Raises `InputRefused` when there is none of this reference."""
    row = await cases.by_ref(batch.tx, case_ref)
    if row is None:
        raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
    return await batch.case(row.id)


def _line(batch: Batch, case_id: int, event: str, topic: str) -> dict[str, Any]:
    return audit_line(batch.now, CLI, event, About(case_id), topic=topic)
