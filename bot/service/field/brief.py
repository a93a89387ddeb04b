"""The approach brief of one visit, for the team and the scheduler."""

from typing import TYPE_CHECKING, Any, NamedTuple

from bot.casework.brief import Approach, brief
from bot.i18n import formats
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.looked import note_look
from bot.service.desk.planning.roster import team_of
from bot.service.field.brief_texts import ADVICE, BRIEF_FACTS, BRIEF_HEADING, BRIEF_NOTES, SECTIONS
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, NOT_YOURS
from bot.service.person import DESK_ROLES
from bot.store import people, visits
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.conversations.talk import Talk

BIG_HOUSEHOLD = 4  # people


async def brief_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show the brief to one of the two who go, or to a scheduler; the look is logged."""
    visit, refusal = await visit_for(talk, reference.subject_id)
    if visit is None:
        return refusal
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, await _html(talk, visit)))
    return ""


async def visit_for(talk: "Talk", visit_id: int) -> tuple[Any | None, str]:
    """Return a visit that this person may look at, and log the look; else why they may not."""
    rows = await visits.by_ids(talk.batch.tx, [visit_id])
    if not rows or talk.staff is None:
        return None, talk.plain(NO_LONGER_OPEN)
    visit = rows[0]
    theirs = talk.staff.id in (visit.collector_id, visit.safety_officer_id)
    if not theirs and talk.staff.role not in DESK_ROLES:
        return None, talk.plain(NOT_YOURS)
    note_look(talk, visit.case_id, visit.id)
    return visit, ""


class Brief(NamedTuple):
    """The brief in the words of one language, not escaped; `sections` are headings with their advice."""

    heading: str
    facts: str
    notes: str
    sections: list[tuple[str, list[str]]]


async def brief_of(batch: "Batch", visit: Any, locale: str) -> Brief:
    """Return the brief of a visit in a language."""
    case = await batch.case(visit.case_id)

    def say(text: Text, **values: object) -> str:
        words = batch.inst.catalogues.text(locale, text.context, text.msgid)
        return words.format_map(values) if values else words

    facts = say(
        BRIEF_FACTS,
        name=case.personal["name"],
        address=case.personal["address"],
        outstanding=formats.money(locale, case.outstanding, case.currency),
        since=formats.date(locale, case.overdue_since),
        team=await team_of(batch, visit),
    )
    advice = brief(await _known(batch, visit, case)).items()
    return Brief(
        heading=say(
            BRIEF_HEADING,
            case_ref=case.case_ref,
            day=formats.day(locale, case.timezone, visit.starts_at),
            time=formats.span(locale, case.timezone, visit.starts_at, visit.ends_at),
        ),
        facts=facts,
        notes=say(BRIEF_NOTES, notes=case.personal["notes"]) if case.personal.get("notes") else "",
        sections=[
            (say(SECTIONS[one]), [say(ADVICE[code]) for code in codes]) for one, codes in advice if codes
        ],
    )


async def _html(talk: "Talk", visit: Any) -> str:
    found = await brief_of(talk.batch, visit, talk.locale)
    escape = talk.batch.inst.calls.escape
    lines = [f"<b>{escape(found.heading)}</b>", "", escape(found.facts)]
    lines += [escape(found.notes)] if found.notes else []
    for title, advice in found.sections:
        lines += ["", f"<b>{escape(title)}</b>", *(f"• {escape(one)}" for one in advice)]
    return "\n".join(lines)


async def _known(batch: "Batch", visit: Any, case: CaseFile) -> Approach:
    earlier = [row for row in await visits.of_case(batch.tx, case.id) if row.id != visit.id]
    ended = [row.outcome for row in earlier if row.status == "ended"]
    (collector,) = await people.by_ids(batch.tx, [visit.collector_id])
    household = case.loan.get("household_size")
    return Approach(
        confirmed=visit.status in ("confirmed", "under_way", "ended"),
        chose_the_time=visit.sequence > 0,
        vulnerable=bool(case.personal.get("vulnerable")),
        promises_kept=int(case.loan.get("prior_promises_kept") or 0),
        promises_broken=int(case.loan.get("prior_promises_broken") or 0),
        earlier_visits=len(ended),
        asked_to_leave_before="asked_to_leave" in ended,
        nobody_home_before="nobody_home" in ended,
        other_language=case.locale not in (collector.languages or [case.locale]),
        income_known=case.personal.get("monthly_income") is not None,
        big_household=None if household is None else int(household) >= BIG_HOUSEHOLD,
    )
