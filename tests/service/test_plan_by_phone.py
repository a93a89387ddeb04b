"""A plan worked out anew without a visit: on the telephone, by whoever has the item, at the customer's asking."""

import pytest

from bot.service.desk.queue.chat import queue_rows
from bot.store import agreements, calls, cases, holds, promises
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA
from tests.service.test_claims import due
from tests.service.test_on_the_doorstep import interviewing
from tests.service.test_plans import BUDGET, LANGUAGES, SAM, Story, Transcript, hold_against


async def on_the_phone(town: Town) -> None:
    """Let Sam take Ada's word that she cannot pay, call her, and know that it is her."""
    await town.taps(ADA, "cannot")
    await town.taps(SAM, "phoneplan")
    for option in ("maybe_them", "them", "next"):
        await town.taps(SAM, option)


async def figures(town: Town, spare: str = "60") -> None:
    """Tell what has changed, what a month costs, and when the first payment would suit."""
    await town.taps(SAM, "illness")
    for typed in ("1200", "3", spare):
        await town.says(SAM, typed)
    await town.taps(SAM, "go_on")
    for amount in BUDGET:
        await town.says(SAM, amount)
    for option in ("none", "none", "in_a_month"):
        await town.taps(SAM, option)


async def renegotiated(town: Town, transcript: Transcript) -> None:
    """Ada cannot pay this time; Sam calls, a lighter plan is worked out and takes the place of the first."""
    await due(town)
    transcript.begin()
    await on_the_phone(town)
    await figures(town)
    for option in ("a", "yes"):
        await town.taps(SAM, option)
    if "plan_approval" in await open_kinds(town):
        await town.taps(SAM, "open")
        await town.taps(SAM, "grantplan")
    else:
        await town.taps(SAM, "written")
    await town.taps(ADA, "accept")
    await town.says(ADA, "/plan")


async def nobody_answers(town: Town, transcript: Transcript) -> None:
    """Nobody answers, then it is somebody else: nothing is said, both calls count, the item stays."""
    await due(town)
    await town.taps(ADA, "cannot")
    transcript.begin()
    await town.taps(SAM, "phoneplan")
    await town.taps(SAM, "nobody")
    await town.jump(hours=2)
    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")
    await town.taps(SAM, "phoneplan")
    await town.taps(SAM, "someone_else")


async def nothing_to_spare(town: Town, transcript: Transcript) -> None:
    """There is nothing to spare any more: everything is paused, and a person who knows about help looks at it."""
    await due(town)
    await on_the_phone(town)
    transcript.begin()
    await figures(town, "0")
    await town.taps(SAM, "pause")
    await town.taps(SAM, "open")


async def open_kinds(town: Town) -> set[str]:
    """Return what waits in the queue."""
    return {one["kind"] for one in await queue_rows(town.inst)}


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize(
    "story", [renegotiated, nobody_answers, nothing_to_spare], ids=lambda one: one.__name__
)
async def test_word_for_word(town: Town, story: Story, locale: str) -> None:
    """What everybody reads is what was reviewed."""
    await hold_against(town, story, locale)


async def call_wanted(town: Town) -> int:
    """Bring Ada to the word that she cannot pay this time; return the id of her case."""
    await interviewing(town)
    await due(town)
    await town.taps(ADA, "cannot")
    async with town.inst.store.read() as tx:
        (row,) = await cases.all_rows(tx)
    return int(row.id)


async def test_the_new_plan_takes_the_place_of_the_old_one(town: Town) -> None:
    """The first plan stands until the second is accepted; then it is replaced, and nothing of it is reminded of."""
    case_id = await call_wanted(town)
    await town.taps(SAM, "phoneplan")
    for option in ("maybe_them", "them", "next"):
        await town.taps(SAM, option)
    await figures(town)
    for option in ("a", "yes", "open", "grantplan"):
        await town.taps(SAM, option)
    async with town.inst.store.read() as tx:
        assert [one.status for one in await agreements.of_case(tx, case_id)] == ["accepted", "shown"]

    await town.taps(ADA, "accept")

    async with town.inst.store.read() as tx:
        old, new = await agreements.of_case(tx, case_id)
        assert (old.status, new.status) == ("replaced", "accepted")
        assert {one.status for one in await promises.of_agreement(tx, old.id)} == {"replaced"}
        assert [one.outcome for one in await calls.of_case(tx, case_id, old.created_at)] == ["contacted"]


async def test_nobody_is_called_at_night(town: Town) -> None:
    """Outside the hours for calls the number is not asked for, and the rule is named."""
    await call_wanted(town)
    await town.jump(hours=12)

    await town.taps(SAM, "phoneplan")

    assert "do not allow this call yet" in town.said(SAM)[-1]
    assert "between nine and eight" in town.said(SAM)[-1]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("representative", "do not allow this call"),
        ("stop", "do not allow this call"),
        ("hardship", "call the customer now"),
    ],
)
async def test_holds_and_the_call(town: Town, kind: str, says: str) -> None:
    """Who asked for help may be called about it; who has a representative, or said stop, is not."""
    case_id = await call_wanted(town)
    async with town.inst.store.begin() as tx:
        hold = {"id": 1, "case_id": case_id, "kind": kind, "since": town.clock.now(), "opened_by": "cli"}
        await holds.put(tx, hold)

    await town.taps(SAM, "phoneplan")

    assert says in town.said(SAM)[-1]


async def test_nothing_is_said_to_somebody_else(town: Town) -> None:
    """Who is not the customer leads nowhere near the debt: no question about money can be opened."""
    await call_wanted(town)
    await town.taps(SAM, "phoneplan")
    await town.taps(SAM, "maybe_them")
    await town.taps(SAM, "not_them")

    assert "I will try another time" in town.said(SAM)[-1]
    assert "Harbour Bank" not in town.said(SAM)[-1]
