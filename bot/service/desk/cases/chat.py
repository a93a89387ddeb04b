"""The scheduler's chat: the plan to approve, one case at a glance."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.service.customer.stop import has_stopped
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.holds_chat import holds_section
from bot.service.desk.cases.looked import note_look
from bot.service.desk.cases.section import Section
from bot.service.desk.cases.timeline_chat import arrears_section
from bot.service.desk.cases.waiting import waiting_section
from bot.service.desk.planning.planner import ask_for_plan
from bot.service.desk.planning.texts import WORKING
from bot.service.desk.queue.card import STOP_EVERYTHING
from bot.service.desk.risk.chat import risk_section
from bot.service.field.evidence.section import evidence_section
from bot.service.inbound.incoming import Command
from bot.service.outbound.texts import (
    CASE_SUMMARY,
    CASE_WHICH,
    STAGES,
    UNKNOWN_CASE,
)
from bot.store import cases

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


async def plan(talk: "Talk", command: Command) -> None:
    """Ask for a plan; it is made beside this chat's turn, and shown when it is ready."""
    if talk.staff is not None:
        await talk.secure()
        await ask_for_plan(talk.batch, "plan", talk.staff.id)
        await talk.say(WORKING)


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
    note_look(talk, found.id)
    sections = [await section(talk, found) for section in SECTIONS]
    html = "\n\n".join(one.html for one in sections if one.html)
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


async def _stop(talk: "Talk", case: CaseFile) -> Section:
    """The button that stops everything, unless that was done; the reason is asked for before anything happens."""
    stopped = await has_stopped(talk.batch, case.id)
    return Section("", [] if stopped else [[(talk.plain(STOP_EVERYTHING), f"stopcase:{case.id}")]])


SECTIONS: Sequence[Callable[["Talk", CaseFile], Awaitable[Section]]] = (
    _head,
    arrears_section,
    holds_section,
    waiting_section,
    risk_section,
    evidence_section,
    _stop,
)
