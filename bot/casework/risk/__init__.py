"""Risk in four views that are never added up, each with its reasons, and the treatment that follows from them; pure."""

from bot.casework.risk.history import History, PastPromise, PastVisit, measure
from bot.casework.risk.inputs import INPUTS, PROTECTED, Input, Inputs, Value, View
from bot.casework.risk.model import (
    Band,
    Direction,
    Factor,
    Grade,
    Outcome,
    RiskModel,
    Row,
    Scorecard,
    Treatment,
    TreatmentCard,
    TreatmentTable,
)
from bot.casework.risk.scorecard_file import read_scorecard
from bot.casework.risk.scoring import (
    Assessment,
    Change,
    Reason,
    Recommendation,
    Scored,
    assess,
    grade_of,
    recommend,
    score,
)
from bot.casework.risk.treatment_file import check_table, read_any, read_table

__all__ = [
    "INPUTS",
    "PROTECTED",
    "Assessment",
    "Band",
    "Change",
    "Direction",
    "Factor",
    "Grade",
    "History",
    "Input",
    "Inputs",
    "Outcome",
    "PastPromise",
    "PastVisit",
    "Reason",
    "Recommendation",
    "RiskModel",
    "Row",
    "Scorecard",
    "Scored",
    "Treatment",
    "TreatmentCard",
    "TreatmentTable",
    "Value",
    "View",
    "assess",
    "check_table",
    "grade_of",
    "measure",
    "read_any",
    "read_scorecard",
    "read_table",
    "recommend",
    "score",
]
