"""The approach brief of one visit, for the team and the scheduler."""

from typing import TYPE_CHECKING, Any

from bot.casework.brief import Approach, brief
from bot.i18n import formats
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.planning.roster import team_of
from bot.service.field.brief_texts import ADVICE, BRIEF_FACTS, BRIEF_HEADING, BRIEF_NOTES, SECTIONS
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, NOT_YOURS
from bot.service.person import DESK_ROLES
from bot.store import people, visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

BIG_HOUSEHOLD = 4  # people


async def brief_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show the brief to one of the two who go, or to a scheduler; the look is logged."""
    rows = await visits.by_ids(talk.batch.tx, [reference.subject_id])
    if not rows or talk.staff is None:
        return talk.plain(NO_LONGER_OPEN)
    visit = rows[0]
    if (
        talk.staff.id not in (visit.collector_id, visit.safety_officer_id)
        and talk.staff.role not in DESK_ROLES
    ):
        return talk.plain(NOT_YOURS)
    line = {"at": talk.batch.now, "actor": f"person:{talk.staff.id}", "kind": "case.looked_at"}
    talk.changes.audit.append(line | {"case_id": visit.case_id, "visit_id": visit.id, "data": {}})
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, await _html(talk, visit)))
    return ""


async def _html(talk: "Talk", visit: Any) -> str:
    batch = talk.batch
    case = await batch.case(visit.case_id)
    day = formats.day(talk.locale, case.timezone, visit.starts_at)
    time = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
    lines = [f"<b>{talk.text(BRIEF_HEADING, case_ref=case.case_ref, day=day, time=time)}</b>", ""]
    lines.append(
        talk.text(
            BRIEF_FACTS,
            name=case.personal["name"],
            address=case.personal["address"],
            outstanding=formats.money(talk.locale, case.outstanding, case.currency),
            since=formats.date(talk.locale, case.overdue_since),
            team=await team_of(batch, visit),
        )
    )
    if case.personal.get("notes"):
        lines.append(talk.text(BRIEF_NOTES, notes=case.personal["notes"]))
    for section, codes in brief(await _known(talk, visit, case)).items():
        if codes:
            lines += ["", f"<b>{talk.text(SECTIONS[section])}</b>"]
            lines += [f"• {talk.text(ADVICE[code])}" for code in codes]
    return "\n".join(lines)


async def _known(talk: "Talk", visit: Any, case: CaseFile) -> Approach:
    earlier = [row for row in await visits.of_case(talk.batch.tx, case.id) if row.id != visit.id]
    ended = [row.outcome for row in earlier if row.status == "ended"]
    (collector,) = await people.by_ids(talk.batch.tx, [visit.collector_id])
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
