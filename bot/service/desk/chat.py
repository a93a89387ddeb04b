"""The scheduler's chat: how far the cases are, the plan to approve, one case at a glance."""

from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.service.desk import plan as planning
from bot.service.desk.card import by_the_rules
from bot.service.desk.casefile import CaseFile
from bot.service.inbound.incoming import Command
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import (
    APPROVE_ALL,
    BOARD,
    CASE_MESSAGE,
    CASE_SUMMARY,
    CASE_VISIT,
    CASE_WHICH,
    PLAN_EMPTY,
    PLAN_HEADING,
    STAGES,
    STATUSES,
    UNKNOWN_CASE,
)
from bot.store import cases, outbox, receipts, visits

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
    summary = talk.text(
        CASE_SUMMARY,
        case_ref=found.case_ref,
        name=found.personal["name"],
        stage=talk.plain(STAGES[found.stage]),
        outstanding=formats.money(talk.locale, found.outstanding, found.currency),
        since=formats.date(talk.locale, found.overdue_since),
    )
    lines, keyboard = await _waiting(talk, found)
    html, calls = "\n".join([summary, *lines]), talk.batch.inst.calls
    call = calls.menu(talk.chat_id, html, keyboard) if keyboard else calls.say(talk.chat_id, html)
    await talk.reply(call)


async def _waiting(talk: "Talk", case: CaseFile) -> tuple[list[str], list[list[Button]]]:
    """Return what of a case waits, its visit and its messages, each with a way to ask why."""
    batch, zone = talk.batch, talk.batch.inst.settings.timezone
    lines, keyboard = list[str](), list[list[Button]]()
    visit = await visits.live_of(batch.tx, case.id)
    if visit is not None:
        day = formats.day(talk.locale, case.timezone, visit.starts_at)
        time = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
        lines.append(talk.text(CASE_VISIT, day=day, time=time, status=talk.plain(STATUSES[visit.status])))
        waits = visit.status == "approved"
        why = await receipts.last_obstacle(batch.tx, visit.id) if waits else None
        keyboard.append(await by_the_rules(batch, talk.locale, why, visit.id))
    for message in await outbox.waiting_of_case(batch.tx, case.id, batch.now):
        day = formats.day(talk.locale, zone, message.not_before)
        time = formats.clock(talk.locale, zone, message.not_before)
        lines.append(talk.text(CASE_MESSAGE, day=day, time=time))
        why = await receipts.last_obstacle(batch.tx, message.id)
        keyboard.append(await by_the_rules(batch, talk.locale, why, None))
    return lines, [row for row in keyboard if row]
