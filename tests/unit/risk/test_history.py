"""What the record of a case comes to as inputs: computed where it can be, not known where it cannot."""

from dataclasses import replace
from datetime import date

import pytest

from bot.casework.risk import INPUTS, History, PastPromise, PastVisit, Value, measure

TODAY = date(2027, 3, 1)
BARE = History(today=TODAY, overdue_since=date(2026, 11, 2), outstanding=124050)
VISITED = PastVisit("promise_to_pay", announced=True, ended=True)
ROWS: list[tuple[str, dict[str, object], Value | None]] = [
    ("days_overdue", {}, 119),
    ("days_overdue", {"overdue_since": date(2027, 3, 2)}, 0),
    ("payments_missed", {"payments_missed": 0}, 0),
    ("days_since_payment", {}, None),
    ("days_since_payment", {"paid_on": [date(2027, 1, 1), date(2027, 2, 1)]}, 28),
    ("promises_kept_share", {"prior_kept": 0, "prior_broken": 0}, None),
    ("promises_kept_share", {"prior_kept": 2, "prior_broken": 1}, 67),
    ("promises_kept_share", {"prior_kept": 1, "promises": [PastPromise("broken", TODAY)]}, 50),
    ("promises_kept_share", {"promises": [PastPromise("replaced", TODAY), PastPromise("open", TODAY)]}, None),
    ("arrears_to_income", {"income": 248100}, 50),
    ("arrears_to_income", {"income": 0}, 1000),
    ("arrears_to_income", {"income": 1}, 1000),
    ("instalment_to_income", {"instalment": 10000}, None),
    ("instalment_to_income", {"instalment": 10000, "income": 200000}, 5),
    ("instalment_to_income", {"instalment": 1005, "income": 2000}, 50),
    ("spare_to_instalment", {"spare": 5000}, None),
    ("spare_to_instalment", {"spare": 0}, 0),
    ("spare_to_instalment", {"spare": 5000, "instalment": 10000}, 50),
    ("reason_told", {"answers": {"reason": "illness"}}, "illness"),
    ("reason_told", {"answers": {"reason": "The roof leaked."}}, "other"),
    ("reason_told", {"answers": {"reason": "skip"}}, None),
    ("promise_open", {}, "no"),
    ("promise_open", {"promises": [PastPromise("open", TODAY)]}, "yes"),
    ("promise_open", {"promises": [PastPromise("open", date(2027, 2, 28))]}, "no"),
    ("settled", {"outstanding": 0}, "yes"),
    ("settled", {}, "no"),
    ("notices_unanswered", {}, None),
    ("notices_unanswered", {"visits": [VISITED]}, 0),
    ("notices_unanswered", {"visits": [PastVisit("not_confirmed", announced=True, ended=False)]}, 1),
    ("doors_unanswered", {"visits": [PastVisit("not_confirmed", announced=True, ended=False)]}, None),
    ("doors_unanswered", {"visits": [VISITED, PastVisit("nobody_home", announced=True, ended=True)]}, 1),
    ("place_known", {"placed": True}, "yes"),
    ("visits_unsafe", {}, None),
    ("visits_unsafe", {"visits": [VISITED, PastVisit("unsafe", announced=True, ended=True)]}, 1),
    ("left_on_request", {"visits": [PastVisit("asked_to_leave", announced=True, ended=True)]}, 1),
    ("sos_raised", {}, None),
    ("sos_raised", {"visits": [VISITED]}, 0),
    ("sos_raised", {"calls_for_help": 1}, 1),
    ("last_mood", {"answers": {"safety_outcome": "tense"}}, "tense"),
    ("last_mood", {"answers": {"safety_outcome": "asked_to_leave"}}, None),
    ("surroundings", {"answers": {"way_out": "good"}}, None),
    ("surroundings", {"answers": {"way_out": "bad"}}, "bad"),
    ("surroundings", {"answers": {"way_out": "good", "surroundings": "good"}}, "good"),
    ("told_vulnerable", {"vulnerable": False}, "no"),
    ("told_vulnerable", {"vulnerable": True}, "yes"),
    ("told_vulnerable", {}, None),
    ("asked_for_help", {"helped": True}, "yes"),
    ("hold", {}, None),
    ("hold", {"holds": ["dispute", "stop"]}, "stop"),
    ("hold", {"holds": ["dispute", "hardship"]}, "hardship"),
    ("hold", {"holds": ["breathing_space"]}, "other"),
    ("chat_state", {"chat_state": "blocked"}, "blocked"),
]


@pytest.mark.parametrize(("name", "told", "value"), ROWS)
def test_a_record_comes_to_its_input(name: str, told: dict[str, object], value: Value | None) -> None:
    """Each input is computed from the record, and is None where the record does not say."""
    assert measure(replace(BARE, **told))[name] == value  # type: ignore[arg-type]


def test_every_input_is_measured_and_tried() -> None:
    """No input of the list is without a measure, and none without a row above."""
    assert measure(BARE).keys() == INPUTS.keys() == {name for name, _, _ in ROWS}
