"""The plan in the scheduler's chat: the week and the map as pictures, and the list, what is in conflict first."""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby
from typing import Any

from bot.casework.masking import mask_address
from bot.casework.plan import KeptOut
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.planning.pictures import sketch
from bot.service.desk.planning.plan import Checked, LeftOut, checked
from bot.service.desk.planning.roster import team_of
from bot.service.desk.planning.texts import CONFLICTS, LEFT_OUT, MORE, MORE_LATER, ONE_BY_ONE, REASONS
from bot.service.desk.risk.chat import left_out_section
from bot.service.desk.rules.titles import title_of_named
from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from bot.service.outbound.texts import APPROVE_ALL, PLAN_EMPTY, PLAN_HEADING

LINES = 30  # proposals that the list shows


async def send_plan(inst: Installation, person_id: int, left_out: Sequence[LeftOut]) -> None:
    """Show a plan that was just made to whoever asked for it."""
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        talk = await _talk_with(batch, person_id)
        if talk is None:
            return
        found = await checked(batch)
        conflicts = {one.visit.id for one in found if one.why is not None}
        drawn = await sketch(talk, [one.visit for one in found], conflicts)
    pictures = await drawn.draw() if drawn else None
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        talk = await _talk_with(batch, person_id)
        if talk is None:
            return
        if drawn and pictures:
            caption = talk.text(MORE_LATER) if pictures.goes_on else ""
            await talk.reply(inst.calls.photo(talk.chat_id, pictures.week, caption))
            await talk.reply(inst.calls.photo(talk.chat_id, pictures.map, ""))
        await _list(talk, await checked(batch), left_out)
        await talk.changes.write(tx)


async def _talk_with(batch: Batch, person_id: int) -> Talk | None:
    """Return a talk with a member of staff; None when they have no chat."""
    await batch.load([])
    person = await batch.person(person_id)
    if person.chat_id is None:
        return None
    await batch.load([person.chat_id])
    return Talk(batch, person.chat_id)


async def _list(talk: Talk, found: Sequence[Checked], left_out: Sequence[LeftOut]) -> None:
    """What needs a look comes first: proposals in conflict, cases without a visit; then the plan by day."""
    lines = [*await _trouble(talk, found, left_out)]
    good = [one.visit for one in found if one.why is None]
    treated = await left_out_section(talk)
    otherwise = ["", treated.html] if treated is not None else []
    if not found:
        html = "\n".join([*lines, talk.text(PLAN_EMPTY), *otherwise])
        await talk.reply(talk.batch.inst.calls.say(talk.chat_id, html))
        return
    lines += [
        talk.text(PLAN_HEADING, count=len(good)),
        *[line async for line in _by_day(talk, good)],
        *otherwise,
    ]
    buttons = [[(talk.plain(APPROVE_ALL), "approve:0")], [(talk.plain(ONE_BY_ONE), "pick:0")]]
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, "\n".join(lines), buttons))


async def _trouble(talk: Talk, found: Sequence[Checked], left_out: Sequence[LeftOut]) -> list[str]:
    conflicts = [(one.visit.case_id, one.why, str(one.verdict.bound)) for one in found if one.why is not None]
    lines: list[str] = []
    for heading, rows in ((CONFLICTS, conflicts), (LEFT_OUT, list(left_out))):
        if rows:
            lines.append(f"⚠️ {talk.text(heading, count=len(rows))}")
            for case_id, why, rule in rows[:LINES]:
                case = await talk.batch.case(case_id)
                text = f"{case.case_ref}: {why_text(talk, case, why, rule)}"
                lines.append(talk.batch.inst.calls.escape(text))
            if len(rows) > LINES:
                lines.append(talk.text(MORE, count=len(rows) - LINES))
            lines.append("")
    return lines


def why_text(talk: Talk, case: CaseFile, why: KeptOut, rule: str = "") -> str:
    """Return which constraint kept a case out, as plain text; for the law what the rule of that name says."""
    words, inst = talk.plain(REASONS[why]), talk.batch.inst
    if why is not KeptOut.LAW:
        return words
    packs = packs_of(inst, case.jurisdiction)
    return words.format(rule=title_of_named(inst.catalogues, talk.locale, rule, packs) if rule else "?")


async def _by_day(talk: Talk, good: Sequence[Any]) -> AsyncIterator[str]:
    day_of = {}
    for visit in good[:LINES]:
        case = await talk.batch.case(visit.case_id)
        day_of[visit.id] = formats.day(talk.locale, case.timezone, visit.starts_at)
    for day, of_day in groupby(good[:LINES], key=lambda visit: day_of[visit.id]):
        yield f"\n<b>{talk.batch.inst.calls.escape(day)}</b>"
        for visit in of_day:
            yield talk.batch.inst.calls.escape(await _line(talk, visit))
    if len(good) > LINES:
        yield "\n" + talk.text(MORE, count=len(good) - LINES)


async def _line(talk: Talk, visit: Any) -> str:
    case = await talk.batch.case(visit.case_id)
    when = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
    where = mask_address(str(case.personal["address"]))
    return f"{when} · {case.case_ref} · {where} · {await team_of(talk.batch, visit)}"
