"""Whom a plan leaves alone although a visit would be the treatment, and why."""

from collections.abc import Mapping, Sequence

from bot.casework.plan import KeptOut
from bot.service.conversations.batch import Batch
from bot.service.desk.evaluation.held_out import held_out_of_visits
from bot.service.desk.risk.treatment import Standing
from bot.store import alerts


async def spared(batch: Batch, found: Sequence[Standing]) -> Mapping[int, KeptOut]:
    """Return the cases that get no visit for now, with the reason.

    Whoever did not answer the last announcement is not sent another one, day after day: first a person looks at it.
    """
    to_visit = [one.case.id for one in found if one.to_visit]
    silent = await alerts.open_of_cases(batch.tx, to_visit, ["no_answer"])
    held_out = await held_out_of_visits(batch, found)
    return dict.fromkeys(held_out, KeptOut.HELD_OUT) | {row.case_id: KeptOut.UNANSWERED for row in silent}
