"""Who is held out now: of a visit for the span of the comparison, of reminders ahead of the first payment."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.evaluation import Trial
from bot.casework.evaluation.effect import HORIZON
from bot.service.conversations.batch import Batch
from bot.service.desk.risk.treatment import Standing, standings
from bot.store import baselines, history

_FOR = timedelta(days=HORIZON)
_ENDED = ("kept", "late", "broken")  # a promise that came out, one way or the other


async def held_out_of_visits(batch: Batch, found: Iterable[Standing]) -> frozenset[int]:
    """Return the cases that would be visited and are left alone for comparison.

    Never one whose customer may need care, nor one that a person has decided about.
    """
    plain = [one.case.id for one in found if one.to_visit and one.decision is None and not one.may_need_care]
    rows = await baselines.held_out(batch.tx, Trial.VISIT, plain)
    return frozenset(row.case_id for row in rows if batch.now < row.taken_at + _FOR)


async def held_out_of_reminders(batch: Batch, case_ids: Sequence[int]) -> frozenset[int]:
    """Return the cases that are not reminded ahead of their first payment; on its day they are, as of any later one."""
    wanted = [row.case_id for row in await baselines.held_out(batch.tx, Trial.REMINDER, case_ids)]
    rows = await history.promises_of(batch.tx, wanted)
    later = {row.case_id for row in rows if row.status in _ENDED}
    ahead = {row.case_id for row in rows if row.status == "open" and row.due_on > await _today(batch, row)}
    found = await standings(batch, [case_id for case_id in wanted if case_id in ahead - later])
    return frozenset(case_id for case_id, one in found.items() if not one.may_need_care)


async def _today(batch: Batch, row: Any) -> date:
    zone = ZoneInfo((await batch.case(row.case_id)).timezone)
    return batch.now.astimezone(zone).date()
