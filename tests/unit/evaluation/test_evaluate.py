"""What is counted, of what, and when it can be said."""

from datetime import date, timedelta

import pytest

from bot.casework.evaluation import (
    CaseFacts,
    Finding,
    Group,
    Measure,
    Payment,
    PromiseFacts,
    Step,
    Trial,
    VisitFacts,
    Worth,
    evaluate,
)
from bot.casework.rates import Rate

DAY = date(2026, 3, 2)


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def promise(due: int, *, kept: bool) -> PromiseFacts:
    return PromiseFacts(DAY, later(due), kept)


def kept(case: CaseFacts, days: int) -> list[bool | None]:
    return [case.kept_for(30, later(days)), case.kept_for(60, later(days)), case.kept_for(90, later(days))]


def test_of_nothing_nothing_is_said() -> None:
    """No cases: no rate, no slice, no comparison, and no fault."""
    found = evaluate([], {}, DAY)
    assert (found.cases, found.slices, found.recovered, found.effects) == (0, [], [], [])
    assert {rate.share for rate in (*found.funnel.values(), *found.rates.values())} == {None}


def test_each_step_is_counted_once_a_case() -> None:
    """Two visits to one customer are one case that was met, and two visits at which there was contact or not."""
    visits = [
        VisitFacts(DAY, announced=True, confirmed=True, went=True),
        VisitFacts(later(3), announced=True, confirmed=True, went=True, met=True, right_party=True),
    ]
    found = evaluate([CaseFacts(DAY, "GBP", linked=True, visits=visits), CaseFacts(DAY, "GBP")], {}, later(9))
    assert found.funnel[Step.MET] == Rate(1, 2)
    assert found.rates[Measure.CONTACT] == Rate(1, 2)
    assert found.rates[Measure.RIGHT_PARTY] == Rate(1, 1)
    assert found.rates[Measure.AGREEMENT] == Rate(0, 1)


def test_kept_is_said_once_a_broken_promise_would_have_shown() -> None:
    """Neither kept nor broken before the days and another week are over, whatever has come in already."""
    case = CaseFacts(
        DAY, "GBP", promises=[promise(20, kept=True), promise(50, kept=True), promise(80, kept=False)]
    )
    assert kept(case, 36) == [None, None, None]
    assert kept(case, 37) == [True, None, None]
    assert kept(case, 67) == [True, True, None]
    assert kept(case, 97) == [True, True, False]
    assert [case.first_kept(later(days)) for days in (26, 27)] == [None, True]


def test_an_agreement_of_which_nothing_was_due_yet_counts_later() -> None:
    """Where the first instalment is due after 40 days, nothing was kept for 30."""
    assert kept(CaseFacts(DAY, "GBP", promises=[promise(40, kept=True)]), 200) == [None, True, True]


def test_what_came_in_before_the_visit_is_none_of_its_merit() -> None:
    """Recovered is from the day of the first visit on; an announced visit that never took place is no visit."""
    visit = VisitFacts(later(5), went=True)
    paid = [Payment(later(4), 100), Payment(later(5), 20), Payment(later(50), 3)]
    cases = [
        CaseFacts(DAY, "GBP", visits=[VisitFacts(later(1), announced=True), visit], payments=paid),
        CaseFacts(DAY, "HKD", visits=[visit, VisitFacts(later(9), went=True)]),
        CaseFacts(DAY, "GBP", payments=paid),
    ]
    pounds, dollars = evaluate(cases, {"GBP": 7}, later(60)).recovered
    assert (pounds.currency, pounds.cases, pounds.visits, pounds.amount, pounds.cost) == ("GBP", 1, 1, 23, 7)
    assert (dollars.currency, dollars.visits, dollars.cost) == ("HKD", 2, None)


def groups(
    treated: int, held_out: int, of: int, *, visited: bool = True, amount: int = 100
) -> list[CaseFacts]:
    """Return two groups of so many, of which so many paid."""
    visits = [VisitFacts(later(5), went=True)] if visited else []
    return [
        CaseFacts(
            DAY,
            "GBP",
            visits=visits if group is Group.TREATED else [],
            payments=[Payment(later(10), amount)] if number < paying else [],
            groups={Trial.VISIT: group},
        )
        for group, paying in ((Group.TREATED, treated), (Group.HELD_OUT, held_out))
        for number in range(of)
    ]


@pytest.mark.parametrize(
    ("treated", "held_out", "of", "cost", "finding", "worth"),
    [
        (20, 0, 29, 1, Finding.TOO_FEW, Worth.TOO_FEW),
        (20, 19, 60, 1, Finding.NOT_SEEN, Worth.NOT_SEEN),
        (50, 10, 60, 1, Finding.MORE, Worth.PAYS),
        (50, 10, 60, 500, Finding.MORE, Worth.DOES_NOT_PAY),
        (10, 50, 60, 1, Finding.LESS, Worth.DOES_NOT_PAY),
        (50, 10, 60, None, Finding.MORE, Worth.NO_COST),
    ],
)
def test_what_is_said(
    treated: int, held_out: int, of: int, cost: int | None, finding: Finding, worth: Worth
) -> None:
    """The sentence is the interval's: a difference that is not sure is none, and few are too few for any."""
    costs = {} if cost is None else {"GBP": cost}
    (effect,) = evaluate(groups(treated, held_out, of), costs, later(60)).effects
    assert (effect.finding, effect.gains[0].worth) == (finding, worth)


def test_a_case_counts_where_it_was_put() -> None:
    """Who was held out and visited all the same stays held out, with what it cost; in no trial is in none."""
    cases = groups(40, 10, 50)
    helped = CaseFacts(
        DAY, "GBP", visits=[VisitFacts(later(5), went=True)], groups={Trial.VISIT: Group.HELD_OUT}
    )
    (effect,) = evaluate([*cases, helped, CaseFacts(DAY, "GBP")], {"GBP": 60}, later(60)).effects
    assert (effect.treated, effect.held_out) == (Rate(40, 50), Rate(10, 51))
    assert effect.gains[0].mean == pytest.approx((80 - 60) - (1000 - 60) / 51)


def test_nobody_is_compared_before_the_time_is_over() -> None:
    """A payment has 60 days; before that a case says nothing."""
    assert evaluate(groups(40, 10, 50), {}, later(59)).effects == []


def test_a_payment_counts_for_sixty_days() -> None:
    """What came in before the case was taken in, or after the horizon, is none of the comparison's."""
    paid = [Payment(later(-1), 1), Payment(later(0), 10), Payment(later(60), 100), Payment(later(61), 1000)]
    case = CaseFacts(DAY, "GBP", payments=paid)
    assert case.paid_within(60) == 110
