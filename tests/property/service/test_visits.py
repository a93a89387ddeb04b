"""Whatever the desk, the field staff and customers do: visits are lawful, kept apart, and none is lost or moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from bot.casework.travel import Point, Travel
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.customer.availability import judge_for
from bot.service.desk.invites import customer_links, invite_staff
from bot.service.desk.planning.plan import fixed_at
from bot.service.desk.planning.roster import place_of
from bot.service.outbound.gate import TEAM
from bot.store import alerts, barred_times, cases, holds, people, visits
from flows.rules import Action, ActionKind, Channel, Outcome, Purpose, decide
from tests.property.rules.customer import ZONES
from tests.property.rules.naive.judge import forbidden_by
from tests.service.conftest import Town

SAM, CORA, CHUCK, CUSTOMERS = 901, 902, 904, (101, 102, 103)
STAFF = (("collector", CHUCK, "C-2"), ("safety_officer", 905, "S-2"), ("collector", 906, "C-3"))
HEADER = (
    "case_ref,name,phone,id_last4,language,jurisdiction,timezone,address,latitude,longitude,product,currency,"
    "outstanding,overdue_since"
)
TOLD = ("noticed", "confirmed")
STEPS = (
    "plan",
    "approve_one",
    "approve_all",
    "off",
    "off",
    "back",
    "confirm",
    "move",
    "move",
    "stop",
    "jump",
)
Rows = Mapping[int, Any]


def line(pick: Random, number: int, place: str) -> str:
    """Return a case somewhere in a town, under the law of a place."""
    where = f"{51.5 + pick.uniform(-0.06, 0.06):.4f},{-0.12 + pick.uniform(-0.1, 0.1):.4f}"
    zone = pick.choice(ZONES[place])
    return (
        f"A-{number},Ada Finch,+442079460101,482X,en,{place},{zone},12 Elm Grove,{where},"
        f"credit card,GBP,1240.50,2026-11-02"
    )


async def everything(town: Town) -> dict[int, Any]:
    """Return all visits by id."""
    async with town.inst.store.read() as tx:
        return {row.id: row for row in await visits.all_rows(tx)}


async def settled_in(town: Town, pick: Random) -> None:
    """Let there be staff, three customers who can be written to, and cases of every place with a life of their own."""
    await town.staff()
    for role, chat_id, badge in STAFF:
        token = await invite_staff(town.inst, role=role, name="Another colleague", badge=badge, locale="en")
        await town.does(chat_id, "open", payload=token)
    places = ["UK"] * len(CUSTOMERS) + list(ZONES)
    await town.take_in(HEADER, *(line(pick, number, place) for number, place in enumerate(places)))
    links = (await customer_links(town.inst)).links
    for chat_id, link in zip(CUSTOMERS, links, strict=False):
        await town.enrol(chat_id, link.token)
    async with town.inst.store.begin() as tx:
        for case in await cases.all_rows(tx):
            await _life(tx, pick, case.id, town.clock.now())


async def _life(tx: Any, pick: Random, case_id: int, now: datetime) -> None:
    """Bar some hours, and hold some cases for some days."""
    if pick.random() < 0.5:
        opens = pick.randrange(0, 14) * 60
        hours = {"weekday": pick.randrange(7), "opens": opens, "closes": opens + 300}
        row = {"id": new_id(), "case_id": case_id, "created_at": now}
        await barred_times.replace(tx, case_id, [row | hours])
    if pick.random() < 0.2:
        kind = pick.choice(["dispute", "bereavement", "hardship", "breathing_space"])
        until = now + timedelta(days=pick.randrange(1, 9))
        await holds.put(tx, {"id": new_id(), "case_id": case_id, "kind": kind, "since": now, "until": until})


# -- what people do


async def plan(town: Town, pick: Random) -> None:
    await town.says(SAM, "/plan")


async def approve_one(town: Town, pick: Random) -> None:
    found = [row for row in (await everything(town)).values() if row.status == "proposed"]
    await _tap(town, SAM, f"approve:{pick.choice(found).id}:0" if found else "board:0")


async def approve_all(town: Town, pick: Random) -> None:
    await _tap(town, SAM, "approve:0")


async def off(town: Town, pick: Random) -> None:
    """One of a team is off on the day of a visit, rather of one that the customer knows of."""
    live = [row for row in (await everything(town)).values() if row.status in visits.LIVE]
    found = [row for row in live if row.status in TOLD] or live
    if not found:
        return
    visit = pick.choice(found)
    async with town.inst.store.read() as tx:
        (row,) = await people.by_ids(tx, [pick.choice([visit.collector_id, visit.safety_officer_id])])
    await town.says(row.chat_id, f"/off {visit.starts_at.date()}")
    await town.taps(row.chat_id, "off")


async def back(town: Town, pick: Random) -> None:
    await _tap_if_offered(town, pick.choice([CORA, CHUCK]), "back")


async def confirm(town: Town, pick: Random) -> None:
    await _tap_if_offered(town, pick.choice(CUSTOMERS), "confirm")


async def move(town: Town, pick: Random) -> None:
    """A customer takes the first day and time on offer, whatever they had before."""
    chat_id = pick.choice(CUSTOMERS)
    if await _tap_if_offered(town, chat_id, "move"):
        for _ in ("day", "time"):
            buttons = town.chat(chat_id).messages[-1].buttons()
            if len(buttons) > 2:
                await _tap(town, chat_id, pick.choice(buttons[:-2])["callback_data"])


async def stop(town: Town, pick: Random) -> None:
    if pick.random() < 0.3:
        await town.says(pick.choice(CUSTOMERS), "/stop")


async def jump(town: Town, pick: Random) -> None:
    await town.jump(hours=pick.choice([1, 5, 20, 30]))


async def _tap(town: Town, chat_id: int, data: str) -> None:
    await town.does(chat_id, "tap", message_id=town.chat(chat_id).messages[-1].message_id, data=data)


async def _tap_if_offered(town: Town, chat_id: int, option: str) -> bool:
    """Tap the newest button of this option; False where there never was one."""
    try:
        await town.taps(chat_id, option)
    except LookupError:
        return False
    return True


DEEDS = {
    deed.__name__: deed for deed in (plan, approve_one, approve_all, off, back, confirm, move, stop, jump)
}


# -- what must hold


async def no_two_in_the_way(town: Town, statuses: tuple[str, ...]) -> None:
    """No two visits of these share a person with less than the way between them."""
    found, way = [row for row in (await everything(town)).values() if row.status in statuses], Travel()
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        places: dict[int, Point | None] = {row.id: place_of(await batch.case(row.case_id)) for row in found}
    for one, other in combinations(found, 2):
        if {one.collector_id, one.safety_officer_id} & {other.collector_id, other.safety_officer_id}:
            gap = way.between(places[one.id], places[other.id])
            assert one.ends_at + gap <= other.starts_at or other.ends_at + gap <= one.starts_at


async def lawful(town: Town, found: list[Any], *, approved: bool) -> None:
    """Both judges allow each of these visits, as of when it is fixed."""
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        for visit in found:
            case = await batch.case(visit.case_id)
            at = batch.now if approved else await fixed_at(batch, case)
            facts = (await judge_for(batch, case, at)).facts
            made = tuple(one for one in facts.contacts if one.channel is not Channel.VISIT)
            facts = replace(facts, contacts=made)  # a planned visit is this one
            span = visit.starts_at, visit.ends_at
            slot = Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT, *span, staff=TEAM)
            packs = town.inst.library.packs[case.jurisdiction]
            assert decide(slot, facts, packs, at).outcome is Outcome.ALLOWED
            assert forbidden_by(case.jurisdiction, slot, facts, at) == ""


async def none_lost(town: Town, before: Rows, after: Rows, what: str) -> None:
    """What customers were told of stays as it was, unless they changed it themselves or heard that it is off."""
    for visit_id, was in before.items():
        if was.status not in visits.LIVE:
            continue
        now = after[visit_id]
        assert now.status in (*visits.LIVE, "ended") or (now.status == "cancelled" and now.outcome)
        if was.status in TOLD:
            assert now.starts_at == was.starts_at or (what == "move" and now.sequence > was.sequence)
            if now.outcome == "no_team":
                async with town.inst.store.read() as tx:
                    assert await alerts.open_of_case(tx, now.case_id, ["no_team"])
        if what in ("plan", "approve_one", "approve_all", "confirm"):
            assert now.status == was.status or (what == "confirm" and now.status == "confirmed")


@pytest.mark.parametrize("seed", range(4))
async def test_visits_are_lawful_apart_and_kept(town: Town, seed: int) -> None:
    """Through a week of plans, approvals, days off, moves and stops."""
    pick = Random(seed)
    await settled_in(town, pick)
    for what in ("plan", "approve_one", "approve_all", "confirm", "move", "off", *pick.choices(STEPS, k=10)):
        before = await everything(town)
        await DEEDS[what](town, pick)
        after = await everything(town)
        await none_lost(town, before, after, what)
        await no_two_in_the_way(town, visits.LIVE)
        if what == "plan":
            await no_two_in_the_way(town, (*visits.LIVE, "proposed"))
            proposed = [row for row in after.values() if row.status == "proposed"]
            await lawful(town, proposed, approved=False)
        if what.startswith("approve"):
            fresh = [row for row in after.values() if row.approved_at == town.clock.now() and row.id in before
                     and before[row.id].status == "proposed"]  # fmt: skip
            await lawful(town, fresh, approved=True)
            gone = {one.id for one in before.values() if one.status == "proposed"} - after.keys()
            assert not gone
