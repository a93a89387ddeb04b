"""Looking at a case's risk from the command line, and deciding there: as words, and as a row with stable names."""

from typing import Any, NamedTuple

from bot.casework.risk import Scored, Treatment
from bot.errors import InputRefused
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import key_of
from bot.service.desk.risk.treatment import REASON_PLACE, Standing, decide, standing, standings
from bot.service.desk.risk.words import RiskWords
from bot.service.installation import Installation
from bot.store import audit, cases

LOCALE = "en"  # the command line speaks English


class RiskLook(NamedTuple):
    """A case's risk for a person to read, and for a script."""

    lines: tuple[str, ...]
    row: dict[str, Any]


async def look_at(inst: Installation, case_ref: str) -> RiskLook:
    """Return how a case stands; the look is logged. Raises `InputRefused` for an unknown case."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        found = await standing(batch, await _case_id(batch, case_ref))
        await audit.append(tx, [audit_line(batch.now, CLI, "risk.looked_at", About(found.case.id))])
        return _look(inst, found)


async def decide_case(
    inst: Installation, case_ref: str, treatment: Treatment, reason: str | None
) -> RiskLook:
    """Decide, and return how the case stands then. Raises `InputRefused` as `decide` does."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case_id = await _case_id(batch, case_ref)
        return _look(inst, await decide(batch, case_id, treatment, reason=reason, actor=CLI))


async def left_out(inst: Installation) -> list[str]:
    """Return, one line each, the cases that get no visit because of their treatment."""
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        rows = await cases.without_live_visit(tx)
        found = (await standings(batch, [row.id for row in rows])).values()
        words = RiskWords(inst, LOCALE)
        return [words.left_out(one) for one in found if not one.to_visit]


async def _case_id(batch: Batch, case_ref: str) -> int:
    row = await cases.by_ref(batch.tx, case_ref)
    if row is None:
        raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
    return int(row.id)


def _look(inst: Installation, found: Standing) -> RiskLook:
    words = RiskWords(inst, LOCALE)
    return RiskLook(tuple(words.lines(found)), _row(inst, words, found))


def _row(inst: Installation, words: RiskWords, found: Standing) -> dict[str, Any]:
    recommendation = found.assessment.recommendation
    return {
        "case_ref": found.case.case_ref,
        "views": [_view(words, scored) for scored in found.assessment.views.values()],
        "recommended": str(recommendation.treatment.id),
        "row": recommendation.row.id,
        "because": words.say(recommendation.row.because),
        "treatment": str(found.treatment.id),
        "visit": found.to_visit,
        "needs_decision": found.needs_decision,
        "decision": _decision(inst, found),
        "versions": dict(inst.library.risk.versions),
    }


def _view(words: RiskWords, scored: Scored) -> dict[str, Any]:
    return {
        "view": str(scored.card.view),
        "grade": scored.grade.id,
        "points": scored.points,
        "best": scored.best.id,
        "worst": scored.worst.id,
        "reasons": [
            {
                "factor": one.factor.id,
                "value": one.value,
                "points": one.band.points,
                "missing": one.value is None,
                "says": words.reason(one),
            }
            for one in scored.reasons
        ],
        "changes": [
            {"factor": one.factor.id, "grade": one.grade.id, "says": words.say(one.factor.change)}
            for one in scored.changes
        ],
    }


def _decision(inst: Installation, found: Standing) -> dict[str, Any] | None:
    row = found.decision
    if row is None:
        return None
    sealed = row.reason_enc
    reason = inst.vault.unseal(key_of(found.case.id), sealed, REASON_PLACE).decode() if sealed else None
    return {
        "treatment": row.treatment,
        "recommended": row.recommended,
        "decided_by": row.decided_by,
        "decided_at": row.decided_at,
        "reason": reason,
    }
