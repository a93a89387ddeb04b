"""What alarms came to."""

from datetime import timedelta

from bot.casework.alarms import Alarm, WasIt, alarm_figures

MINUTE = timedelta(minutes=1)


def test_nothing_is_a_rate_of_nothing() -> None:
    """Without an alarm that was judged there is no rate, and it is not zero."""
    found = alarm_figures([Alarm(None, None), Alarm(WasIt.DRILL, MINUTE)])

    assert (found.count, found.unjudged, found.false_rate, found.few) == (1, 1, None, True)
    assert (found.drills, found.drills_taken, found.drills_taken_after) == (1, 1, 60)


def test_thirty_judged_alarms_are_enough() -> None:
    """A rate is marked as of few until thirty were judged; drills and what nobody judged do not help."""
    judged = [Alarm(WasIt.REAL, MINUTE)] * 20 + [Alarm(WasIt.FALSE_ALARM, 3 * MINUTE)] * 9
    others = [Alarm(WasIt.DRILL, None), Alarm(None, None)]

    assert alarm_figures(judged + others).few
    found = alarm_figures([*judged, Alarm(WasIt.FALSE_ALARM, 3 * MINUTE), *others])
    assert not found.few
    assert found.false_rate == 0.333
    assert found.taken_after == 60
