"""What a score says besides its number: what is missing, what it could be, what would change it."""

import pytest

from bot.casework.risk import View, score
from bot.library import risk

PAYMENT = risk().cards[View.PAYMENT]
VULNERABILITY = risk().cards[View.VULNERABILITY]
ALL_MISSING = 16 + 6 + 8 + 6 + 6 + 5 + 6


def test_nothing_known_is_all_named() -> None:
    """A case of which nothing is known names every factor as missing, and could be anything."""
    scored = score(PAYMENT, {})
    assert [one.factor.id for one in scored.missing] == [one.factor.id for one in scored.reasons]
    assert (scored.points, scored.grade.id) == (ALL_MISSING, "uncertain")
    assert (scored.best.id, scored.worst.id) == ("likely", "unlikely")


def test_none_is_missing_and_zero_is_not() -> None:
    """None says that nothing is known; zero is an answer."""
    assert score(PAYMENT, {"payments_missed": None}) == score(PAYMENT, {})
    zero = next(one for one in score(PAYMENT, {"payments_missed": 0}).reasons if one.value is not None)
    assert (zero.factor.id, zero.band.points) == ("payments_missed", 0)


def test_reasons_come_with_the_weightiest_first() -> None:
    """What drove the grade stands at the top."""
    scored = score(PAYMENT, {"days_overdue": 200, "payments_missed": 9})
    assert [one.factor.id for one in scored.reasons][:2] == ["days_overdue", "payments_missed"]


def test_what_would_change_it_is_what_would() -> None:
    """Named are the known factors whose best answer alone lowers the grade, and the grade that they lead to."""
    scored = score(VULNERABILITY, {"told_vulnerable": "yes", "asked_for_help": "no", "reason_told": "untold"})
    assert scored.grade.id == "present"
    assert [(one.factor.id, one.grade.id) for one in scored.changes] == [("told", "none_known")]


def test_what_is_all_known_can_be_nothing_else() -> None:
    """With nothing missing the grade is the best and the worst that it can be."""
    known = {
        "told_vulnerable": "no",
        "asked_for_help": "no",
        "reason_told": "other",
        "spare_to_instalment": 0,
    }
    scored = score(VULNERABILITY, known)
    assert scored.missing == ()
    assert scored.best == scored.grade == scored.worst


def test_a_word_that_no_band_has_is_refused() -> None:
    """What is said is never passed over in silence."""
    with pytest.raises(ValueError, match="reason_told"):
        score(VULNERABILITY, {"reason_told": "something new"})
