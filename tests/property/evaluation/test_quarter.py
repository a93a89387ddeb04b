"""A sample of the simulated quarters; more of them run by `python -m tests.property.evaluation.quarter`."""

import pytest

from bot.casework.evaluation import Finding, Trial, Worth, effect, evaluate
from tests.property.evaluation.quarter import (
    COST,
    FIRST_DAY,
    KINDS,
    RATES,
    Tally,
    main,
    quarter,
    run,
    timedelta,
)

QUARTERS = 40


@pytest.fixture(scope="module")
def tally() -> Tally:
    """Quarters of 2,000 customers, all of whom can be told of."""
    return run(QUARTERS)


def test_intervals_hold_the_truth_as_often_as_they_claim(tally: Tally) -> None:
    """Every rate, difference and gain of the evaluation is claimed, and holds the truth about as often as it says."""
    assert {f"rate {one}" for one in RATES} < tally.claimed.keys()
    assert {f"gain visit {kind or 'all'}" for kind in ("", *KINDS)} < tally.claimed.keys()
    assert tally.wrong == []


def test_the_visit_that_does_not_pay_is_found(tally: Tally) -> None:
    """A kind of visit that costs more than it brings in is called so nearly always, one that pays never."""
    assert tally.said[f"likely {Worth.DOES_NOT_PAY}"] > 0.6 * QUARTERS
    assert tally.said[f"unlikely {Worth.PAYS}"] > 0.9 * QUARTERS
    assert sum(tally.untrue.values()) <= 0.05 * QUARTERS * 3


def test_a_quarter_that_is_not_over_yet_is_told_rightly() -> None:
    """Half-way through, what cannot be said yet is left out, and the rest holds the truth as often as it claims."""
    held = run(QUARTERS, after=110, first=1000)
    assert held.claimed["rate kept_60"] > 0
    assert held.wrong == []


def test_counting_kept_promises_at_once_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Would broken promises count later than kept ones, the tally would show it."""
    from bot.casework.evaluation import facts  # noqa: PLC0415 - what is broken on purpose

    monkeypatch.setattr(facts, "SHOWN", -20)
    assert "rate first_kept" in run(20, after=100, first=2000).wrong


def test_intervals_that_claim_too_much_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interval of a lower level than it says does not pass."""
    monkeypatch.setattr(effect, "LEVEL", 0.6)
    assert "difference visit all" in run(30, customers=400, first=3000).wrong


def test_few_are_said_to_be_few() -> None:
    """Of a handful of customers nothing is said but that they are too few."""
    today = FIRST_DAY + timedelta(days=200)
    found = evaluate(quarter(1, 60, today), {"GBP": COST}, today)
    assert {one.finding for one in found.effects if one.trial is Trial.VISIT} == {Finding.TOO_FEW}
    assert {gain.worth for one in found.effects for gain in one.gains} == {Worth.TOO_FEW}


def test_the_same_quarter_is_the_same_evaluation() -> None:
    """Nothing hangs on the clock, the process or the order of a set."""
    today = FIRST_DAY + timedelta(days=200)
    once, again = (evaluate(quarter(7, 500, today), {"GBP": COST}, today) for _ in range(2))
    assert once == again


def test_it_runs_by_hand(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a line for each figure."""
    main(["--quarters", "1", "--customers", "200"])
    assert "difference visit all" in capsys.readouterr().out
