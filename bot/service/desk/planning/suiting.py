"""When a visit suits each of some customers, from the rows: their visits, their answers, their own times."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from bot.casework.own_times import Barred
from bot.casework.plan import Suits, anytime
from bot.casework.suiting import Suiting
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.store import answers, barred_times, visits
from bot.store.by_case import by_case

_NOBODY_HOME = "nobody_home"
_DAY, _SLOT = "day", "slot"  # what "Another time" asks for


async def suiting_of(batch: Batch, found: Collection[CaseFile]) -> Mapping[int, Suits]:
    """Return when a visit suits, by case; three statements however many."""
    ids = [case.id for case in found]
    past, barred = await visits.of_cases(batch.tx, ids), await barred_times.of_cases(batch.tx, ids)
    asked = await answers.of_cases(batch.tx, ids, (_DAY, _SLOT))
    await batch.load_keys({row.case_id for row in asked})
    rows = [by_case(one) for one in (past, asked, barred)]
    return {case.id: _suiting(batch, case, *(of_case.get(case.id, []) for of_case in rows)) for case in found}


def _suiting(batch: Batch, case: CaseFile, past: list[Any], asked: list[Any], barred: list[Any]) -> Suits:
    zone, wishes = ZoneInfo(case.timezone), [wish for row in asked for wish in _wish(batch, row)]
    times = [one for one in wishes if isinstance(one, datetime)]
    today = batch.now.astimezone(zone).date()
    known = Suiting(
        zone,
        asked=[one for one in wishes if not isinstance(one, datetime) and one >= today],
        good=[*times, *(row.starts_at for row in past if _was_good(row))],
        missed=[row.starts_at for row in past if row.outcome == _NOBODY_HOME],
        barred=[Barred(row.weekday, row.opens, row.closes) for row in barred],
    )
    return known if known.asked or known.good or known.missed or known.barred else anytime


def _was_good(visit: Any) -> bool:
    """Was it a time that they chose or confirmed, or at which they were met, and not one at which nobody was there?"""
    chosen = visit.sequence > 0 or visit.confirmed_at is not None or visit.identity_at is not None
    return chosen and visit.outcome != _NOBODY_HOME


def _wish(batch: Batch, row: Any) -> Iterator[date]:
    """Yield the day or the instant that was tapped; nothing for a button such as "None of these"."""
    value = orjson.loads(batch.inst.vault.unseal(key_of(row.case_id), row.value_enc, ANSWER_PLACE))
    try:
        yield date.fromisoformat(value) if row.name == _DAY else datetime.fromisoformat(value)
    except ValueError:
        return
