"""Do the visits work? What came of cases, how sure that is, and what would have come of them anyway; pure."""

from bot.casework.evaluation.effect import Effect, Finding, Worth, effects
from bot.casework.evaluation.evaluation import Evaluation, Slice, evaluate
from bot.casework.evaluation.facts import CaseFacts, Payment, PromiseFacts, VisitFacts
from bot.casework.evaluation.hold_out import Group, Trial, group_of
from bot.casework.evaluation.measures import KEPT_AT, Measure, Step
from bot.casework.evaluation.recovered import Recovered

__all__ = [
    "KEPT_AT",
    "CaseFacts",
    "Effect",
    "Evaluation",
    "Finding",
    "Group",
    "Measure",
    "Payment",
    "PromiseFacts",
    "Recovered",
    "Slice",
    "Step",
    "Trial",
    "VisitFacts",
    "Worth",
    "effects",
    "evaluate",
    "group_of",
]
