"""The queue: each item is taken by one, put back or resolved with a note, and nobody works on it unknowingly."""

from pathlib import Path
from typing import Any

import pytest

from bot.service.desk.invites import invite_staff
from bot.service.desk.queue.chat import queue_rows
from bot.store import alerts, audit, people
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, last

SAM, TESS = 901, 904


async def desk_of_two(town: Town, *refs: str) -> list[str]:
    """Sign two schedulers in and take cases in; return the cases' links."""
    await town.staff()
    token = await invite_staff(town.inst, role="scheduler", name="Tess Wood", badge="S-2", locale="en")
    await town.does(TESS, "open", payload=token)
    return await town.cases(*(refs or ("A-1",)))


async def complain(town: Town, link: str, chat_id: int = ADA) -> None:
    """Let a customer open their link and complain."""
    await town.enrol(chat_id, link)
    await town.says(chat_id, "/complain")
    await town.says(chat_id, "Nobody called me back.")


async def waiting(town: Town) -> list[dict[str, Any]]:
    """Return the open items."""
    return await queue_rows(town.inst)


def verbs(town: Town, chat_id: int) -> list[str]:
    """Return what the newest message with buttons offers."""
    message = next(one for one in reversed(town.chat(chat_id).messages) if one.buttons())
    return [button["callback_data"].partition(":")[0] for button in message.buttons()]


async def test_both_see_who_has_it(town: Town) -> None:
    """When one scheduler takes an item, the other's message says so, and a second Take is told who has it."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    assert verbs(town, SAM) == verbs(town, TESS) == ["take", "answeritem", "item"]

    await town.taps(SAM, "take")
    assert "With The scheduler since" in last(town, TESS).shown
    assert verbs(town, SAM) == ["resolve", "putback", "answeritem", "item"]

    await town.taps(TESS, "take")
    assert town.chat(TESS).notices[-1] == "The scheduler has taken this."
    assert [one["taken_by"] for one in await waiting(town)] == ["sc"]


async def test_put_back_frees_it(town: Town) -> None:
    """What was put back can be taken by the colleague."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.taps(SAM, "putback")
    assert "take" in verbs(town, TESS)

    await town.taps(TESS, "take")

    assert [one["taken_by"] for one in await waiting(town)] == ["S-2"]


async def test_resolved_with_a_note(town: Town) -> None:
    """An item closes with what was done about it; both schedulers see that, and the log says who."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.says(SAM, "Called her; she was owed an apology.")

    assert await waiting(town) == []
    assert any("Resolved by The scheduler" in text for text in town.said(TESS))
    async with town.inst.store.read() as tx:
        lines = [line for line in await audit.all_rows(tx) if line.kind.startswith("item.")]
    assert [line.kind for line in lines] == ["item.taken", "item.resolved"]
    assert "apology" not in str([line.data for line in lines])


async def test_the_note_is_readable_and_sealed(town: Town) -> None:
    """The note stands on the resolved item, and nowhere in the database in plain words."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(TESS, "item")
    await town.taps(TESS, "take")
    await town.taps(TESS, "resolve")
    await town.says(TESS, "Zanzibar was mentioned")

    assert any("Note: Zanzibar was mentioned" in text for text in town.said(TESS))
    database = Path(str(town.inst.store.file))
    raw = b"".join(one.read_bytes() for one in database.parent.glob(f"{database.name}*"))
    assert b"item.resolved" in raw
    assert b"Zanzibar" not in raw


async def test_a_tapped_note(town: Town) -> None:
    """What was done can be tapped instead of typed, and is shown in the reader's words."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "item")
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.taps(SAM, "spoken")

    assert any("Note: Spoke with them" in text for text in town.said(SAM))


async def test_not_yet_keeps_it(town: Town) -> None:
    """Who thinks better of resolving still has the item."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.taps(SAM, "not_yet")

    assert [one["taken_by"] for one in await waiting(town)] == ["sc"]


async def test_resolve_tapped_twice_asks_once(town: Town) -> None:
    """A double tap on Resolve leaves one open question, and the note closes the item once."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve", times=2)
    await town.says(SAM, "Answered in writing.")

    assert await waiting(town) == []
    assert sum("Resolved. /queue" in text for text in town.said(SAM)) == 1


async def test_a_colleague_was_faster(town: Town) -> None:
    """A note for an item that a colleague took over meanwhile changes nothing, and says so."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.taps(SAM, "resolve")
    await town.jump(minutes=50)
    async with town.inst.store.begin() as tx:
        (row,) = await alerts.open_ones(tx, {"complaint": 0}, 9)
        tess = next(one for one in await people.active(tx, "scheduler") if one.chat_id == TESS)
        assert await alerts.take(tx, row.id, tess.id, town.clock.now(), over=row.taken_by)
    await town.says(SAM, "Too late.")

    assert "A colleague has it now" in last(town, SAM).shown
    assert [one["taken_by"] for one in await waiting(town)] == ["S-2"]


async def test_an_old_claim_can_be_taken_over(town: Town) -> None:
    """A claim of long ago is taken over after a question, not by one tap."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    await town.jump(hours=5)

    await town.taps(TESS, "take")
    assert "took this a while ago" in last(town, TESS).shown
    assert [one["taken_by"] for one in await waiting(town)] == ["sc"]
    await town.taps(TESS, "over")

    assert [one["taken_by"] for one in await waiting(town)] == ["S-2"]
    assert any("With Tess Wood since" in text for text in town.said(SAM))


async def test_a_claim_of_somebody_gone_can_be_taken_over(town: Town) -> None:
    """What a colleague had when they left is not lost: it is taken over at once, after a question."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.taps(SAM, "take")
    async with town.inst.store.begin() as tx:
        sam = next(one for one in await people.active(tx, "scheduler") if one.chat_id == SAM)
        await people.set_chat(tx, sam.id, 0)  # signed out of his chat
        await people.set_chat(tx, -1, 0)
    await town.taps(TESS, "take")
    assert "no longer works here" in last(town, TESS).shown

    await town.taps(TESS, "over")

    assert [one["taken_by"] for one in await waiting(town)] == ["S-2"]


async def test_the_list_has_pages_and_counts(town: Town) -> None:
    """`/queue` shows counts by kind and a page of items; More leads to the rest in the same message."""
    links = await desk_of_two(town, *(f"A-{number}" for number in range(1, 11)))
    for number, link in enumerate(links):
        await complain(town, link, 200 + number)
    before = len(town.chat(SAM).messages)

    await town.says(SAM, "/queue")
    assert "What needs a person: 10, of which taken: 0" in last(town, SAM).shown
    assert "10 × complaint" in last(town, SAM).shown
    assert verbs(town, SAM) == ["item"] * 8 + ["queue"]
    await town.taps(SAM, "queue")

    assert verbs(town, SAM) == ["item"] * 2 + ["queue"]
    assert len(town.chat(SAM).messages) == before + 2


async def test_an_item_shows_what_is_known_masked(town: Town) -> None:
    """The opened item names the customer masked, and leads to the case and back to the list."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    await town.says(SAM, "/queue")

    await town.taps(SAM, "item")
    assert "A** F***, identified, 119 days overdue, £1,240.50" in last(town, SAM).shown
    await town.taps(SAM, "casefile")

    assert "A-1: Ada Finch" in last(town, SAM).shown


@pytest.mark.parametrize("verb", ["take", "resolve", "putback", "again", "over", "item", "casefile"])
async def test_only_the_desk_may_work_on_it(town: Town, verb: str) -> None:
    """A customer or a collector who sends a desk button's data is refused, and nothing changes."""
    (link,) = await desk_of_two(town)
    await complain(town, link)
    (item,) = await waiting(town)
    for chat_id in (ADA, 902):
        message = town.chat(chat_id).messages[-1]
        await town.does(chat_id, "tap", message_id=message.message_id, data=f"{verb}:{item['id']}")
        assert "not assigned to you" in town.chat(chat_id).notices[-1]

    assert await waiting(town) == [item]
