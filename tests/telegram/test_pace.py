"""Telegram's limits are kept, and replies do not wait for bulk: simulated, without a clock."""

import random
from bisect import bisect_right
from itertools import pairwise

import pytest

from bot.telegram.pace import Pace

SENDS = 5000
REPLIES, BULK = 1, 4


def _send_many(seed: int, sends: int = SENDS, rate: float = 29.0) -> tuple[list[float], list[float]]:
    """Return when each message left and when it arrived, as a sender would send them over a real network."""
    chance = random.Random(seed)
    pace = Pace(rate=rate)
    now = 0.0
    left, arrived = [], []
    for number in range(sends):
        now += pace.wait(now, BULK, number)
        pace.sent(now, number)
        left.append(now)
        arrived.append(now + chance.uniform(0.0, 0.1))
        now += chance.choice((0.0, 0.0, 0.001, 0.02))  # the sender is late at times
    return left, sorted(arrived)


def _most_in_a_second(times: list[float]) -> int:
    return max(bisect_right(times, start + 1.0 - 1e-9) - number for number, start in enumerate(times))


@pytest.mark.parametrize("seed", range(4))
def test_no_second_has_more_than_thirty(seed: int) -> None:
    """At 29 a second no second holds more than 30 departures, nor arrivals beyond what their way can bunch together."""
    left, arrived = _send_many(seed)

    assert _most_in_a_second(left) <= 30
    assert _most_in_a_second(arrived) <= 30 + 29 * 0.1


@pytest.mark.parametrize("seed", range(4))
def test_a_bucket_of_thirty_never_overflows(seed: int) -> None:
    """Arrivals never fill a bucket of thirty that empties at thirty a second."""
    _, arrived = _send_many(seed)
    level, before = 0.0, 0.0
    for at in arrived:
        level = max(0.0, level - (at - before) * 30) + 1
        before = at
        assert level <= 30


def test_the_budget_is_used() -> None:
    """The limit is not kept by idling: at least 93 % of the slots are taken."""
    left, _ = _send_many(0)

    assert SENDS / (left[-1] - left[0]) >= 0.93 * 29


def test_a_quiet_minute_saves_nothing_up() -> None:
    """After a pause there is no burst: the bot as a whole has none to spend."""
    pace = Pace()
    pace.sent(0.0, 1)
    pace.sent(60.0, 2)

    assert pace.wait(60.0, REPLIES, 3) == pytest.approx(1 / 29)


def test_a_chat_has_a_short_burst_and_then_one_a_second() -> None:
    """Four messages go to a chat at once; the fifth waits for its second, other chats do not."""
    pace = Pace(rate=1000.0)
    now, left = 0.0, []
    for _ in range(8):
        now += pace.wait(now, REPLIES, 7)
        pace.sent(now, 7)
        left.append(now)

    assert left[3] < 0.01
    assert [later - one for one, later in pairwise(left[3:])] == pytest.approx([1.0] * 4, abs=0.01)
    assert pace.wait(now, REPLIES, 8) < 0.01


def test_a_struck_lane_is_closed_and_no_other() -> None:
    """The lane that got a 429 waits as long as it was told; a reply goes meanwhile."""
    pace = Pace()
    pace.struck(10.0, BULK, 3.0)

    assert pace.wait(10.0, BULK, 1) == pytest.approx(3.0)
    assert pace.wait(10.0, REPLIES, 2) < 0.1
    assert pace.wait(13.1, BULK, 1) == 0.0


def test_a_shorter_strike_does_not_open_a_lane() -> None:
    """Of two strikes the longer counts."""
    pace = Pace()
    pace.struck(10.0, BULK, 5.0)
    pace.struck(11.0, BULK, 1.0)

    assert pace.lanes[BULK] == 15.0


def test_an_own_server_has_no_budget_but_its_strikes_count() -> None:
    """Without a rate nothing waits, except a lane that was struck all the same."""
    pace = Pace(rate=None)
    for _ in range(100):
        pace.sent(0.0, 7)
    assert pace.wait(0.0, REPLIES, 7) == 0.0
    pace.struck(0.0, REPLIES, 2.0)

    assert pace.wait(0.5, REPLIES, 7) == 1.5


def test_chats_that_owe_nothing_are_forgotten() -> None:
    """Memory does not grow with every chat that was ever written to."""
    pace = Pace(rate=1000.0)
    for number in range(25_000):
        pace.sent(number * 0.01, number)

    assert len(pace._chats) <= 10_001
