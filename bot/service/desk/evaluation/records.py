"""Cases as the evaluation sees them, gathered in bulk from what is on record; nothing of it is kept."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.casework.areas import District
from bot.casework.evaluation import CaseFacts, Group, Payment, PromiseFacts, Trial, VisitFacts
from bot.casework.risk import View
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.service.desk.planning.roster import place_of, roster
from bot.service.desk.queue.figures import RINGING
from bot.store import baselines, cases, evaluation, history

CHUNK = 500  # cases that are looked up at once
# What customers say of how it went: in the account of a visit, and when asked afterwards.
POLITE, RESPECTED, HELPED = "account_conduct", "satisfaction_treated", "satisfaction_helped"
NO_ANSWER = "rather_not"
COMPLAINT = "complaint"
UNSAFE = "ended_unsafe"  # no alarm, and yet a visit that had to end
_NOT_OPENED = ("nobody_home",)
# One that another took the place of, or that came to nothing, is none any more; a late one was not kept.
_COUNT = ("open", "kept", "late", "broken")


@dataclass(frozen=True, slots=True)
class _Records:
    """Rows by case; of visits, what is known beside their row by visit."""

    imported: Mapping[int, Any]
    baselines: Mapping[int, Any]
    visits: Mapping[int, Sequence[Any]]
    promises: Mapping[int, Sequence[Any]]
    payments: Mapping[int, Sequence[Any]]
    alerts: Mapping[int, Sequence[Any]]
    said: Mapping[tuple[int, str], bool]  # what the customer of a case answered last under a name
    versions: Mapping[int, int]


async def facts_of_cases(batch: Batch, case_ids: Sequence[int]) -> AsyncIterator[CaseFacts]:
    """Yield the facts of cases, some hundred looked up at once."""
    badges = await evaluation.badges(batch.tx)
    areas = {
        area.name: area
        for one in (await roster(batch)).colleagues
        for area in one.areas
        if isinstance(area, District)
    }
    for start in range(0, len(case_ids), CHUNK):
        some = case_ids[start : start + CHUNK]
        await batch.load_cases(set(some))
        records = await _records(batch, some)
        for case_id in some:
            yield _facts(await batch.case(case_id), records, badges, areas.values())


async def _records(batch: Batch, ids: Sequence[int]) -> _Records:
    tx = batch.tx
    return _Records(
        imported={row.id: row.imported_at for row in await cases.by_ids(tx, ids)},
        baselines={row.case_id: row for row in await baselines.of_cases(tx, ids)},
        visits=_by_case(await history.visits_of(tx, ids)),
        promises=_by_case(await history.promises_of(tx, ids)),
        payments=_by_case(await evaluation.payments_of(tx, ids)),
        alerts=_by_case(await evaluation.alerts_of(tx, ids, (COMPLAINT, UNSAFE, *RINGING))),
        said=await _said(batch, ids),
        versions={row.visit_id: row.version for row in await evaluation.versions_of(tx, ids, "onsite")},
    )


async def _said(batch: Batch, ids: Sequence[int]) -> Mapping[tuple[int, str], bool]:
    rows = await evaluation.customers_answers(batch.tx, ids, (POLITE, RESPECTED, HELPED))
    newest = {(row.case_id, row.name): _open(batch, row) for row in rows}
    return {about: answer == "yes" for about, answer in newest.items() if answer != NO_ANSWER}


def _open(batch: Batch, row: Any) -> object:
    value = batch.inst.vault.unseal(key_of(row.case_id), row.value_enc, ANSWER_PLACE)
    return orjson.loads(value)


def _by_case(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _facts(
    case: CaseFile, records: _Records, badges: Mapping[int, str], areas: Iterable[District]
) -> CaseFacts:
    zone = ZoneInfo(case.timezone)
    visits = sorted(records.visits.get(case.id, ()), key=lambda row: row.starts_at)
    alerts = records.alerts.get(case.id, ())
    baseline = records.baselines.get(case.id)
    return CaseFacts(
        taken_in=records.imported[case.id].astimezone(zone).date(),
        currency=case.currency,
        linked=case.chat_id is not None or case.identified_at is not None,
        identified=case.identified_at is not None,
        settled=case.stage == "settled",
        complained=any(row.kind == COMPLAINT for row in alerts),
        polite=records.said.get((case.id, POLITE)),
        respected=records.said.get((case.id, RESPECTED)),
        helped=records.said.get((case.id, HELPED)),
        visits=[_visit(row, zone, alerts) for row in visits],
        promises=_promises(records.promises.get(case.id, ()), zone),
        payments=[
            Payment(row.paid_at.astimezone(zone).date(), row.amount)
            for row in records.payments.get(case.id, ())
        ],
        groups=_groups(baseline),
        slices={
            **({"grade": baseline.grades[View.PAYMENT]} if baseline is not None else {}),
            **_area(case, areas),
            **_of_visit(next(filter(_went, visits), None), records, badges),
        },
    )


def _groups(baseline: Any | None) -> Mapping[Trial, Group]:
    if baseline is None:
        return {}
    told = {trial: getattr(baseline, trial) for trial in Trial}
    return {trial: Group(group) for trial, group in told.items() if group is not None}


def _went(row: Any) -> bool:
    return row.collector_in_at is not None and row.safety_officer_in_at is not None


def _visit(row: Any, zone: ZoneInfo, alerts: Iterable[Any]) -> VisitFacts:
    mine = [one for one in alerts if one.visit_id == row.id]
    right_party = row.identity_at is not None
    return VisitFacts(
        day=row.starts_at.astimezone(zone).date(),
        announced=row.noticed_at is not None,
        confirmed=row.confirmed_at is not None,
        went=_went(row),
        met=_went(row) and (right_party or row.outcome not in (None, *_NOT_OPENED)),
        right_party=right_party,
        alarm=any(map(_is_alarm, mine)),
        false_alarm=any(one.verdict == "false_alarm" for one in mine),
    )


def _is_alarm(row: Any) -> bool:
    """A call for help counts until somebody says that it was none; a team overdue only if somebody says it was one."""
    if row.kind == "sos":
        return row.verdict in (None, "real")
    return row.kind == UNSAFE or (row.kind in RINGING and row.verdict == "real")


def _promises(rows: Iterable[Any], zone: ZoneInfo) -> Sequence[PromiseFacts]:
    counted = [row for row in rows if row.status in _COUNT]
    return [
        PromiseFacts(_day(row.created_at, zone), row.due_on, kept=row.status == "kept")
        for row in sorted(counted, key=lambda row: (row.created_at, row.due_on, row.id))
    ]


def _day(instant: Any, zone: ZoneInfo) -> date:
    day: date = instant.astimezone(zone).date()
    return day


def _area(case: CaseFile, areas: Iterable[District]) -> Mapping[str, str]:
    """Return in which area of the teams the address lies; none where no team has areas."""
    held = [area.name for area in areas if area.holds(str(case.personal["address"]), place_of(case))]
    return {"area": held[0]} if held else {}


def _of_visit(row: Any | None, records: _Records, badges: Mapping[int, str]) -> Mapping[str, str]:
    """Return who was there first, and by which version of the script."""
    if row is None:
        return {}
    team = " + ".join(badges.get(one, "?") for one in (row.collector_id, row.safety_officer_id))
    version = records.versions.get(row.id)
    return {"team": team} | ({"script": f"v{version}"} if version is not None else {})
