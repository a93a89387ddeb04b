"""What a case is when it is taken in: its grades, and its group in each trial, before anybody is written to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.casework.evaluation import Trial, group_of
from bot.casework.risk import Grade, View, grade_of, measure
from bot.service.desk.cases.casefile import CaseFile, open_case
from bot.service.desk.risk.history import first_history
from bot.service.desk.risk.treatment import may_need_care
from bot.service.installation import Installation
from bot.settings import Settings
from bot.store import baselines, cases
from bot.store.engine import Tx
from bot.store.vault import Vault


async def take_baselines(
    inst: Installation, tx: Tx, vault: Vault, case_ids: Sequence[int], now: datetime
) -> None:
    """Keep what these new cases are. `vault` knows their keys."""
    rows = await cases.by_ids(tx, case_ids)
    await baselines.put(tx, [_baseline(inst, open_case(row, vault), now) for row in rows])


def _baseline(inst: Installation, case: CaseFile, now: datetime) -> dict[str, Any]:
    """Return the row of a case. Who may need care is in no trial, so that nobody's help hangs on a hash."""
    inputs, cards = measure(first_history(case, now)), inst.library.risk.cards
    grades = {view: grade_of(card, inputs) for view, card in cards.items()}
    in_trial = not may_need_care(cards[View.VULNERABILITY], grades[View.VULNERABILITY])
    groups: dict[str, str | None] = {
        str(trial): str(group_of(inst.vault.hash(f"trial/{trial}", str(case.id)), percent))
        if percent and in_trial
        else None
        for trial, percent in shares(inst.settings).items()
    }
    return {"case_id": case.id, "taken_at": now, "grades": _ids(grades), **groups}


def _ids(grades: Mapping[View, Grade]) -> dict[str, str]:
    return {str(view): grade.id for view, grade in grades.items()}


def shares(settings: Settings) -> Mapping[Trial, int]:
    """Return how many per cent of new cases are held out of each trial."""
    return {Trial.VISIT: settings.hold_out_visits, Trial.REMINDER: settings.hold_out_reminders}
