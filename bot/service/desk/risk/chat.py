"""Risk in the scheduler's chat: a section of `/case`, the choice of a treatment, what the plan leaves out."""

from typing import TYPE_CHECKING

from bot.casework.risk import Treatment
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.audit_line import colleague
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.section import Section
from bot.service.desk.risk.treatment import Standing, decide, standing, standings
from bot.service.desk.risk.words import RiskWords
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import cases, visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

LISTED = 20  # cases that a message names; the rest is counted
DECIDE = T("risk/decide", "Decide")
WHICH = T("risk/which", "{case_ref}: what is to be done? Recommended: {treatment}")
NOTED = T("risk/noted", "{case_ref}: {treatment}. Noted.")
ARRANGED = T(
    "risk/arranged", "A visit is still arranged for {day}, {time}. This decision does not cancel it."
)
LEFT_OUT = T("risk/left_out_heading", "Without a visit, because of the treatment: {count}")
MORE = T("risk/more", "… and {count} more")


async def risk_section(talk: "Talk", case: CaseFile) -> Section:
    """Return the four grades with their reasons and the treatment, and the button to decide."""
    found = await standing(talk.batch, case.id)
    words, escape = RiskWords(talk.batch.inst, talk.locale), talk.batch.inst.calls.escape
    parts = [_view(*map(escape, words.view(scored))) for scored in found.assessment.views.values()]
    parts.append(escape("\n".join(words.treatment(found))))
    return Section("\n\n".join(parts), [[(talk.plain(DECIDE), f"decide:{case.id}")]])


def _view(title: str, *lines: str) -> str:
    return "\n".join((f"<b>{title}</b>", *lines))


async def choose(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Offer the treatments of a case, the recommended one first."""
    found = await standing(talk.batch, reference.subject_id)
    words = RiskWords(talk.batch.inst, talk.locale)
    cards = talk.batch.inst.library.risk.table.treatments.values()
    ordered = sorted(cards, key=lambda card: card.id != found.recommended.id)
    rows = [[(words.say(card.label), f"treat:{found.case.id}:{card.id}")] for card in ordered]
    html = talk.text(WHICH, case_ref=found.case.case_ref, treatment=words.say(found.recommended.label))
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, rows))
    return ""


async def treat(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Keep the treatment that was chosen; one that overrules the recommendation asks for its reason first."""
    if reference.extra not in set(Treatment):
        return talk.plain(NO_LONGER_OPEN)
    batch, case_id, treatment = talk.batch, reference.subject_id, Treatment(reference.extra)
    if tap.origin.message_id is not None:
        await talk.reply(batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    found = await standing(batch, case_id)
    if treatment != found.recommended.id:
        words = RiskWords(batch.inst, talk.locale)
        label = words.say(batch.inst.library.risk.table.treatments[treatment].label)
        recommended = words.say(found.recommended.label)
        values = {"treatment": str(treatment), "chosen": label, "recommended": recommended}
        await talk.begin("overrule", case_id=case_id, values=values)
        return ""
    person = talk.staff.id if talk.staff is not None else 0
    await confirm(talk, await decide(batch, case_id, treatment, reason=None, actor=colleague(person)))
    return ""


async def confirm(talk: "Talk", found: Standing) -> None:
    """Say what is noted now, and whether a visit stands against it."""
    label = RiskWords(talk.batch.inst, talk.locale).say(found.treatment.label)
    await talk.say(NOTED, case_ref=found.case.case_ref, treatment=label)
    visit = None if found.to_visit else await visits.live_of(talk.batch.tx, found.case.id)
    if visit is not None:
        day = formats.day(talk.locale, found.case.timezone, visit.starts_at)
        time = formats.span(talk.locale, found.case.timezone, visit.starts_at, visit.ends_at)
        await talk.say(ARRANGED, day=day, time=time)


async def left_out_section(talk: "Talk") -> Section | None:
    """Return which cases get no visit because of their treatment; None if there are none."""
    rows = await cases.without_live_visit(talk.batch.tx)
    found = await standings(talk.batch, [row.id for row in rows])
    words = RiskWords(talk.batch.inst, talk.locale)
    lines = [words.left_out(one) for one in found.values() if not one.to_visit]
    if not lines:
        return None
    shown = [words.say(LEFT_OUT, count=len(lines)), *lines[:LISTED]]
    if len(lines) > LISTED:
        shown.append(words.say(MORE, count=len(lines) - LISTED))
    return Section(talk.batch.inst.calls.escape("\n".join(shown)))
