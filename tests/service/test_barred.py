"""Where the rules bar the messenger for customers nothing is sent in silence, and the team can still do its work."""

from pathlib import Path

from sqlalchemy import select

from bot.library import Library
from bot.service.desk.invites import customer_links
from bot.service.desk.letters import Letters, notices
from bot.store.tables import audit, cases, outbox, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA

OVERRIDE = """\
pack: policy-own
version: 1
title: Our own
effective_from: 2026-01-01
reviewed_by: ""
parent: policy-default
rules: []
overrides:
  - rule: cn-channel-messenger
    by: R. Viewer
    on: 2027-01-04
    reason: consent and contract in place
"""


async def in_china(town: Town) -> str:
    """Take a case in that lives under the rules of CN; return the link that it had before it did."""
    await town.staff()
    (link,) = await town.cases("A-1")
    async with town.inst.store.begin() as tx:
        await tx.execute(cases.update().values(jurisdiction="CN", timezone="Asia/Shanghai", locale="zh_Hans"))
    return link


async def sent(town: Town) -> int:
    """Return how many messages to customers were put down or sent."""
    async with town.inst.store.read() as tx:
        return len((await tx.execute(select(outbox).where(outbox.c.contact))).all())


async def test_a_link_that_is_opened_all_the_same(town: Town) -> None:
    """The chat is not linked and nothing personal is said: only how to reach the lender. The scheduler sees it."""
    link = await in_china(town)

    await town.does(ADA, "open", payload=link)

    (said,) = town.said(ADA)
    assert said.startswith("Thank you for opening the link. We may not talk with you in this app")
    assert said.endswith("+44 20 7946 0000")
    assert await sent(town) == 0
    assert any("do not let us write" in text for text in town.said(901))


async def test_nobody_is_invited_there(town: Town) -> None:
    """Neither a letter nor a text message carries a link to a customer whom nobody may write to there."""
    await in_china(town)

    assert (await customer_links(town.inst)).links == []


async def test_an_approved_visit_is_told_by_letter(town: Town, tmp_path: Path) -> None:
    """The scheduler is told that the chat is barred; a letter for the visit is printed; nothing goes to the chat."""
    await in_china(town)
    await town.plan()

    (notice,) = await notices(town.inst)
    Letters(town.inst, tmp_path).write_notice(notice)

    assert (tmp_path / "A-1.visit.pdf").read_bytes().startswith(b"%PDF")
    assert any("do not let us write" in text for text in town.said(901))
    assert await sent(town) == 0


async def test_without_a_yes_nobody_comes(town: Town) -> None:
    """A visit that nobody agreed to by phone is cancelled when it would begin, and the scheduler is told."""
    await in_china(town)
    await town.plan()

    await town.jump(days=15)

    async with town.inst.store.read() as tx:
        (visit,) = (await tx.execute(select(visits))).all()
    assert (visit.status, visit.outcome) == ("cancelled", "not_announced")
    assert any("could not be told in time" in text for text in town.said(901))


async def test_a_reviewer_may_override_it(town: Town, tmp_path: Path) -> None:
    """With an override in a pack of the lender's own the chat is used, and each use is logged with who and why."""
    link = await in_china(town)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own.yaml").write_text(OVERRIDE, "utf-8")
    object.__setattr__(town.inst, "library", Library("policy-own", tmp_path / "own"))

    await town.enrol(ADA, link)

    assert any("last four characters" in text for text in town.said(ADA))
    async with town.inst.store.read() as tx:
        used = (
            (await tx.execute(select(audit.c.data).where(audit.c.kind == "rule.set_aside"))).scalars().all()
        )
    assert len(used) >= await sent(town) > 0
    assert used[0] == {
        "rule": "CN@1/cn-channel-messenger",
        "by": "R. Viewer",
        "on": "2027-01-04",
        "reason": "consent and contract in place",
    }
