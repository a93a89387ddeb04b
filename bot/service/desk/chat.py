"""The scheduler's chat: how far the cases are, the plan to approve, one case at a glance."""

from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.service.desk import plan as planning
from bot.service.inbound.incoming import Command
from bot.service.outbound.texts import (
    APPROVE_ALL,
    BOARD,
    CASE_SUMMARY,
    CASE_WHICH,
    PLAN_EMPTY,
    PLAN_HEADING,
    STAGES,
    UNKNOWN_CASE,
)
from bot.store import cases

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def board(talk: "Talk", command: Command) -> None:
    """Count the cases by stage."""
    counts = await cases.count_by_stage(talk.batch.tx)
    lines = [talk.text(BOARD), ""]
    lines += [f"{talk.text(text)}: {counts[stage]}" for stage, text in STAGES.items() if counts.get(stage)]
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, "\n".join(lines)))


async def plan(talk: "Talk", command: Command) -> None:
    """Propose visits and offer to approve them all."""
    await talk.secure()
    proposed = await planning.propose(talk.batch)
    if not proposed:
        await talk.say(PLAN_EMPTY)
        return
    lines = [talk.text(PLAN_HEADING, count=len(proposed)), ""]
    for visit in proposed[:40]:
        case = await talk.batch.case(visit.case_id)
        when = f"{formats.day(talk.locale, case.timezone, visit.starts_at)}, "
        when += formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
        lines.append(talk.batch.inst.calls.escape(f"{case.case_ref}: {when}"))
    html = "\n".join(lines)
    button = (talk.plain(APPROVE_ALL), "approve:0")
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [[button]]))


async def case(talk: "Talk", command: Command) -> None:
    """Show one case: how far it is and what is outstanding."""
    if not command.argument:
        await talk.say(CASE_WHICH)
        return
    row = await cases.by_ref(talk.batch.tx, command.argument.strip())
    if row is None:
        await talk.say(UNKNOWN_CASE)
        return
    found = await talk.batch.case(row.id)
    await talk.say(
        CASE_SUMMARY,
        case_ref=found.case_ref,
        name=found.personal["name"],
        stage=talk.plain(STAGES[found.stage]),
        outstanding=formats.money(talk.locale, found.outstanding, found.currency),
        since=formats.date(talk.locale, found.overdue_since),
    )
