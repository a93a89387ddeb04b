"""What must be done by a day comes up again when the day draws near, until it is done."""

from bot.service.desk.invites import invite_staff
from tests.service.conftest import Town
from tests.service.journey import DESK, begin, complaint_typed

OTHER = 911


async def seen(town: Town, chat_id: int, days: int) -> list[int]:
    """Return on which of the next days the complaint is shown in a chat."""
    found = []
    for day in range(1, days + 1):
        before = len(town.said(chat_id))
        await town.jump(days=1)
        if any("a complaint" in text for text in town.said(chat_id)[before:]):
            found.append(day)
    return found


async def complained(town: Town) -> None:
    """Let a complaint come in while two schedulers are there."""
    await begin(town, "en", announced=False)
    token = await invite_staff(town.inst, role="scheduler", name="Tess Wood", badge="T", locale="en")
    await town.does(OTHER, "open", payload=token)
    await complaint_typed(town)


async def test_two_days_before_and_every_morning(town: Town) -> None:
    """Nobody has it: everybody sees it again two days ahead, each day, and that its day is over once it is."""
    await complained(town)

    assert "the last day for it is 15 March 2027" in town.said(DESK)[-1]
    assert await seen(town, OTHER, 15) == [12, 13, 14, 15]
    assert "That day is over" not in town.said(OTHER)[-2]
    assert "That day is over" in town.said(OTHER)[-1]


async def test_whoever_has_it_hears_it_and_after_its_day_everybody(town: Town) -> None:
    """Who took it is the one to be told; once the day is over it is everybody's affair."""
    await complained(town)
    await town.taps(DESK, "take")

    assert await seen(town, OTHER, 16) == [15, 16]


async def test_what_is_done_does_not_come_again(town: Town) -> None:
    """A resolved item is not shown again."""
    await complained(town)
    await town.taps(DESK, "take")
    await town.taps(DESK, "resolve")
    await town.taps(DESK, "spoken")

    assert await seen(town, DESK, 16) == []
