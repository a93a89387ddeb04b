"""Looking: cases, visits and the log as plain rows with stable field names, which `--json` prints."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.arrears import bucket, days_past_due
from bot.errors import InputRefused
from bot.i18n import formats
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.timeline import Entry, timeline_of
from bot.service.field.watch import expected_end, light_of
from bot.service.installation import Installation
from bot.store import agreements, audit, batches, cases, erasure, holds, payments, people, promises, visits
from bot.store.engine import Tx

LAST_BATCHES = 10
PERSON = "person:"  # how the log names a colleague, followed by their id


def _amount(minor: int | None, currency: str) -> str | None:
    return None if minor is None else formats.major(minor, currency)


async def case_list(inst: Installation) -> list[dict[str, Any]]:
    """Return every case without a word about who it is."""
    async with inst.store.read() as tx:
        return [
            {
                "case_ref": row.case_ref,
                "stage": row.stage,
                "jurisdiction": row.jurisdiction,
                "currency": row.currency,
                "outstanding": formats.major(row.outstanding, row.currency),
                "overdue_since": row.overdue_since,
                "linked": row.chat_id is not None,
                "identified": row.identified_at is not None,
            }
            for row in await cases.all_rows(tx)
        ]


async def batch_list(inst: Installation) -> list[dict[str, Any]]:
    """Return the last files that were taken in, the newest first; times are the scheduler's own."""
    async with inst.store.read() as tx:
        zone = ZoneInfo(inst.settings.timezone)
        return [
            {
                "batch": row.id,
                "created_at": row.created_at.astimezone(zone),
                "kind": row.kind,
                "state": row.state,
                **{name: row.counts.get(name, 0) for name in ("new", "changed", "unchanged", "rejected")},
            }
            for row in await batches.recent(tx, LAST_BATCHES)
        ]


async def case_detail(inst: Installation, case_ref: str) -> dict[str, Any]:
    """Return one case with its visits, promises, payments and history; the look is logged. Raises `InputRefused`."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await batch.case(await id_of(tx, case_ref))
        await log_look(batch, case, CLI, "case.looked_at")
        timeline = [_entry(case, one) for one in await timeline_of(batch, case)]
        return {**await detail_of(batch, case), "timeline": timeline}


async def log_look(batch: Batch, case: CaseFile, actor: str, kind: str) -> None:
    """Put on record who looked at a case, and how."""
    await audit.append(batch.tx, [audit_line(batch.now, actor, kind, About(case.id))])


async def detail_of(batch: Batch, case: CaseFile) -> dict[str, Any]:
    """Return what is known of a case, with its holds, visits, promises and payments; times in its zone."""
    days = days_past_due(case.overdue_since, batch.now.astimezone(ZoneInfo(case.timezone)).date())
    return {
        "case_ref": case.case_ref,
        "stage": case.stage,
        "name": case.personal["name"],
        "phone": case.personal["phone"],
        "address": case.personal["address"],
        "language": case.locale,
        "jurisdiction": case.jurisdiction,
        "timezone": case.timezone,
        "currency": case.currency,
        "outstanding": formats.major(case.outstanding, case.currency),
        "overdue_since": case.overdue_since,
        "days_past_due": days,
        "bucket": bucket(days),
        "identified_at": case.identified_at,
        "holds": [_hold(case, one) for one in await holds.of_case(batch.tx, case.id)],
        "visits": [await visit_row(batch, visit) for visit in await visits.of_case(batch.tx, case.id)],
        "promises": [
            {
                "due_on": one.due_on,
                "amount": _amount(one.amount, case.currency),
                "status": one.status,
                "agreement": one.agreement_id,
                "number": one.number,
            }
            for one in await promises.of_case(batch.tx, case.id)
        ],
        "agreements": [
            await _agreement(batch, case, one) for one in await agreements.of_case(batch.tx, case.id)
        ],
        "payments": [
            {
                "paid_at": one.paid_at,
                "amount": formats.major(one.amount, case.currency),
                "reference": one.reference,
            }
            for one in await payments.of_case(batch.tx, case.id)
        ],
    }


async def _agreement(batch: Batch, case: CaseFile, row: Any) -> dict[str, Any]:
    """Return an agreement; its instalments are the promises that name it. People are told by their badges."""
    zone, terms = ZoneInfo(case.timezone), row.terms
    times = ("created_at", "granted_at", "answered_at", "take_back_until", "closed_at")
    people = ("made_by", "granted_by", "seconded_by")
    return {
        "id": row.id,
        "status": row.status,
        "product": terms["product"],
        "kind": terms["kind"],
        "catalogue": terms["catalogue"],
        "settles": _amount(terms["settles"], case.currency),
        "cost": _amount(terms["cost"], case.currency),
        "waived": _amount(terms["waived"], case.currency),
        "yearly_rate": terms["yearly"],
        "basis": row.basis,
        "authority": row.authority,
        **{name: await _badge(batch, getattr(row, name)) for name in people},
        **{name: at.astimezone(zone) if (at := getattr(row, name)) else None for name in times},
    }


async def _badge(batch: Batch, actor: str | None) -> str | None:
    kind, _, person_id = (actor or "").partition(":")
    return (await batch.person(int(person_id))).badge if kind == "person" else actor


def _hold(case: CaseFile, row: Any) -> dict[str, Any]:
    """Return a hold without what was said; who opened or lifted it as the log names them."""
    zone = ZoneInfo(case.timezone)
    return {
        "kind": row.kind,
        "from": row.since.astimezone(zone),
        "until": row.until.astimezone(zone) if row.until else None,
        "by": row.opened_by,
        "lifted_at": row.lifted_at.astimezone(zone) if row.lifted_at else None,
        "lifted_by": row.lifted_by,
    }


def _entry(case: CaseFile, entry: Entry) -> dict[str, Any]:
    at = entry.at.astimezone(ZoneInfo(case.timezone))
    return {"at": at, "kind": entry.kind, "actor": entry.actor, "data": entry.data}


async def visit_row(batch: Batch, visit: Any) -> dict[str, Any]:
    """Return a visit as a row; times are in the case's zone."""
    case = await batch.case(visit.case_id)
    zone = ZoneInfo(case.timezone)
    collector = await batch.person(visit.collector_id)
    safety_officer = await batch.person(visit.safety_officer_id)
    return {
        "case_ref": case.case_ref,
        "starts_at": visit.starts_at.astimezone(zone),
        "ends_at": visit.ends_at.astimezone(zone),
        "status": visit.status,
        "outcome": visit.outcome,
        "collector": collector.badge,
        "safety_officer": safety_officer.badge,
        "moved": visit.sequence,
        "expected_end": expected_end(visit).astimezone(zone),
        "light": await light_of(batch, visit),
    }


async def visit_list(inst: Installation) -> list[dict[str, Any]]:
    """Return every visit, the next one first."""
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        return [await visit_row(batch, row) for row in await visits.all_rows(tx)]


async def audit_list(inst: Installation, case_ref: str | None = None) -> list[dict[str, Any]]:
    """Return the log, oldest first, or what of it concerns one case; `who` is a badge. Raises `InputRefused`."""
    async with inst.store.read() as tx:
        refs = await refs_of(tx)
        lines = await audit.all_rows(tx)
        actors = {int(row.actor[len(PERSON) :]) for row in lines if row.actor.startswith(PERSON)}
        badges = {f"{PERSON}{row.id}": row.badge for row in await people.by_ids(tx, sorted(actors))}
        if case_ref is not None:
            if case_ref not in refs.values():
                raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
            lines = [row for row in lines if refs.get(row.case_id) == case_ref]
        return [
            {
                "at": row.at,
                "actor": row.actor,
                "kind": row.kind,
                "case_ref": refs.get(row.case_id),
                "data": row.data,
                "who": badges.get(row.actor),
            }
            for row in lines
        ]


async def refs_of(tx: Tx) -> Mapping[int, str]:
    """Return the reference of every case that there is or was, by its id."""
    there = {row.id: row.case_ref for row in await cases.all_rows(tx)}
    return {row.case_id: row.case_ref for row in await erasure.noted(tx)} | there


async def id_of(tx: Tx, case_ref: str) -> int:
    """Return the id of the case with this reference. Raises `InputRefused`."""
    row = await cases.by_ref(tx, case_ref)
    if row is None:
        raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
    return int(row.id)
