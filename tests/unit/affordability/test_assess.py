"""What can be paid: living comes first, gaps are named, nothing is an answer."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.affordability import Basis, Reckoning, Standing, Told, assess, burden, read_form
from bot.library import statement
from flows.errors import ScriptInvalid

FORM = statement()
SOURCE = (files("bot") / "casework" / "affordability" / "statements" / "statement" / "v1.yaml").read_text(
    "utf-8"
)
ADA = {"income": 150000, "housing": 60000, "utilities": 12000, "care": 5000, "travel": 8000, "food": 30000}
WHOLE = ADA | {"priority_debts": 5000}
AMOUNTS = st.dictionaries(st.sampled_from([one.id for one in FORM.headings]), st.integers(0, 10**8))
TOLD = st.builds(
    Told, AMOUNTS, st.integers(1, 10**8), st.none() | st.integers(0, 10**9), st.none() | st.integers(0, 10**7)
)


def test_a_whole_statement() -> None:
    """1,500 less 1,150 of living and 50 of first debts is 300; less a tenth, less 15 in 100, half is another's."""
    found = assess(FORM, Told(WHOLE, debt=100000, other_debts=100000))

    assert {line.step: line.amount for line in found.lines} == {
        Reckoning.INCOME: 150000,
        Reckoning.OUTGOINGS: -115000,
        Reckoning.PRIORITY_DEBTS: -5000,
        Reckoning.SAVING: -3000,
        Reckoning.MARGIN: -4050,
        Reckoning.OTHER_CREDITORS: -11475,
    }
    assert (found.standing, found.basis, found.monthly) == (Standing.CAN_PAY, Basis.STATEMENT, 11475)


def test_their_own_lower_figure_counts() -> None:
    """Who says that they can spare less is not talked into more."""
    assert assess(FORM, Told(WHOLE, debt=100000, own=5000)).monthly == 5000
    assert assess(FORM, Told(WHOLE, debt=100000, own=90000)).monthly == 22950


def test_cannot_pay_now_is_an_answer() -> None:
    """Nothing to spare, by their word or by what living costs: no figure, and that is complete."""
    assert assess(FORM, Told(WHOLE, debt=100000, own=0)).standing is Standing.CANNOT_PAY_NOW
    poor = assess(FORM, Told(WHOLE | {"income": 110000}, debt=100000, own=20000))
    assert (poor.standing, poor.monthly) == (Standing.CANNOT_PAY_NOW, 0)


def test_what_was_not_said_is_named() -> None:
    """A gap is never filled: it is named, and nothing is worked out without a word of their own."""
    found = assess(FORM, Told(ADA, debt=100000))

    assert (found.standing, [one.id for one in found.missing]) == (Standing.INCOMPLETE, ["priority_debts"])
    own = assess(FORM, Told(ADA, debt=100000, own=4000))
    assert (own.standing, own.basis, own.monthly) == (Standing.CAN_PAY, Basis.OWN_WORD, 4000)


def test_a_word_is_taken_as_far_as_the_figures_bear_it() -> None:
    """Gaps or not: nobody is planned with more than what they said leaves."""
    assert assess(FORM, Told({"income": 20000, "housing": 15000}, debt=1, own=9000)).monthly == 3825


def test_the_burden_of_all_debts() -> None:
    """All debt service by its share of income: up to 35 in 100 green, up to 50 amber, beyond it red."""
    told = Told({"income": 100000, "priority_debts": 10000}, debt=1)

    assert [burden(FORM, told, monthly) for monthly in (25000, 25001, 40001)] == ["green", "amber", "red"]
    assert burden(FORM, Told({}, debt=1), 100) is None


@given(TOLD)
def test_never_below_zero_and_never_beyond(told: Told) -> None:
    """Whatever is said: not below zero, not above their own figure, not above what the lines leave."""
    found = assess(FORM, told)

    assert found.monthly >= 0
    assert told.own is None or found.monthly <= told.own
    assert (found.monthly > 0) == (found.standing is Standing.CAN_PAY)
    if found.standing is Standing.CAN_PAY and found.lines:
        assert sum(line.amount for line in found.lines) == found.monthly
    assert all(heading.id not in told.amounts for heading in found.missing)


def test_nobody_earns_less_than_nothing() -> None:
    """An amount below zero is refused."""
    with pytest.raises(ValueError, match="below zero"):
        Told({"income": -1}, debt=1)


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("version: 1", "version: 0", "AF101"),
        ("margin: 15", "margin: 150", "AF102"),
        ("{amber: 35, red: 50}", "{amber: 55, red: 50}", "AF103"),
        ("id: food", "id: travel", "AF104"),
        ("kind: income", "kind: fixed", "AF105"),
        ("kind: flexible", "kind: luxury", "FV110"),
    ],
)
def test_a_faulty_form_says_where(good: str, bad: str, code: str) -> None:
    """Each fault of a form is named with its place."""
    with pytest.raises(ScriptInvalid) as refused:
        read_form(SOURCE.replace(good, bad, 1), "form.yaml")

    assert code in [issue.code for issue in refused.value.issues]
