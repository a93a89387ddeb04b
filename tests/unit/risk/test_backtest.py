"""A history read row by row, and what the scorecards are found to be worth."""

from collections.abc import Sequence

from bot.casework.risk import View
from bot.casework.risk.backtest import backtest
from bot.casework.risk.past import Fault, PastCase, read_past
from bot.library import risk

MODEL = risk()


def read(*rows: Sequence[str]) -> list[PastCase | Fault]:
    return list(read_past(rows, MODEL))


def faults(*rows: Sequence[str]) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in read(*rows) if isinstance(one, Fault)]


def test_a_history_is_read() -> None:
    """An empty cell is not known, whatever is said counts, in capitals too."""
    (case,) = read(
        ["Days_overdue", "payments_missed", "last_mood", "paid", "age_band"],
        ["40", "", "TENSE", "No", "18-30"],
    )
    assert case == PastCase(
        {"days_overdue": 40, "last_mood": "tense"}, {View.PAYMENT: True}, {"age_band": "18-30"}
    )


def test_a_bad_row_never_stops_a_good_one() -> None:
    """Each fault is told with its row and column, the other rows are taken."""
    found = read(["days_overdue", "chat_state", "paid"], ["-1", "away", "perhaps"], ["1", "opened", "yes"])
    assert [(one.row, one.column) for one in found if isinstance(one, Fault)] == [
        (2, "chat_state"),
        (2, "days_overdue"),
        (2, "paid"),
    ]
    assert next(one for one in found if isinstance(one, PastCase)).inputs["days_overdue"] == 1


def test_a_cell_is_not_repeated_in_its_fault() -> None:
    """What stands in a bad cell may be about somebody."""
    found = read(["days_overdue", "paid"], ["Ada Finch", "yes"])
    assert "Ada" not in str(found)


def test_a_header_of_no_use_ends_it() -> None:
    """Without an outcome, or with a column twice, nothing is held against anything; unknown columns are told."""
    assert faults(["days_overdue"], ["3"]) == [(1, "")]
    assert faults(["paid", "paid"], ["yes", "no"]) == [(1, "paid")]
    assert faults(["paid", "shoe_size"], ["yes", "40"]) == [(1, "shoe_size")]
    assert faults() == [(1, "")]


def test_slices_never_reach_a_score() -> None:
    """Whatever a slice says, points and grades are the same."""
    rows = [[str(days), "yes" if days < 50 else "no"] for days in (1, 20, 40, 60, 100, 200)]
    plain = backtest(MODEL, read(["days_overdue", "paid"], *rows))  # type: ignore[arg-type]
    sliced = backtest(MODEL, read(["days_overdue", "paid", "sex"], *([*row, "f"] for row in rows)))  # type: ignore[arg-type]
    assert [view.grades for view in plain] == [view.grades for view in sliced]
    assert plain[0].slices == []


def test_what_is_counted_is_what_is_there() -> None:
    """Cases, hits and grades add up; a view without an outcome is left out; the slices part the whole."""
    rows = [[str(days), "no" if days % 3 else "yes", "en" if days % 2 else "zh"] for days in range(200)]
    (view,) = backtest(MODEL, read(["days_overdue", "paid", "language"], *rows))  # type: ignore[arg-type]
    assert view.card.view is View.PAYMENT
    assert (view.concern.cases, view.concern.hits) == (200, 133)
    assert sum(rate.cases for _, rate in view.grades) == 200
    assert sum(one.concern.cases for one in view.slices) == 200
    assert [(one.column, one.value) for one in view.slices] == [("language", "en"), ("language", "zh")]


def test_a_rate_that_does_not_rise_is_told() -> None:
    """A scorecard whose graver grade comes true less often is found out."""
    header = ["days_overdue", "payments_missed", "paid"]
    right = [["1", "0", "yes"]] * 5 + [["200", "9", "no"]] * 5
    wrong = [["1", "0", "no"]] * 5 + [["200", "9", "yes"]] * 5
    assert backtest(MODEL, read(header, *right))[0].rising  # type: ignore[arg-type]
    assert not backtest(MODEL, read(header, *wrong))[0].rising  # type: ignore[arg-type]
