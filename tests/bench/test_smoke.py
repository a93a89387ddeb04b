"""The benchmarks run: a handful of people, three steps each. Never an assertion about time."""

from pathlib import Path

from tests.bench import intake, rules, timers
from tests.bench.arena import Arena
from tests.bench.checklist import CROWD, OURS, PEERS

PEOPLE, STEPS, WAITING = 5, 3, 2_000


def test_people_get_through_the_checklist(tmp_path: Path) -> None:
    """Five people are shown one step after the other by the real bot, killed once on the way, and no other step."""
    with Arena(tmp_path, CROWD, PEOPLE, 0, DOORSTEP_RATE="0") as arena:
        bot = arena.start(PEERS[OURS], PEOPLE)
        arena.ask("begin")
        found = arena.wait_for("figures", lambda found: found["steps_of_slowest"] >= STEPS)
        bot.kill()
        bot.wait()
        arena.ask("mark")
        bot = arena.start(PEERS[OURS], PEOPLE)
        after = arena.wait_for("figures", lambda found: found["stuck"] == 0)
        bot.terminate()
        code = bot.wait()

    assert found["wrong"] == after["wrong"] == 0
    assert code == 0


def test_rules_are_measured() -> None:
    """Each question gets its line, with the figures behind it."""
    text, figures = rules.section(quick=True)

    assert len(text.splitlines()) == len(rules.QUESTIONS) + 3
    assert all(figures.values())


def test_readers_of_files_are_measured(tmp_path: Path) -> None:
    """Each reader reads every row of each kind of file, in a process of its own."""
    for path in intake.write(tmp_path, 20):
        assert [intake.measure(reader, path)["rows"] for reader in intake.READERS] == [20, 20]


def test_timers_are_measured(tmp_path: Path) -> None:
    """A store of timers is filled, opened and ticked, each tick finding exactly what is due."""
    path = str(tmp_path / "timers.sqlite3")
    timers.fill_ours(path, WAITING)

    assert timers.measure_ours(path).keys() == {"opened_ms", "tick_ms", "grown_mb"}
