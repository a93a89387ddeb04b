"""Hold-out groups: drawn by a keyed hash, in the share that was asked for, and balanced."""

import hmac
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.casework.evaluation import Group, Trial, group_of
from bot.casework.intervals import wilson

CASES = 20_000


def digest(key: bytes, trial: Trial, case: int) -> bytes:
    return hmac.digest(key, f"{trial}:{case}".encode(), "sha256")


def share(percent: int, trial: Trial = Trial.VISIT, key: bytes = b"k", step: int = 1) -> tuple[int, int]:
    cases = range(0, CASES, step)
    groups = Counter(group_of(digest(key, trial, case), percent) for case in cases)
    return groups[Group.HELD_OUT], len(cases)


def test_off_is_off() -> None:
    """With a share of nothing nobody is held out, whatever the hash."""
    assert group_of(bytes(32), 0) is Group.TREATED
    assert share(0) == (0, CASES)


@pytest.mark.parametrize("percent", [1, 10, 20, 50])
def test_the_share_is_the_one_that_was_asked_for(percent: int) -> None:
    """As many are held out as were asked for, but for chance; in any part of the cases as well."""
    for step in (1, 2, 7):
        low, high = wilson(*share(percent, step=step), 0.9999)
        assert low <= percent / 100 <= high


@given(st.binary(min_size=8, max_size=32), st.integers(0, 49))
def test_a_greater_share_only_adds(hashed: bytes, percent: int) -> None:
    """Who is held out at one share is held out at every greater one."""
    if group_of(hashed, percent) is Group.HELD_OUT:
        assert group_of(hashed, percent + 1) is Group.HELD_OUT


def test_the_trials_are_drawn_apart() -> None:
    """Being held out of visits says nothing of reminders, and without the key nobody can tell."""
    both = sum(
        all(group_of(digest(b"k", trial, case), 50) is Group.HELD_OUT for trial in Trial)
        for case in range(CASES)
    )
    assert both / CASES == pytest.approx(0.25, abs=0.015)
    same = sum(
        group_of(digest(b"k", Trial.VISIT, case), 50) is group_of(digest(b"other", Trial.VISIT, case), 50)
        for case in range(CASES)
    )
    assert same / CASES == pytest.approx(0.5, abs=0.02)
