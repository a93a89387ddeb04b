"""Calls and visits as the rules count them: what was tried, who was spoken to, and who was not there."""

import pytest
from sqlalchemy import select, update

from bot.service.conversations.batch import Batch
from bot.service.desk.rules.explain import explain
from bot.service.outbound.gate import judge_other_way
from bot.service.outbound.rule_facts import facts_of
from bot.store.tables import calls, cases, visits
from flows.rules import Channel, Contact, ContactOutcome, Outcome, ThirdParty, Verdict
from tests.service.conftest import Town
from tests.service.test_barred import in_china

SCHEDULER = 901


async def counted(town: Town) -> list[Contact]:
    """Return the contacts that the rules hear of."""
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        (case_id,) = (await tx.execute(select(cases.c.id))).scalars()
        return list((await facts_of(batch, await batch.case(case_id))).contacts)


async def next_call(town: Town) -> Verdict:
    """Return whether the customer may be called now."""
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        (case_id,) = (await tx.execute(select(cases.c.id))).scalars()
        return await judge_other_way(batch, await batch.case(case_id), Channel.PHONE)


async def test_calls_that_nobody_answered_fill_the_cap_of_attempts(town: Town) -> None:
    """Six tries a day to one number in China: the seventh waits for the next day; a double tap is one call."""
    await in_china(town)
    await town.plan()
    for _ in range(6):
        assert (await next_call(town)).outcome is Outcome.ALLOWED
        await town.taps(SCHEDULER, "attempted", times=2)
        await town.jump(minutes=5)

    verdict = await next_call(town)

    assert verdict.outcome is Outcome.WAIT
    assert "cn-cba-dial-attempts" in {one.id for one in verdict.delayed_by}
    await town.taps(SCHEDULER, "attempted")
    assert "did not allow this call" in town.chat(SCHEDULER).notices[-1]
    told = [row for row in await explain(town.inst, "A-1") if row["about"] == "call"]
    assert [row["outcome"] for row in told] == ["allowed"] * 6 + ["wait"]


@pytest.mark.parametrize("button", ["byphone", "contacted"])
async def test_a_talk_on_the_phone_is_a_contact(town: Town, button: str) -> None:
    """Whether the visit was agreed or not, the customer was spoken to: that counts, and the case file shows it."""
    await in_china(town)
    await town.plan()

    await town.taps(SCHEDULER, button)

    made = [one for one in await counted(town) if one.channel is Channel.PHONE]
    assert [one.outcome for one in made] == [ContactOutcome.CONTACTED]
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "history")
    assert "Call: spoke with the customer (colleague)" in town.said(SCHEDULER)[-1]


@pytest.mark.parametrize(
    ("outcome", "counts", "who"),
    [
        ("nobody_home", ContactOutcome.ATTEMPTED, None),
        ("refused", ContactOutcome.CONTACTED, None),
        ("asked_to_leave", ContactOutcome.CONTACTED, None),
        ("third_party", ContactOutcome.CONTACTED, ThirdParty.OTHER),
        ("minor", ContactOutcome.CONTACTED, ThirdParty.MINOR),
    ],
)
async def test_what_a_visit_counts_as(
    town: Town, outcome: str, counts: ContactOutcome, who: ThirdParty | None
) -> None:
    """A visit is a contact unless nobody was spoken to; where it was somebody else, the rules hear that."""
    await in_china(town)
    await town.plan()
    async with town.inst.store.begin() as tx:
        there = {"status": "ended", "outcome": outcome, "collector_in_at": town.clock.now()}
        await tx.execute(update(visits).values(there))

    (made,) = await counted(town)

    assert (made.channel, made.outcome, made.third_party) == (Channel.VISIT, counts, who)
    async with town.inst.store.read() as tx:
        assert (await tx.execute(select(calls))).all() == []
