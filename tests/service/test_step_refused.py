"""A step that the rules forbid by the time somebody comes to it: no fault, but an answer, and work for the desk."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import DisclosureRefused, DoorstepError
from bot.service.conversations.talk import Talk
from bot.service.inbound import inbox as inbound
from bot.service.inbound import timers as due
from bot.service.inbound.dispatch import take
from bot.service.inbound.incoming import Incoming, Words
from bot.store.tables import alerts, cases, inbox, receipts, timers
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced
from tests.service.test_on_the_doorstep import ringing

COLLECTOR = 902
CLOSED = "the next step stays closed"


async def identified_at_the_door(town: Town) -> None:
    """Bring the collector to the tap that says it is them; what comes next speaks of the debt."""
    await ringing(town)
    for option in ("maybe_them", "no_code"):
        await town.taps(COLLECTOR, option)


def in_the_evening(town: Town) -> None:
    """Let nothing get through until then: what is tapped now is handled after the hours of visits."""
    town.clock.instant += timedelta(hours=12)


async def kinds(town: Town) -> list[str]:
    """Return what waits for a person."""
    async with town.inst.store.begin() as tx:
        return list((await tx.execute(select(alerts.c.kind))).scalars())


async def attempts(town: Town) -> int:
    """Return how many attempts at updates failed."""
    async with town.inst.store.begin() as tx:
        return sum((await tx.execute(select(inbox.c.attempts))).scalars())


async def fired_in_vain(town: Town) -> int:
    """Return how many attempts at timers failed."""
    async with town.inst.store.begin() as tx:
        return sum((await tx.execute(select(timers.c.attempts))).scalars())


async def judged_at_the_door(town: Town) -> list[str]:
    """Return what the rules said about steps at the door."""
    async with town.inst.store.begin() as tx:
        return list(
            (await tx.execute(select(receipts.c.outcome).where(receipts.c.about == "onsite_step"))).scalars()
        )


async def test_a_late_tap_is_answered_at_the_first_try(town: Town) -> None:
    """The collector reads why nothing opens and what to do; one receipt, one item, and nothing that looks broken."""
    await identified_at_the_door(town)
    in_the_evening(town)

    await town.taps(COLLECTOR, "them")

    assert sum(CLOSED in text for text in town.said(COLLECTOR)) == 1
    assert not any("outstanding" in text for text in town.said(COLLECTOR))
    assert await judged_at_the_door(town) == ["wait"]
    assert (await kinds(town)).count("step_refused") == 1
    assert not {"fault", "staff_fault"} & set(await kinds(town))
    assert await attempts(town) == 0
    assert not town.world.queries  # a tap that is not answered keeps its button turning


async def test_what_came_before_a_refused_tap_stays_done(town: Town) -> None:
    """A forbidden tap between two commands, all in one batch: each is answered once, in the order they came."""
    await identified_at_the_door(town)
    before = len(town.said(COLLECTOR))
    message, data = town.button(COLLECTOR, "them")
    town.puts(COLLECTOR, "say", text="/today")
    town.puts(COLLECTOR, "tap", message_id=message.message_id, data=data)
    town.puts(COLLECTOR, "say", text="/help")
    in_the_evening(town)

    await town.settle()

    answers = ("Today's visits", CLOSED, "What you can do here")
    given = [one for text in town.said(COLLECTOR)[before:] for one in answers if one in text]
    assert given == list(answers)


async def test_a_customer_reads_that_somebody_knows(town: Town) -> None:
    """Where the rules forbid a step in a customer's own chat, they are told kindly; the debt is not named."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.says(ADA, "/help")
    async with town.inst.store.begin() as tx:  # what another process does between two taps
        await tx.execute(update(cases).values(identified_at=None))

    await town.taps(ADA, "health")

    assert town.said(ADA)[-1] == "I cannot go on with this here at the moment. A colleague has been told."
    assert await kinds(town) == ["step_refused"]


async def test_a_timer_that_comes_to_a_forbidden_step_is_done_with(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not come again and again; the desk hears of it once, and nobody who asked nothing is written to."""
    await announced(town)
    async with town.inst.store.begin() as tx:
        case_id = (await tx.execute(select(cases.c.id))).scalar_one()

    async def forbidden(*_: object) -> bool:
        raise DisclosureRefused("script/step", case_id, None, 0)

    monkeypatch.setitem(due.KINDS, "session", forbidden)
    before = len(town.said(ADA))
    await town.jump(days=2)

    assert (await kinds(town)).count("step_refused") == 1
    assert await fired_in_vain(town) == 0
    assert len(town.said(ADA)) == before


async def test_one_faulty_update_undoes_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of three cannot be handled, the three are answered in their order: it is tried again by itself."""
    await town.staff()

    async def fails_at_words(talk: Talk, incoming: Incoming) -> None:
        if isinstance(incoming, Words):
            raise DoorstepError
        await take(talk, incoming)

    monkeypatch.setattr(inbound, "take", fails_at_words)
    before = len(town.said(COLLECTOR))
    for text in ("/today", "good morning", "/help"):
        town.puts(COLLECTOR, "say", text=text)
    await town.settle()

    answers = ("No visits today", "something went wrong on our side", "What you can do here")
    given = [one for text in town.said(COLLECTOR)[before:] for one in answers if one in text]
    assert given == list(answers)
    assert await attempts(town) == 3
