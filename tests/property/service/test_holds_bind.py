"""Whatever happens in whatever order: under an open hold nothing goes to a customer that the packs do not permit.

The real services, gate and database. The phones are read from outside, and a second judge, which reads the pack files
by itself, says what may be on them.
"""

import random
from typing import Any

import pytest
from sqlalchemy import select

from bot.store import holds
from bot.store.tables import cases, outbox
from flows.rules import Action, ActionKind, Channel, Contact, ContactOutcome, Facts, Hold, Purpose
from tests.property.rules.naive.judge import held_by
from tests.property.service.journey import FIRST_CHAT, NOBODY, ZONES, Journey
from tests.service.conftest import Town

STEPS = 40


class Watch:
    """Reads what has left for customers since it last looked, and holds it against the packs."""

    def __init__(self, town: Town, place: str) -> None:
        self.town, self.place = town, place
        self.seen: set[int] = set()
        self.withdrawn = 0
        self.sent_under_a_hold = 0

    async def look(self, doer: int) -> None:
        """Judge all that is new. What a customer's own deed brought to their own chat they asked for."""
        async with self.town.inst.store.read() as tx:
            found = (await tx.execute(select(outbox).where(outbox.c.contact))).all()
            sent = [row for row in found if row.state == "sent"]
            for row in sent:
                if row.id not in self.seen:
                    earlier = [one for one in sent if one.id in self.seen and one.case_id == row.case_id]
                    await self._judge(tx, row, earlier, asked=row.chat_id == doer)
        self.seen = {row.id for row in sent}
        self.withdrawn = sum(row.state == "withdrawn" for row in found)
        self._nothing_else({(row.chat_id, row.message_id) for row in sent})

    async def _judge(self, tx: Any, row: Any, earlier: list[Any], *, asked: bool) -> None:
        held = await holds.active(tx, row.case_id, row.sent_at)
        purpose = Purpose(row.purpose)
        reply = asked and purpose is not Purpose.OPT_OUT_CONFIRMATION
        facts = Facts(
            zone=(await tx.execute(select(cases.c.timezone).where(cases.c.id == row.case_id))).scalar_one(),
            jurisdiction=self.place,
            holds=tuple(Hold(one.kind, one.since, one.until) for one in held),
            contacts=tuple(
                Contact(one.sent_at, Channel.MESSENGER, Purpose(one.purpose), ContactOutcome.DELIVERED)
                for one in earlier
            ),
        )
        action = Action(ActionKind.REPLY if reply else ActionKind.MESSAGE, Channel.MESSENGER, purpose)
        assert held_by(self.place, action, facts, row.sent_at) == "", (purpose, asked, facts.holds)
        self.sent_under_a_hold += bool(held)

    def _nothing_else(self, known: set[tuple[int, int]]) -> None:
        """What a customer's phone shows is what the outbox says: there is no other way out."""
        for chat in self.town.world.chats.values():
            shown = {(chat.id, one.message_id) for one in chat.messages if one.by_bot}
            assert chat.id < FIRST_CHAT or shown <= known


@pytest.mark.parametrize("place", ZONES)
async def test_nothing_forbidden_leaves_under_a_hold(town: Town, place: str) -> None:
    """For every kind of hold of the place, for messages that wait already, asked for or not, at any hour."""
    journey, watch = Journey(town, place, random.Random(place)), Watch(town, place)
    await journey.begin()
    await watch.look(NOBODY)
    await watch.look(await journey.nights())
    for _ in range(STEPS):
        await watch.look(await journey.step())
    assert watch.withdrawn
    assert watch.sent_under_a_hold


async def test_an_answer_that_waits_is_held_back_as_well(town: Town) -> None:
    """A customer's question was put down to be answered; the news of their death comes before the answer leaves."""
    journey, watch = Journey(town, "UK", random.Random(1)), Watch(town, "UK")
    await journey.begin()
    await watch.look(NOBODY)
    chat_id = next(one for one, ref in journey.refs.items() if ref == "H-deceased")
    before = len(town.said(chat_id))

    await town.writes_unheard(chat_id, "/rights")
    await journey.hold("H-deceased")
    await town.settle()

    await watch.look(chat_id)
    assert len(town.said(chat_id)) == before
