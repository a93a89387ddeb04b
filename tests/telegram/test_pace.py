"""Telegram's limits are kept, and replies do not wait for bulk: simulated, without a clock."""

import heapq
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.pace import Pace

REPLY, BULK = 1, 4
AHEAD = 0.02  # seconds before its time a place may be taken
A_BIT = 1e-9


@dataclass(frozen=True)
class Sent:
    """A message: when it was wanted, when it left, when the server counted it."""

    lane: int
    wanted_at: float
    left_at: float
    counted_at: float


@dataclass(frozen=True)
class Way:
    """Seconds until the server counts a call, and from then until its answer is here."""

    there: float
    back: float


def simulate(pace: Pace, wanted: Sequence[tuple[float, int]], way: Callable[[], Way]) -> list[Sent]:
    """Send messages, each in a chat of its own, as a sender does: the quick lanes first, whenever a place is free."""
    moments = [(at, number, lane) for number, (at, lane) in enumerate(wanted)]
    heapq.heapify(moments)
    waiting: list[tuple[int, int, float]] = []
    sent: list[Sent] = []
    look_at = inf
    while moments or look_at < inf:
        if moments and moments[0][0] <= look_at:
            now, number, lane = heapq.heappop(moments)
            if number < len(wanted):
                heapq.heappush(waiting, (lane, number, now))
            else:
                pace.answered(now, lane)
        else:
            now = look_at
        look_at = inf
        while waiting:
            lane, number, since = waiting[0]
            wait = pace.wait(now, lane, number)
            if wait > AHEAD:
                look_at = now + wait - AHEAD + A_BIT
                break
            heapq.heappop(waiting)
            pace.take(now + wait, lane, number)
            its = way()
            counted_at = now + wait + its.there
            sent.append(Sent(lane, since, now + wait, counted_at))
            heapq.heappush(moments, (counted_at + its.back, len(wanted), lane))
    return sent


def no_second_overfull(times: Sequence[float], room: int) -> bool:
    """Does no second, wherever it begins, hold more than `room`?"""
    times = sorted(times)
    return all(later - one > 1.0 - A_BIT for one, later in zip(times, times[room:], strict=False))


ways = st.builds(Way, st.floats(0.0, 3.0), st.floats(0.0, 3.0))
traffic = st.lists(st.tuples(st.floats(0.0, 4.0), st.sampled_from([REPLY, BULK])), min_size=1, max_size=120)


@given(st.integers(1, 30), traffic, st.lists(ways, min_size=1, max_size=20))
def test_no_second_at_the_server_holds_more_than_the_limit(
    limit: int, wanted: list[tuple[float, int]], some: list[Way]
) -> None:
    """Whatever is wanted when, and however long calls and answers take: a strict second is never overfull."""
    chance = random.Random(0)
    sent = simulate(Pace(limit), wanted, lambda: chance.choice(some))

    assert len(sent) == len(wanted)
    assert no_second_overfull([one.counted_at for one in sent], limit)


@given(st.integers(1, 30), traffic, st.lists(ways, min_size=1, max_size=20))
def test_a_bucket_never_overflows(limit: int, wanted: list[tuple[float, int]], some: list[Way]) -> None:
    """A bucket as large as the limit, which empties at as many a second, is never too full either."""
    chance = random.Random(0)
    sent = simulate(Pace(limit), wanted, lambda: chance.choice(some))
    level, before = 0.0, 0.0
    for at in sorted(one.counted_at for one in sent):
        level = max(0.0, level - (at - before) * limit) + 1
        before = at
        assert level <= limit + 1e-6


@given(st.integers(2, 30), st.floats(0.0, 8.0), st.lists(ways, min_size=1, max_size=20))
def test_a_reply_finds_a_place_at_once(limit: int, at: float, some: list[Way]) -> None:
    """However much bulk waits, and however slow Telegram is, one place is left: a reply alone leaves at once."""
    chance = random.Random(0)
    wanted = [(0.0, BULK)] * 200 + [(at, REPLY)]
    sent = simulate(Pace(limit), wanted, lambda: chance.choice(some))

    (reply,) = (one for one in sent if one.lane == REPLY)
    assert reply.left_at == reply.wanted_at == at


@pytest.mark.parametrize("seed", range(4))
def test_replies_that_come_together_wait_for_the_next_places(seed: int) -> None:
    """Five replies at once amid bulk: each takes the next place that comes free, a few hundredths of a second apart."""
    chance = random.Random(seed)
    wanted = [(0.0, BULK)] * 300 + [(6.0, REPLY)] * 5
    sent = simulate(Pace(), wanted, lambda: Way(chance.uniform(0.02, 0.06), chance.uniform(0.0, 0.02)))
    waits = sorted(one.left_at - one.wanted_at for one in sent if one.lane == REPLY)
    between = [one for one in sent if one.lane == BULK and 6.0 < one.left_at < 6.0 + waits[-1]]

    assert waits[0] == 0.0
    assert all(later - one < 0.1 for one, later in pairwise(waits))
    assert len(between) <= 1  # what had its place already when they came


def test_the_budget_is_used() -> None:
    """The limit is not kept by idling: with 50 ms a call, bulk and one reply a second take 93 % of the slots."""
    chance = random.Random(0)
    replies = [(0.5 + second, REPLY) for second in range(30)]
    wanted = [(0.0, BULK)] * 900 + replies
    sent = simulate(
        Pace(), wanted, lambda: Way(0.05 + chance.uniform(0.0, 0.005), chance.uniform(0.0, 0.005))
    )
    last = max(one.left_at for one in sent)

    assert len(sent) / (30 * last) >= 0.93


def test_a_crowd_is_more_than_half_of_the_places() -> None:
    """Few messages are no crowd; sixteen within a second are one, until their places are free again."""
    pace = Pace()
    for number in range(15):
        pace.take(60.0, REPLY, number)
    assert not pace.is_crowded(60.0)
    pace.take(60.0, BULK, 99)
    assert pace.is_crowded(60.0)
    for _ in range(15):
        pace.answered(60.1, REPLY)

    assert pace.is_crowded(61.0)
    assert not pace.is_crowded(61.2)


def test_bulk_has_no_burst() -> None:
    """After a pause slow lanes go evenly; a reply need not."""
    pace = Pace()
    pace.take(60.0, BULK, 1)

    assert pace.wait(60.0, BULK, 2) == pytest.approx(1 / 30)
    assert pace.wait(60.0, REPLY, 3) == 0.0


def test_a_late_timer_loses_no_time() -> None:
    """A sender that wakes a few milliseconds late keeps its beat; what is later is not made up for."""
    pace = Pace()
    pace.take(60.0, BULK, 1)
    pace.take(60.0 + 1 / 30 + 0.004, BULK, 2)
    assert 60.0 + pace.wait(60.0, BULK, 3) == pytest.approx(60.0 + 2 / 30)

    pace.take(61.0, BULK, 3)
    assert 61.0 + pace.wait(61.0, BULK, 4) == pytest.approx(61.0 + 1 / 30)


def test_a_chat_has_a_short_burst_and_then_one_a_second() -> None:
    """Four messages go to a chat at once; the fifth waits for its second, other chats do not."""
    pace = Pace(limit=1000)
    now, left = 0.0, []
    for _ in range(8):
        now += pace.wait(now, REPLY, 7)
        pace.take(now, REPLY, 7)
        left.append(now)

    assert left[3] < 0.01
    assert [later - one for one, later in pairwise(left[3:])] == pytest.approx([1.0] * 4, abs=0.01)
    assert pace.wait(now, REPLY, 8) < 0.01


def test_a_struck_lane_is_closed_and_no_other() -> None:
    """The lane that got a 429 waits as long as it was told; a reply goes meanwhile."""
    pace = Pace()
    pace.struck(10.0, BULK, 3.0)

    assert pace.wait(10.0, BULK, 1) == pytest.approx(3.0)
    assert pace.wait(10.0, REPLY, 2) == 0.0
    assert pace.wait(13.1, BULK, 1) == 0.0


def test_a_shorter_strike_does_not_open_a_lane() -> None:
    """Of two strikes the longer counts."""
    pace = Pace()
    pace.struck(10.0, BULK, 5.0)
    pace.struck(11.0, BULK, 1.0)

    assert pace.lanes[BULK] == 15.0


def test_an_own_server_has_no_budget_but_its_strikes_count() -> None:
    """Without a limit nothing waits, except a lane that was struck all the same."""
    pace = Pace(limit=None)
    for _ in range(100):
        pace.take(0.0, REPLY, 7)
        pace.answered(0.0, REPLY)
    assert pace.wait(0.0, REPLY, 7) == 0.0
    pace.struck(0.0, REPLY, 2.0)

    assert pace.wait(0.5, REPLY, 7) == 1.5


def test_chats_that_owe_nothing_are_forgotten() -> None:
    """Memory does not grow with every chat that was ever written to."""
    pace = Pace(limit=1000)
    for number in range(25_000):
        pace.take(number * 0.01, REPLY, number)
        pace.answered(number * 0.01, REPLY)

    assert len(pace._chats) <= 10_001
