"""The scheduler's chat: how far the cases are, the plan to approve, one case at a glance."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.service.desk import plan as planning
from bot.service.desk.casefile import CaseFile
from bot.service.desk.risk_chat import left_out_section, risk_section
from bot.service.desk.section import Section
from bot.service.desk.timeline_chat import arrears_section
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
        await _nothing_to_propose(talk)
        return
    lines = [talk.text(PLAN_HEADING, count=len(proposed)), ""]
    for visit in proposed[:40]:
        case = await talk.batch.case(visit.case_id)
        when = f"{formats.day(talk.locale, case.timezone, visit.starts_at)}, "
        when += formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
        lines.append(talk.batch.inst.calls.escape(f"{case.case_ref}: {when}"))
    left_out = await left_out_section(talk)
    html = "\n".join([*lines, "", left_out.html] if left_out is not None else lines)
    button = (talk.plain(APPROVE_ALL), "approve:0")
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [[button]]))


async def _nothing_to_propose(talk: "Talk") -> None:
    left_out = await left_out_section(talk)
    parts = [talk.text(PLAN_EMPTY), *([left_out.html] if left_out is not None else [])]
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, "\n\n".join(parts)))


async def case(talk: "Talk", command: Command) -> None:
    """Show one case, section by section, with the buttons of all."""
    if not command.argument:
        await talk.say(CASE_WHICH)
        return
    row = await cases.by_ref(talk.batch.tx, command.argument.strip())
    if row is None:
        await talk.say(UNKNOWN_CASE)
        return
    found = await talk.batch.case(row.id)
    looked = {"at": talk.batch.now, "actor": f"person:{talk.staff.id if talk.staff else 0}", "data": {}}
    talk.changes.audit.append(looked | {"kind": "case.looked_at", "case_id": found.id})
    sections = [await section(talk, found) for section in SECTIONS]
    html = "\n\n".join(one.html for one in sections)
    rows = [row for one in sections for row in one.rows]
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, rows))


async def _head(talk: "Talk", case: CaseFile) -> Section:
    """How far the case is and what is outstanding."""
    html = talk.text(
        CASE_SUMMARY,
        case_ref=case.case_ref,
        name=case.personal["name"],
        stage=talk.plain(STAGES[case.stage]),
        outstanding=formats.money(talk.locale, case.outstanding, case.currency),
        since=formats.date(talk.locale, case.overdue_since),
    )
    return Section(html)


SECTIONS: Sequence[Callable[["Talk", CaseFile], Awaitable[Section]]] = (_head, arrears_section, risk_section)
