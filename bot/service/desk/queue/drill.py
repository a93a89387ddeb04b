"""`/drill`: a practice alarm for today's team or for a made-up visit. It rings as a real one; no customer is told."""

from typing import TYPE_CHECKING, Any

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.audit_line import About, audit_line
from bot.service.desk.board import day_of
from bot.service.desk.queue.alerts import alert
from bot.service.desk.queue.card import MADE_UP
from bot.service.desk.queue.drill_result import minutes
from bot.service.desk.queue.kinds import DRILL
from bot.service.field.watch import WELL
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.colleague import Offer, tell
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import alerts, visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.outbound.ports import Button


WHICH = T(
    "drill/which",
    "A drill rings like a call for help: for everybody on duty, then up the ladder, each message marked as a drill. "
    "No customer is told. For whom?",
)
SURE = T("drill/sure", "Start the drill now, {about}?")
START = T("drill/start", "Start the drill")
NOT_NOW = T("drill/not_now", "Not now")
STARTED = T("drill/started", "DRILL started. You are told when somebody has taken it.")
RUNS = T("drill/runs", "This drill is running already.")
NONE = T("drill/none", "No drill was started.")
TEAM = T(
    "drill/team",
    "DRILL, no real alarm. Your scheduler practises a call for help. If you can, tap “We are well”; the visit goes "
    "first.",
)
ANSWERED = T("drill/answered", "DRILL: {name} answered after {clock} minutes.")
THANKS = T("drill/thanks", "Thank you. That was all; the drill asks nothing more of you.")


async def drill(talk: "Talk", command: Command) -> None:
    """Ask for which of today's teams, or for a made-up visit."""
    rows = await visits.between(talk.batch.tx, *day_of(talk.batch.inst, talk.batch.now))
    buttons: list[list[Button]] = [
        [(await _label(talk, row), f"drill:{row.id}")] for row in rows if row.status in visits.GOING_ON
    ]
    buttons += [[(talk.plain(MADE_UP), "drill:0")], [(talk.plain(NOT_NOW), "drillno:0")]]
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, talk.text(WHICH), buttons))


async def ask(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask once more: a slip on the menu must not ring for anybody."""
    visit = await _visit(talk, reference)
    if visit is None and reference.subject_id:
        return talk.plain(NO_LONGER_OPEN)
    about = await _label(talk, visit) if visit is not None else talk.plain(MADE_UP)
    buttons = [(talk.plain(START), f"drillgo:{reference.subject_id}"), (talk.plain(NOT_NOW), "drillno:0")]
    html = talk.text(SURE, about=about)
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [buttons], tap.origin.message_id))
    return ""


async def start(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ring, and ask the team, if it is for one."""
    visit = await _visit(talk, reference)
    if talk.staff is None or (visit is None and reference.subject_id):
        return talk.plain(NO_LONGER_OPEN)
    case_id, visit_id = (visit.case_id, visit.id) if visit is not None else (None, None)
    fresh = await alert(
        talk.batch, talk.changes, DRILL, case_id=case_id, visit_id=visit_id, subject_id=talk.staff.id
    )
    if not fresh:
        return talk.plain(RUNS)
    await _in_place(talk, tap, STARTED)
    if visit is not None:
        await _ask_team(talk, visit)
    return ""


async def drop(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Start none."""
    await _in_place(talk, tap, NONE)
    return ""


async def answered(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """One of the team saw it: whoever started it is told after how long, once for each."""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    if row is None or row.kind != DRILL or talk.staff is None:
        return talk.plain(NO_LONGER_OPEN)
    await _in_place(talk, tap, THANKS)
    passed = talk.batch.now - row.opened_at
    line = audit_line(
        talk.batch.now,
        talk.actor,
        "drill.answered",
        About(row.case_id, row.visit_id),
        item=row.id,
        seconds=int(passed.total_seconds()),
    )
    talk.changes.audit.append(line)
    starter = await talk.batch.person(row.subject_id)
    clock = minutes(passed)
    await tell(talk.batch, talk.changes, starter, ANSWERED, name=talk.staff.name, clock=clock)
    return ""


async def _ask_team(talk: "Talk", visit: Any) -> None:
    (row,) = await alerts.open_of_case(talk.batch.tx, visit.case_id, [DRILL])
    offers = [[Offer(WELL, f"drillwell:{row.id}")]]
    for person_id in (visit.collector_id, visit.safety_officer_id):
        person = await talk.batch.person(person_id)
        await tell(talk.batch, talk.changes, person, TEAM, lane=Lane.SAFETY, offers=offers)


async def _visit(talk: "Talk", reference: ActionTap) -> Any | None:
    """Return the live visit that a button names."""
    found = await visits.by_ids(talk.batch.tx, [reference.subject_id]) if reference.subject_id else []
    return next((row for row in found if row.status in visits.GOING_ON), None)


async def _label(talk: "Talk", visit: Any) -> str:
    case = await talk.batch.case(visit.case_id)
    when = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
    team = [(await talk.batch.person(one)).badge for one in (visit.collector_id, visit.safety_officer_id)]
    return f"{when} {case.case_ref} · {', '.join(team)}"


async def _in_place(talk: "Talk", tap: Tap, text: Any) -> None:
    call = talk.batch.inst.calls.menu(talk.chat_id, talk.text(text), [], tap.origin.message_id)
    await talk.reply(call)
