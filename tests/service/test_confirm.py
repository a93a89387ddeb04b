"""A yes to an announced visit is judged again at that moment."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.service.desk.rules.explain import explain
from bot.store.tables import barred_times, chats, visits
from tests.service.conftest import START, Town
from tests.service.test_bad_input import ADA, announced, last
from tests.service.test_lines import adopt

SCHEDULER = 901
ONLY_FRIDAYS = (
    "  - id: own-fridays\n    title: Visits are on Fridays only\n    kind: contact_window\n"
    '    value: {fri: "09:00-18:00", holidays: none}\n'
    "    citation: c\n    force: policy\n    evidence: e\n    confidence: H\n    status: verified\n"
    "    actions: [visit_slot]\n"
)
NOBODY_COMES = {
    "en": "Nobody will come, and you need not do anything.",
    "zh_Hans": "不会有人上门",
    "zh_Hant": "不會有人到府",
}


async def status(town: Town) -> str:
    """Return where the visit stands."""
    async with town.inst.store.read() as tx:
        return str((await tx.execute(select(visits.c.status))).scalar_one())


@pytest.mark.parametrize("locale", NOBODY_COMES)
async def test_what_came_in_the_way_calls_the_visit_off(town: Town, tmp_path: Path, locale: str) -> None:
    """A rule that binds since the notice: the customer hears that nobody comes, the scheduler hears why."""
    await announced(town)
    async with town.inst.store.begin() as tx:
        await tx.execute(update(chats).where(chats.c.chat_id == ADA).values(locale=locale))
    adopt(town, tmp_path / "own", ONLY_FRIDAYS)

    await town.taps(ADA, "confirm")

    assert NOBODY_COMES[locale] in last(town, ADA).shown
    assert await status(town) == "cancelled"
    await town.says(SCHEDULER, "/queue")
    await town.taps(SCHEDULER, "item")
    assert "do not allow any more" in town.said(SCHEDULER)[-1]
    await town.taps(SCHEDULER, "why")
    assert "Visits are on Fridays only" in town.said(SCHEDULER)[-1]


async def test_a_late_yes_to_a_timely_notice_holds(town: Town) -> None:
    """The day between counts from the notice, not from the answer; the answer has a receipt of its own."""
    await announced(town)
    async with town.inst.store.read() as tx:
        starts_at = (await tx.execute(select(visits.c.starts_at))).scalar_one()
    hours = (starts_at - START).total_seconds() / 3600
    await town.jump(hours=hours - 2)

    await town.taps(ADA, "confirm")

    assert await status(town) == "confirmed"
    told = (await explain(town.inst, "A-1"))[-1]
    slots = [row for row in await explain(town.inst, "A-1") if row["about"] == "visit_slot"]
    assert (slots[-1]["at"], slots[-1]["outcome"]) == (town.clock.now(), "allowed"), told


async def test_a_yes_outweighs_times_that_do_not_suit(town: Town) -> None:
    """Who says yes to an announced time means it, though they have barred that hour since."""
    await announced(town)
    async with town.inst.store.begin() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
        row = {"id": 1, "case_id": visit.case_id, "created_at": START, "opens": 0, "closes": 1440}
        await tx.execute(barred_times.insert(), [row | {"weekday": visit.starts_at.weekday()}])

    await town.taps(ADA, "confirm")

    assert await status(town) == "confirmed"
