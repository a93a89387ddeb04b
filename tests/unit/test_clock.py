"""The rehearsal's clock: one time for every process, moved by a file."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import RehearsalClock
from bot.errors import ConfigError

INSTANT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
CLOSE = timedelta(seconds=30)


def _written(path: Path, text: str, *, seconds_ago: float = 0.0) -> Path:
    path.write_text(text)
    at = time.time() - seconds_ago
    os.utime(path, (at, at))
    return path


def test_time_runs_on_from_the_instant(tmp_path: Path) -> None:
    """Just written, the file's instant is the time."""
    clock = RehearsalClock(_written(tmp_path / "clock", INSTANT.isoformat()))

    assert INSTANT <= clock.now() < INSTANT + CLOSE


def test_a_process_that_starts_again_goes_on_where_the_others_are(tmp_path: Path) -> None:
    """Whoever opens the file an hour later reads an hour later: a restart does not turn the time back."""
    clock = RehearsalClock(_written(tmp_path / "clock", INSTANT.isoformat(), seconds_ago=3600))

    assert INSTANT + timedelta(hours=1) <= clock.now() < INSTANT + timedelta(hours=1) + CLOSE


def test_an_offset_is_added_to_the_wall_clock(tmp_path: Path) -> None:
    """`+PT26H` is 26 hours ahead, however old the file is."""
    clock = RehearsalClock(_written(tmp_path / "clock", "+PT26H", seconds_ago=3600))

    assert abs(clock.now() - clock.wall() - timedelta(hours=26)) < CLOSE


def test_a_new_instant_moves_the_time_within_a_second(tmp_path: Path) -> None:
    """While everything runs the file is read again."""
    path = _written(tmp_path / "clock", INSTANT.isoformat())
    clock = RehearsalClock(path)
    later = INSTANT + timedelta(days=3)
    _written(path, later.isoformat())
    time.sleep(1)

    assert later <= clock.now() < later + CLOSE


def test_the_same_instant_written_again_turns_the_time_back(tmp_path: Path) -> None:
    """Playing the same hour twice takes no other words in the file."""
    path = _written(tmp_path / "clock", INSTANT.isoformat(), seconds_ago=3600)
    clock = RehearsalClock(path)
    _written(path, INSTANT.isoformat())
    time.sleep(1)

    assert INSTANT <= clock.now() < INSTANT + CLOSE


def test_a_file_that_is_being_written_keeps_the_time(tmp_path: Path) -> None:
    """A file that is empty for a moment is no new time."""
    path = _written(tmp_path / "clock", INSTANT.isoformat())
    clock = RehearsalClock(path)
    path.write_text("")
    time.sleep(1)

    assert INSTANT <= clock.now() < INSTANT + CLOSE


@pytest.mark.parametrize("text", ["soon", "2027-03-01T09:30:00", "+26", "9:30"])
def test_what_is_no_time_is_refused_with_what_to_write(tmp_path: Path, text: str) -> None:
    """Words, instants without a zone and durations without a unit are refused with two examples."""
    with pytest.raises(ConfigError, match=r"2026-11-24T09:00:00\+08:00"):
        RehearsalClock(_written(tmp_path / "clock", text))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """No file, no rehearsal."""
    with pytest.raises(ConfigError, match="cannot read"):
        RehearsalClock(tmp_path / "clock")
