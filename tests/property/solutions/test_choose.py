"""Whatever is owed and can be paid: sums are exact, nothing is negative, nothing is beyond what can be paid."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.casework.affordability import Basis
from bot.casework.solutions import Authority, Debt, Kind, Plan, Wish, choose, read_catalogue
from bot.casework.solutions.product import for_place
from bot.library import solutions

COSTLY = """\
solutions: costly
version: 1
cooling_off: 7
tolerance: 90
products:
  - {id: a, kind: catch_up, label: "A", months: {from: 3, to: 12}, authority: {team: {months: 12}}}
  - id: b
    kind: equal_instalments
    label: "B"
    rate: "1.5"
    months: {from: 2, to: 60}
    authority: {team: {months: 60}}
  - {id: c, kind: equal_principal, label: "C", rate: 1, months: {from: 2, to: 36}, authority: {team: {months: 36}}}
  - {id: d, kind: equal_instalments, label: "D", fee: "0.6", months: {from: 2, to: 60}, authority: {team: {months: 60}}}
  - {id: e, kind: step_up, label: "E", rate: 1, growth: 2, months: {from: 3, to: 36}, authority: {team: {months: 36}}}
  - id: f
    kind: payment_holiday
    label: "F"
    rate: 1
    pause: 3
    months: {from: 2, to: 36}
    authority: {team: {months: 36}}
"""
OWN = read_catalogue(COSTLY, "costly")
CATALOGUES = st.sampled_from(
    [for_place(solutions(None), place) for place in ("", "CN", "UK", "US-MA")] + [OWN]
)
DEBTS = st.builds(
    lambda all_of_it, part, running: Debt(all_of_it, min(part, all_of_it), running, "credit card"),
    st.integers(1, 50_000_000),
    st.integers(0, 5_000_000),
    st.none() | st.integers(1, 500_000),
)
WISHES = st.builds(
    Wish,
    monthly=st.integers(0, 3_000_000),
    basis=st.sampled_from(Basis),
    first=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    lump_sum=st.just(0) | st.integers(0, 50_000_000),
    reason=st.sampled_from(["", "illness", "income_lost", "overlooked"]),
)


def plans(catalogue: object, debt: Debt, wish: Wish) -> tuple[Plan, ...]:
    return choose(catalogue, debt, wish).plans  # type: ignore[arg-type]


@given(CATALOGUES, DEBTS, WISHES)
def test_sums_are_exact(catalogue: object, debt: Debt, wish: Wish) -> None:
    """What is paid is what is settled, its cost, and the running instalments: to the unit, nothing left over."""
    for plan in plans(catalogue, debt, wish):
        rows = plan.schedule.instalments
        assert sum(one.amount for one in rows) == plan.settles + plan.schedule.cost + sum(
            r.running for r in rows
        )
        if plan.product.kind is not Kind.CATCH_UP:
            assert plan.settles + plan.waived == debt.outstanding


@given(CATALOGUES, DEBTS, WISHES)
def test_nothing_is_negative_and_days_go_on(catalogue: object, debt: Debt, wish: Wish) -> None:
    """Every instalment is at least one unit, every cost at least nothing, each day a later one than before."""
    for plan in plans(catalogue, debt, wish):
        rows = plan.schedule.instalments
        assert all(one.amount > 0 and one.cost >= 0 and one.running >= 0 for one in rows)
        assert all(one.due_on < other.due_on for one, other in pairwise(rows))
        assert rows[0].due_on >= wish.first


@given(CATALOGUES, DEBTS, WISHES)
def test_never_beyond_what_can_be_paid(catalogue: object, debt: Debt, wish: Wish) -> None:
    """No instalment is higher than the month allows; a settlement is no higher than the sum that is there."""
    for plan in plans(catalogue, debt, wish):
        most = wish.lump_sum if plan.product.kind is Kind.SETTLEMENT else wish.monthly
        assert plan.schedule.highest <= most


@given(CATALOGUES, DEBTS, WISHES)
def test_the_same_question_has_the_same_answer(catalogue: object, debt: Debt, wish: Wish) -> None:
    """Same input, same plans; at most four, no two alike."""
    found = plans(catalogue, debt, wish)
    assert found == plans(catalogue, debt, wish)
    assert len(found) <= 4
    assert len({plan.schedule for plan in found}) == len(found)


@given(CATALOGUES, DEBTS, WISHES)
def test_a_word_alone_is_looked_at(catalogue: object, debt: Debt, wish: Wish) -> None:
    """On a customer's word alone the team grants nothing; beyond what was worked out two people must agree."""
    for plan in plans(catalogue, debt, wish):
        assert plan.authority is not Authority.TEAM or wish.basis is Basis.STATEMENT
        assert plan.authority is Authority.SECOND or wish.basis is not Basis.OVERRIDE


@given(DEBTS, st.integers(1, 3_000_000))
def test_the_fewest_instalments_that_fit(debt: Debt, monthly: int) -> None:
    """Of one product no shorter plan would have fitted."""
    wish = Wish(monthly, Basis.STATEMENT, date(2027, 1, 1))
    for plan in plans(OWN, debt, wish):
        if plan.product.id == "b" and plan.months > 2:
            rate = Decimal("0.015")
            shorter = debt.outstanding * rate / (1 - (1 + rate) ** (1 - plan.months))
            assert shorter > monthly - plan.months
