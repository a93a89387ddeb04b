"""What is to be done about cases: assessed afresh each time, with the decision of a person where one stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.casework.risk import Assessment, Grade, Scorecard, Treatment, TreatmentCard, View, assess, measure
from bot.errors import InputRefused
from bot.ids import new_id
from bot.service.audit_line import About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile, key_of
from bot.service.desk.risk.history import histories
from bot.store import audit, decisions

REASON_PLACE = "decisions.reason"
CHUNK = 500  # cases whose history is looked up at once


@dataclass(frozen=True, slots=True)
class Standing:
    """A case with its assessment. `decision` is the newest one, unless the recommendation has changed since.

    A person decides on what they saw: new facts that change the recommendation ask them again.
    """

    case: CaseFile
    assessment: Assessment
    decision: Any | None
    treatment: TreatmentCard  # as decided, else as recommended

    @property
    def recommended(self) -> TreatmentCard:
        """What the table of treatments says."""
        return self.assessment.recommendation.treatment

    @property
    def needs_decision(self) -> bool:
        """Is this left to a person, and nobody has decided yet?"""
        return self.decision is None and not self.recommended.stands

    @property
    def to_visit(self) -> bool:
        """May a visit be planned?"""
        return self.treatment.visit and not self.needs_decision

    @property
    def may_need_care(self) -> bool:
        """Is there any sign that this customer needs help? Then none is withheld for a comparison."""
        seen = self.assessment.views[View.VULNERABILITY]
        return self.treatment.helps or may_need_care(seen.card, seen.grade)


def may_need_care(card: Scorecard, grade: Grade) -> bool:
    """Say whether this is any grade of the scorecard of vulnerability but its mildest."""
    return grade != card.grades[0]


async def standings(batch: Batch, case_ids: Iterable[int]) -> Mapping[int, Standing]:
    """Return how each of these cases stands, in their order."""
    found: dict[int, Standing] = {}
    for chunk in _chunks(iter(case_ids)):
        decided = {row.case_id: row for row in await decisions.newest(batch.tx, chunk)}
        for case_id, history in (await histories(batch, chunk)).items():
            assessment = assess(batch.inst.library.risk, measure(history))
            case = await batch.case(case_id)
            found[case_id] = _standing(batch, case, assessment, decided.get(case_id))
    return found


async def standing(batch: Batch, case_id: int) -> Standing:
    """Return how a case stands."""
    return (await standings(batch, [case_id]))[case_id]


def _chunks(case_ids: Iterator[int]) -> Iterator[Sequence[int]]:
    while chunk := list(islice(case_ids, CHUNK)):
        yield chunk


def _standing(batch: Batch, case: CaseFile, assessment: Assessment, newest: Any | None) -> Standing:
    recommended = assessment.recommendation.treatment
    decision = newest if newest is not None and newest.recommended == recommended.id else None
    cards = batch.inst.library.risk.table.treatments
    treatment = cards[Treatment(decision.treatment)] if decision is not None else recommended
    return Standing(case, assessment, decision, treatment)


async def decide(
    batch: Batch, case_id: int, treatment: Treatment, *, reason: str | None, actor: str
) -> Standing:
    """Keep what a person decided and return how the case stands now.

    Raises `InputRefused` when it differs from what is recommended and no reason is given.
    """
    before = await standing(batch, case_id)
    overrules = treatment != before.recommended.id
    words = (reason or "").strip()
    if overrules and not words:
        raise InputRefused(f"{before.recommended.id} is recommended: give a reason for {treatment}.")
    row = {
        "id": new_id(),
        "case_id": case_id,
        "treatment": str(treatment),
        "recommended": str(before.recommended.id),
        "grades": dict(before.assessment.grades),
        "versions": dict(batch.inst.library.risk.versions),
        "reason_enc": batch.inst.vault.seal(key_of(case_id), words.encode(), REASON_PLACE) if words else None,
        "decided_by": actor,
        "decided_at": batch.now,
    }
    await decisions.put(batch.tx, row)
    data = {"treatment": treatment, "recommended": before.recommended.id, "overruled": overrules}
    await audit.append(batch.tx, [audit_line(batch.now, actor, "risk.decided", About(case_id), **data)])
    return await standing(batch, case_id)
