"""How it was: asked once, the day after, of nobody who is on hold; word for word in each language."""

from decimal import Decimal

import pytest

from bot.service.conversations.batch import Batch
from bot.service.customer.satisfaction import ask_after_visit
from bot.service.desk.evaluation.records import facts_of_cases
from bot.service.desk.payments import record_payment
from bot.store import cases, holds, visits
from flows.rules import hold_kinds
from tests.service.conftest import Town
from tests.service.journey import LANGUAGES, Journey, begin, hold_journey
from tests.service.test_bad_input import ADA
from tests.service.test_on_the_doorstep import COLLECTOR, OFFICER, interview_begun, morning_of


async def visited(town: Town, locale: str = "en") -> None:
    """Let a visit take place from which nothing follows, and both sides' account of it."""
    await begin(town, locale)
    await morning_of(town)
    await interview_begun(town)
    for option in ("illness", "none", "untold", "none", "nothing", "unsure", "no_idea", "nothing"):
        await town.taps(COLLECTOR, option)
    for option in ("next", "no_agreement", "check_out"):
        await town.taps(COLLECTOR, option)
    for option in ("good", "good", "good", "check_out", "calm"):
        await town.taps(OFFICER, option)
    for _ in range(5):
        await town.taps(ADA, "yes")


async def was_good(town: Town) -> None:
    """After a visit: two taps and nothing more to say."""
    await town.jump(days=1)
    for option in ("yes", "partly", "skip"):
        await town.taps(ADA, option)


async def was_bad(town: Town) -> None:
    """After a visit: not treated with respect, a few words, and a person is to look into it."""
    await town.jump(days=1)
    for option in ("no", "no"):
        await town.taps(ADA, option)
    await town.says(ADA, "They laughed when I told them about my job.")
    await town.taps(ADA, "complain")


async def settled(town: Town) -> None:
    """After everything was paid: how it was on the whole, as soon as the week has room for another message."""
    await town.jump(days=1)
    await town.taps(ADA, "rather_not")
    await record_payment(town.inst, "A-1", Decimal("1240.50"))
    for _ in range(7):
        await town.jump(days=1)
    await town.taps(ADA, "yes")
    await town.taps(ADA, "yes")
    await town.says(ADA, "Thank you for your patience.")


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("journey", [was_good, was_bad, settled], ids=lambda journey: journey.__name__)
async def test_word_for_word(town: Town, journey: Journey, locale: str) -> None:
    """What the customer reads, and what the scheduler gets of it, is what is written down."""
    await visited(town, locale)

    await hold_journey(town, journey, locale)


async def test_silence_is_an_answer(town: Town) -> None:
    """Who does not answer is not asked again, and neither is who did."""
    await visited(town)
    since = len(town.said(ADA))
    await town.jump(days=1)
    assert len(town.said(ADA)) == since + 1

    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await ask_after_visit(batch, (await visits.all_rows(tx))[0])
    for _ in range(10):
        await town.jump(days=1)

    assert len(town.said(ADA)) == since + 1


def _kinds_in_the_uk() -> list[str]:
    from bot.library import Library  # noqa: PLC0415 - only to name the cases
    from flows.rules import Facts  # noqa: PLC0415
    from tests.service.conftest import START  # noqa: PLC0415

    packs = Library("policy-default").packs["UK"]
    return sorted({*hold_kinds(Facts(zone="Europe/London", jurisdiction="UK"), packs, START)})


@pytest.mark.parametrize("kind", _kinds_in_the_uk())
async def test_nobody_on_hold_is_asked(town: Town, kind: str) -> None:
    """Whatever a case is on hold for, its customer is left alone; under a plan that is kept they are asked."""
    await visited(town)
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        hold = {"id": 1, "case_id": row.id, "kind": kind, "since": town.clock.now(), "opened_by": "cli"}
        await holds.put(tx, hold)
    since = len(town.said(ADA))

    await town.jump(days=1)

    assert len(town.said(ADA)) == since + (kind == "plan_in_force")


async def test_what_was_paid_and_taken_back_is_not_settled(town: Town) -> None:
    """A customer whose case is open again by the next day is not asked how it was on the whole."""
    await visited(town)
    await was_good(town)
    await record_payment(town.inst, "A-1", Decimal("1240.50"))
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        await cases.upsert(tx, [{**row._mapping, "stage": "identified", "outstanding": 5}])
    since = len(town.said(ADA))

    await town.jump(days=2)

    assert len(town.said(ADA)) == since


async def test_the_evaluation_hears_it(town: Town) -> None:
    """What customers say counts in the report; who would rather not say is not counted."""
    await visited(town)
    await town.jump(days=1)
    await town.taps(ADA, "yes")
    await town.taps(ADA, "no")

    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        ids = [row.id for row in await cases.all_rows(tx)]
        (facts,) = [one async for one in facts_of_cases(batch, ids)]

    assert (facts.respected, facts.helped) == (True, False)
