"""What a scorecard may ask of a case: a closed list, so that nobody is judged by what they are.

Nothing here is a protected attribute or stands in for one: no age, sex, origin, faith, family, language or
neighbourhood. What the list does not name cannot be a factor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = int | str
Inputs = Mapping[str, Value | None]  # an input that is absent, or None, is not known


class View(StrEnum):
    """The four views. Each is graded by itself; they are never added up."""

    PAYMENT = "payment"
    REACHABILITY = "reachability"
    SAFETY = "safety"
    VULNERABILITY = "vulnerability"


@dataclass(frozen=True, slots=True)
class Input:
    """`words` are the values of an input that is told in words; without them it is a whole number from 0."""

    means: str
    words: frozenset[str] = frozenset()


def _words(means: str, words: str) -> Input:
    return Input(means, frozenset(words.split()))


INPUTS: Mapping[str, Input] = {
    "days_overdue": Input("days since the case fell overdue"),
    "payments_missed": Input("instalments missed"),
    "days_since_payment": Input("days since the last payment"),
    "promises_kept_share": Input("promises kept, per cent of those that were kept or broken"),
    "arrears_to_income": Input("outstanding amount, per cent of the monthly income"),
    "instalment_to_income": Input("monthly instalment, per cent of the monthly income"),
    "spare_to_instalment": Input("what the customer said they can spare, per cent of the instalment"),
    "reason_told": _words(
        "the reason for the arrears, as told to the team",
        "income_lost illness family higher_costs business_slow overlooked disputes untold other",
    ),
    "promise_open": _words("is there a promise whose day has not passed", "yes no"),
    "settled": _words("is nothing outstanding any more", "yes no"),
    "chat_state": _words("how far the customer's chat is", "not_opened opened identified blocked"),
    "notices_unanswered": Input("announced visits that were never confirmed"),
    "doors_unanswered": Input("visits at which nobody opened"),
    "place_known": _words("does the address have a point on the map", "yes no"),
    "visits_unsafe": Input("visits that were ended for safety"),
    "left_on_request": Input("visits at which the team was asked to leave"),
    "sos_raised": Input("calls for help during visits"),
    "last_mood": _words("how calm the last visit was, by the safety officer", "calm tense not_again"),
    "surroundings": _words("way out and surroundings, by the safety officer", "good bad"),
    "told_vulnerable": _words("is the customer known to need particular care", "yes no"),
    "asked_for_help": _words("has the customer asked for help", "yes no"),
    "hold": _words(
        "what keeps contact from going on",
        "stop not_me deceased dispute hardship representative vulnerable asked_to_leave other",
    ),
}

# Named so that a scorecard that asks for one is told why it is refused, and a backtest knows what to slice by.
PROTECTED = frozenset(
    (
        *(
            "age",
            "age_band",
            "birth_date",
            "gender",
            "sex",
            "orientation",
            "pregnancy",
            "marital_status",
            "family",
        ),
        *("household_size", "ethnicity", "race", "nationality", "origin", "religion", "faith", "disability"),
        *("health", "language", "jurisdiction", "postcode", "region"),
    )
)
