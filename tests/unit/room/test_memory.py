"""A room that is opened again is as it was left."""

from datetime import UTC, datetime
from pathlib import Path

from bot.room import memory
from bot.room.people import STAFF
from bot.room.recording import Done
from bot.sandbox.hands import DEEDS
from bot.sandbox.world import World

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_all_is_there_again(tmp_path: Path) -> None:
    """Phones, messages with their files and buttons, updates that the bot has not fetched, numbers, people, deeds."""
    world = World(lambda: NOON)
    DEEDS["say"](world, world.chat(101), {"text": "/start"})
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "t:1:yes"}]]}
    world.new_message(
        world.chat(101),
        by_bot=True,
        shown="Plan",
        keyboard=keyboard,
        content={"document": {"file_id": "d-1"}, "data": b"%PDF"},
    )
    world.files["d-1"] = b"%PDF"
    left = memory.Kept([*STAFF], NOON, [Done(NOON, 101, "say", {"text": "/start"})])

    memory.save(tmp_path, world, left)
    again = World(lambda: NOON)
    kept = memory.load(tmp_path, again)

    assert kept == left
    assert (again.updates, again.files, again.numbers()) == (world.updates, world.files, world.numbers())
    assert [one.to_json() for one in again.chat(101).messages] == [
        one.to_json() for one in world.chat(101).messages
    ]


def test_half_a_file_counts_as_none(tmp_path: Path) -> None:
    """What cannot be read, or is not there, begins anew."""
    assert memory.load(tmp_path, World()) is None
    (tmp_path / memory.FILE).write_text('{"people": [', "utf-8")
    assert memory.load(tmp_path, World()) is None
