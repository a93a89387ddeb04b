"""What is on record of cases, gathered in bulk for their risk; sealed answers are opened, and nothing of it is kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.casework.money import AmountRefused, to_minor
from bot.casework.risk import History, PastPromise, PastVisit
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.store import history
from bot.store.holds import came_with_a_file

ANSWERS = ("reason", "ability", "income_amount", "safety_outcome", "way_out", "surroundings")
NOTHING = "nothing"  # the answer that nothing can be spared
_FOR_HELP = ("hardship", "vulnerable")


@dataclass(frozen=True, slots=True)
class _Records:
    """Rows by case."""

    paid_at: Mapping[int, datetime]
    promises: Mapping[int, Sequence[Any]]
    visits: Mapping[int, Sequence[Any]]
    holds: Mapping[int, Sequence[Any]]
    answers: Mapping[int, Mapping[str, object]]
    calls_for_help: Mapping[int, int]
    blocked: set[int]


async def histories(batch: Batch, case_ids: Sequence[int]) -> Mapping[int, History]:
    """Return the history of each case, with a constant number of statements."""
    await batch.load_cases(set(case_ids))
    cases = [await batch.case(case_id) for case_id in case_ids]
    records = await _records(batch, cases)
    return {case.id: _history(case, records, batch.now) for case in cases}


def first_history(case: CaseFile, now: datetime) -> History:
    """Return the history of a case that was just taken in: what the lender's file tells of it."""
    return _history(case, _Records({}, {}, {}, {}, {}, {}, set()), now)


async def _records(batch: Batch, cases: Sequence[CaseFile]) -> _Records:
    tx, ids = batch.tx, [case.id for case in cases]
    chat_ids = [case.chat_id for case in cases if case.chat_id is not None]
    return _Records(
        paid_at={row.case_id: row.paid_at for row in await history.payments_of(tx, ids)},
        promises=_by_case(await history.promises_of(tx, ids)),
        visits=_by_case(await history.visits_of(tx, ids)),
        holds=_by_case(await history.holds_of(tx, ids)),
        answers=_open(batch, await history.answers_of(tx, ids, ANSWERS)),
        calls_for_help={row.case_id: row.visits for row in await history.visits_with_alert(tx, ids, "sos")},
        blocked=await history.unreachable(tx, chat_ids),
    )


def _by_case(rows: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _open(batch: Batch, rows: Iterable[Any]) -> Mapping[int, Mapping[str, object]]:
    """Return the newest answer of each name: a correction counts, what it corrected does not."""
    found: dict[int, dict[str, object]] = defaultdict(dict)
    for row in rows:
        value = batch.inst.vault.unseal(key_of(row.case_id), row.value_enc, ANSWER_PLACE)
        found[row.case_id][row.name] = orjson.loads(value)
    return found


def _history(case: CaseFile, records: _Records, now: datetime) -> History:
    zone = ZoneInfo(case.timezone)
    loan, personal = case.loan, case.personal
    answers = records.answers.get(case.id, {})
    paid_on = [records.paid_at[case.id].astimezone(zone).date()] if case.id in records.paid_at else []
    if loan.get("last_payment_date"):
        paid_on.append(date.fromisoformat(str(loan["last_payment_date"])))
    held = records.holds.get(case.id, ())
    told_income = _minor(answers.get("income_amount"), case.currency)
    return History(
        today=now.astimezone(zone).date(),
        overdue_since=case.overdue_since,
        outstanding=case.outstanding,
        instalment=loan.get("instalment"),
        income=told_income if told_income is not None else personal.get("monthly_income"),
        spare=_minor(answers.get("ability"), case.currency),
        payments_missed=loan.get("payments_missed"),
        paid_on=paid_on,
        prior_kept=loan.get("prior_promises_kept"),
        prior_broken=loan.get("prior_promises_broken"),
        promises=[PastPromise(row.status, row.due_on) for row in records.promises.get(case.id, ())],
        visits=[_visit(row) for row in records.visits.get(case.id, ())],
        answers=answers,
        vulnerable=personal.get("vulnerable"),
        helped=any(row.kind in _FOR_HELP and not came_with_a_file(row) for row in held),
        holds=[row.kind for row in held if row.lifted_at is None and (row.until is None or row.until > now)],
        calls_for_help=records.calls_for_help.get(case.id, 0),
        chat_state=_chat_state(case, records.blocked),
        placed=personal.get("latitude") is not None,
    )


def _visit(row: Any) -> PastVisit:
    return PastVisit(row.outcome, announced=row.noticed_at is not None, ended=row.status == "ended")


def _chat_state(case: CaseFile, blocked: set[int]) -> str:
    if case.chat_id is None:
        return "not_opened"
    if case.chat_id in blocked:
        return "blocked"
    return "identified" if case.identified_at is not None else "opened"


def _minor(told: object, currency: str) -> int | None:
    """Return an amount that was told to the team in minor units; words such as "untold" are no amount."""
    if told == NOTHING:
        return 0
    if not isinstance(told, int | float | str) or isinstance(told, bool):
        return None
    try:
        return to_minor(Decimal(str(told)), formats.currency_digits(currency))
    except (ArithmeticError, AmountRefused):
        return None
