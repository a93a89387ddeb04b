"""What the rules said is kept with what it is about."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.errors import InputRefused
from bot.library import every_pack
from bot.service.desk.planning.plan import propose
from bot.service.desk.rules.explain import explain
from bot.service.desk.rules.replay import replay
from bot.store.tables import visits
from flows.rules import parse_pack
from tests.service.conftest import START, Town
from tests.service.test_bad_input import ADA, announced, at_identity

DAY = timedelta(days=1)
STRICT = """\
pack: policy-strict
version: 1
title: No message before noon
effective_from: 2026-01-01
reviewed_by: ""
parent: policy-default
rules:
  - id: strict-noon
    title: Messages go out from noon on
    kind: contact_window
    value: {mon-sat: "12:00-18:00"}
    citation: lender policy
    force: policy
    evidence: lender
    confidence: H
    status: verified
    actions: [message]
"""


async def test_each_verdict_has_its_receipt(town: Town) -> None:
    """Slots and messages leave receipts that read back, name the case, and hold no personal data."""
    await announced(town)

    rows = await explain(town.inst, "A-1")

    assert {row["about"] for row in rows} == {"reply", "message", "visit_slot"}
    notice = next(row for row in rows if row["purpose"] == "notice")
    assert notice["outcome"] == "allowed"
    assert "policy-default@1/policy-message-window" in notice["consulted"]
    told = str(rows)
    assert [word for word in ("Ada", "Finch", "Elm Grove", "44207946", "482X") if word in told] == []


async def test_a_message_is_explained_by_its_id_and_a_visit_by_its_own(town: Town) -> None:
    """The id of a message or a visit finds its receipts and no others; what nobody knows is refused."""
    await announced(town)
    rows = await explain(town.inst, "A-1")
    message = next(row["message_id"] for row in rows if row["purpose"] == "notice")
    visit = next(row["visit_id"] for row in rows if row["about"] == "visit_slot")

    assert {row["message_id"] for row in await explain(town.inst, str(message))} == {message}
    assert {row["visit_id"] for row in await explain(town.inst, str(visit))} == {visit}
    with pytest.raises(InputRefused, match="doorstep cases"):
        await explain(town.inst, "Z-9")


async def test_the_judgement_at_sending_time_is_kept_too(town: Town) -> None:
    """A message that waited overnight has two receipts: why it waited, and that it may go."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.jump(hours=12)  # half past nine in the evening
    await town.plan()
    await town.jump(hours=12)

    notices = [row for row in await explain(town.inst, "A-1") if row["purpose"] == "notice"]

    assert [row["outcome"] for row in notices] == ["wait", "allowed", "allowed"]
    assert [row["moment"] for row in notices] == [None, "queued", "leaving"]
    assert notices[0]["rule"] == "policy-default@1/policy-message-window"
    assert notices[0]["until"] == START + timedelta(hours=23.5)


async def test_a_refused_step_is_kept_although_its_turn_is_undone(town: Town) -> None:
    """A step that would disclose the debt too early leaves its refusal behind, and the scheduler is told."""
    await at_identity(town)
    await town.taps(902, "next")
    async with town.inst.store.begin() as tx:
        await tx.execute(update(visits).values(identity_at=None))  # as if somebody else had been at the door
    before = town.said(902)

    await town.taps(902, "outside")

    refused = [row for row in await explain(town.inst, "A-1") if row["outcome"] == "refused"]
    assert {(row["about"], row["step"]) for row in refused} == {("onsite_step", "onsite/reason")}
    assert refused[0]["rule"] == "UK@1/uk-identity-first"
    assert not any("1,240" in text for text in town.said(902)[len(before) :])
    assert any("not opened" in text for text in town.said(901))


async def test_a_replay_lists_what_would_have_been_different(town: Town) -> None:
    """Under a policy that opens at noon the notice of the morning would have waited; nothing else changes."""
    await announced(town)
    packs = (*every_pack(None), parse_pack(STRICT, "strict.yaml"))
    today = START.date()

    same = await replay(town.inst, packs, "policy-default@1", today, today)
    strict = await replay(town.inst, packs, "policy-strict@1", today, today)

    assert same.judged > len(strict.rows) > 0
    assert same.rows == []
    assert set(strict.changes) == {"allowed to wait"}
    assert {row["purpose"] for row in strict.rows} == {"notice"}
    assert {row["would_be_rule"] for row in strict.rows} == {"policy-strict@1/strict-noon"}
    assert strict.rows[0]["would_be_until"] == START + timedelta(hours=2.5)


async def test_a_replay_knows_its_days_and_its_packs(town: Town) -> None:
    """Receipts of other days are not judged, those of another place neither; an unknown pack is refused."""
    await announced(town)
    packs, today = every_pack(None), START.date()

    assert (await replay(town.inst, packs, "UK@1", today - DAY, today - DAY)).judged == 0
    assert (await replay(town.inst, packs, "HK@1", today, today)).judged == 0
    with pytest.raises(InputRefused, match="UK@1"):
        await replay(town.inst, packs, "UK@7", today, today)


async def test_a_proposal_takes_its_receipt_with_it(town: Town) -> None:
    """Planning twice leaves the receipts of the second proposal only: the first bound nobody."""
    await town.staff()
    await town.cases("A-1")
    for _ in range(2):
        await propose(town.inst)

    assert [row["about"] for row in await explain(town.inst, "A-1")] == ["visit_slot"]
