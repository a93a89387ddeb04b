"""A page is told what changes on the phones, once, and nothing of a phone without a network."""

from datetime import UTC, datetime

from bot.room.stream import Sight, line
from bot.sandbox.world import Message, World

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
ADA, BEN = 101, 102


def said(world: World, text: str, chat_id: int = ADA) -> Message:
    return world.new_message(world.chat(chat_id), by_bot=True, shown=text, source=text)


def kinds(sight: Sight) -> list[str]:
    return [kind for kind, _ in sight.look([ADA, BEN])]


def test_a_page_sees_each_change_once() -> None:
    """First the whole chat; then a new message, a changed one, one that is gone, a notice, a sign of writing."""
    world = World(lambda: NOON)
    sight = Sight(world)
    first = said(world, "Hello")
    assert kinds(sight) == ["chat", "chat"]
    assert kinds(sight) == []

    said(world, "Second")
    first.history.append(first.shown)
    first.shown = first.source = "Hello again"
    assert kinds(sight) == ["message", "message"]

    world.chat(ADA).messages.remove(first)
    world.chat(ADA).notices.append("Noted.")
    world.chat(ADA).typed += 1
    assert kinds(sight) == ["deleted", "typing", "notice"]

    world.chat(BEN).blocked = True
    assert kinds(sight) == ["settled"]
    assert kinds(sight) == []


def test_a_phone_without_a_network_sees_it_later() -> None:
    """What comes meanwhile is told when it is back, in its order."""
    world = World(lambda: NOON)
    sight = Sight(world)
    list(sight.look([ADA]))
    world.offline |= {ADA, BEN}
    for text in ("one", "two"):
        said(world, text)

    assert kinds(sight) == []
    world.offline.clear()
    back = [data["message"]["text"] for kind, data in sight.look([ADA]) if kind == "message"]
    assert back == ["one", "two"]


def test_an_event_is_one_line_of_data() -> None:
    """A line break in a text does not end an event early."""
    assert line(("notice", {"text": "a\n\nb"})) == b'event: notice\ndata: {"text":"a\\n\\nb"}\n\n'
