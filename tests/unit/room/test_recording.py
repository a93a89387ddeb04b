"""What is played in the room becomes a transcript."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import InputRefused
from bot.room.recording import Done, Recording, code_on, option_of, read
from bot.sandbox.world import World

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ADA, CORA = 101, 902


@pytest.fixture
def world() -> World:
    return World(lambda: NOON)


def recording_of(world: World) -> Recording:
    recording = Recording(world, lambda: NOON)
    recording.listen()
    return recording


def does(world: World, chat_id: int, deed: str, **given: object) -> None:
    assert world.on_deed is not None
    world.on_deed(chat_id, deed, given)


def test_what_came_before_is_done_and_not_shown(world: World, tmp_path: Path) -> None:
    """The transcript begins where the recording did, and can still be played from the rising of the curtain."""
    recording = recording_of(world)
    does(world, ADA, "say", text="/help")
    recording.begin()
    does(world, ADA, "tap", message_id=7, data="a:2b:yes")
    world.new_message(world.chat(ADA), by_bot=True, shown="Thank you.\n\nGoodbye.")

    text = recording.transcript()

    assert text.splitlines()[2:] == [
        '▷ 2027-03-01T12:00:00+00:00 101 say {"text":"/help"}',
        '▶ 2027-03-01T12:00:00+00:00 101 tap {"option":"yes"}',
        "◀ 101  Thank you.",
        "",
        "     Goodbye.",
    ]
    file = tmp_path / "kept.txt"
    file.write_text(text, "utf-8")
    assert read(file) == [
        Done(NOON, ADA, "say", {"text": "/help"}, shown=False),
        Done(NOON, ADA, "tap", {"option": "yes"}, shown=True),
    ]
    assert not recording.on


def test_a_code_is_masked_and_read_anew(world: World) -> None:
    """Two digits that another phone shows are typed from there when it is played again."""
    recording = recording_of(world)
    recording.begin()
    world.new_message(world.chat(ADA), by_bot=True, shown="They say: 25\nYou answer: 55")
    does(world, CORA, "say", text="55")

    assert code_on(world, ADA) == "55"
    assert recording.played == [Done(NOON, CORA, "code", {"of": ADA})]
    assert "25" not in recording.transcript().replace("2027", "")


def test_what_is_in_a_file_is_not_kept(world: World) -> None:
    """A photo is recorded as sent, without its bytes."""
    recording = recording_of(world)
    does(world, CORA, "share", content={"photo": [{"file_id": "f"}]}, data="AAAA")

    assert recording.played[0].given == {"content": {"photo": [{"file_id": "f"}]}}


@pytest.mark.parametrize(
    ("data", "option"), [("t:12:yes", "yes"), ("open:77", "open"), ("queue", "queue"), ("off:", "off")]
)
def test_what_a_button_stands_for(data: str, option: str) -> None:
    """The option of a question, or the action without the number of what it is about."""
    assert option_of(data) == option


def test_nothing_recorded_and_no_transcript_are_refused(world: World, tmp_path: Path) -> None:
    """Saving before anything was done, and playing a file that is none, are told plainly."""
    recording = recording_of(world)
    recording.begin()
    with pytest.raises(InputRefused, match="Nothing was recorded"):
        recording.transcript()
    (tmp_path / "note.txt").write_text("Hello", "utf-8")
    with pytest.raises(InputRefused, match="no transcript"):
        read(tmp_path / "note.txt")
