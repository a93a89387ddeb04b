"""With one bar of signal: answers late, twice or out of order, a phone that dies, and another one in its place."""

from typing import Any

from bot.sandbox.hands import DEEDS
from bot.service.desk.invites import invite_staff
from bot.store import audit
from tests.service.conftest import Town
from tests.service.test_bad_input import at_the_door, last

COLLECTOR, OFFICER, SAM, NEW = 902, 903, 901, 952


def writes(town: Town, *texts: str) -> list[dict[str, Any]]:
    """Write these on the collector's phone; return their updates, which nobody has handled yet."""
    before = len(town.world.updates)
    for text in texts:
        DEEDS["say"](town.world, town.chat(COLLECTOR), {"text": text})
    return town.world.updates[before:]


async def test_an_answer_that_came_twice_counts_once(town: Town) -> None:
    """The same number, typed twice in one go, answers one question; the next one is not answered by it."""
    await at_the_door(town)
    writes(town, "3", "3")
    await town.settle()

    said = town.said(COLLECTOR)
    assert "sent before the question that is open now" in said[-1] or "sent before" in said[-2]
    await town.says(COLLECTOR, "1")
    assert "other loans or bills" in last(town, COLLECTOR).shown


async def test_the_same_update_twice_is_one(town: Town) -> None:
    """An update that is delivered again, as after a lost confirmation, changes nothing."""
    await at_the_door(town)
    (update,) = writes(town, "3")
    await town.settle()
    before = town.said(COLLECTOR)
    town.world.updates.append(update)
    await town.settle()

    assert town.said(COLLECTOR) == before


async def test_an_answer_that_comes_late_is_not_the_answer_to_what_came_after(town: Town) -> None:
    """Written before the open question was asked, delivered after it: set aside with a word, whatever its number."""
    await at_the_door(town)
    late, _ = writes(town, "4", "3")
    town.world.updates.remove(late)
    await town.settle()
    assert "need care" in last(town, COLLECTOR).shown
    late["update_id"] = town.world.add_update("", {})["update_id"]
    town.world.updates[:] = [late]
    await town.settle()

    assert "sent before the question" in last(town, COLLECTOR).shown
    await town.says(COLLECTOR, "0")
    assert "other loans or bills" in last(town, COLLECTOR).shown


async def test_messages_are_put_into_their_own_order(town: Town) -> None:
    """Delivered the wrong way round, what was written first is taken first."""
    await at_the_door(town)
    first, second = writes(town, "3", "/next")
    first["update_id"], second["update_id"] = second["update_id"], first["update_id"]
    town.world.updates.reverse()
    await town.settle()

    said = town.said(COLLECTOR)
    asked = next(at for at, text in enumerate(said) if "need care" in text)
    listed = next(at for at, text in enumerate(said) if "under way" in text and at > len(said) - 6)
    assert asked < listed


async def test_help_is_never_too_late(town: Town) -> None:
    """The label of SOS, typed before the open question was asked, calls for help all the same."""
    await at_the_door(town)
    writes(town, "3", "SOS")
    await town.settle()

    assert any("SOS." in text for text in town.said(SAM))


async def test_a_reminder_does_not_make_an_answer_late(town: Town) -> None:
    """The same question, shown again, is still answered by what was written before it was shown again."""
    await at_the_door(town)
    answer, _ = writes(town, "3", "/next")
    town.world.updates.remove(answer)
    await town.settle()
    await town.taps(COLLECTOR, "visit")
    answer["update_id"] = town.world.add_update("", {})["update_id"]
    town.world.updates[:] = [answer]
    await town.settle()

    assert "need care" in last(town, COLLECTOR).shown


async def invited_again(town: Town) -> str:
    """Invite the collector once more."""
    return await invite_staff(town.inst, role="collector", name="The collector", badge="co", locale="en")


async def test_another_phone_takes_the_place_of_the_old_one(town: Town) -> None:
    """The visit goes on where it was; the old phone is told, and hears and does nothing more."""
    await at_the_door(town)
    await town.does(NEW, "open", payload=await invited_again(town))
    assert "How many people live in your household" in last(town, NEW).shown
    assert "signed in on another phone" in last(town, COLLECTOR).shown

    await town.taps(COLLECTOR, "tension")
    assert "no longer open" in town.chat(COLLECTOR).notices[-1]
    await town.says(COLLECTOR, "/sos")
    assert "do not know this command" in last(town, COLLECTOR).shown
    await town.says(NEW, "3")
    assert "need care" in last(town, NEW).shown
    before = len(town.said(COLLECTOR))
    await town.taps(OFFICER, "sos")
    assert any("SOS." in text for text in town.said(NEW))
    assert len(town.said(COLLECTOR)) == before
    async with town.inst.store.read() as tx:
        again = [row.data["again"] for row in await audit.all_rows(tx) if row.kind == "staff.invited"]
    assert again == [False, False, False, True]


async def test_a_phone_that_was_dead_goes_on_where_it_was(town: Town) -> None:
    """After hours without a phone, /next and one tap show the question that was open; its answer is taken."""
    await at_the_door(town)
    await town.jump(hours=3)
    await town.says(COLLECTOR, "/next")
    await town.taps(COLLECTOR, "visit")
    assert "How many people live in your household" in last(town, COLLECTOR).shown

    await town.says(COLLECTOR, "3")
    assert "need care" in last(town, COLLECTOR).shown
