"""What phones keep."""

from bot.sandbox.methods import METHODS
from bot.sandbox.world import World


def test_what_is_scrolled_past_is_forgotten() -> None:
    """A phone keeps its last messages with their files; the others' numbers are not given to anything new."""
    world = World()
    world.chat(101).opened = True
    for number in range(3):
        paper = (f"{number}.pdf", b"%PDF")
        METHODS["sendDocument"](world, {"chat_id": 101, "document": paper})
    METHODS["sendPhoto"](world, {"chat_id": 101, "photo": ("plan.png", b"picture")})

    world.forget(but=2)
    METHODS["sendDocument"](world, {"chat_id": 101, "document": ("new.pdf", b"%PDF")})

    kept = world.chat(101).messages
    assert [one.message_id for one in kept] == [3, 4, 5]
    assert [world.files[name] for one in kept for name in one.file_ids()] == [b"%PDF", b"picture", b"%PDF"]
    assert list(world.files.values()) == [b"", b"", b"%PDF", b"picture", b"%PDF"]
