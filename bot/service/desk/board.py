"""The board: cases by stage down to each of them, today's visits as they stand, and what waits and why."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.casework.alarms import AlarmFigures
from bot.casework.lights import Light
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.conversations.batch import Batch
from bot.service.desk.cases import chat
from bot.service.desk.cases.look import visit_row
from bot.service.desk.queue.drill_result import minutes
from bot.service.desk.queue.figures import DAYS, figures
from bot.service.desk.queue.kinds import Urgency, kind_of
from bot.service.desk.rules.titles import title_in
from bot.service.field.watch import expected_end, light_of
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.installation import Installation
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import BOARD, NO_LONGER_OPEN, STAGES, STATUSES
from bot.store import alerts, cases, holds, outbox, visits
from flows.rules import RuleRef

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from flows.script import Text

PAGE = 20  # cases on a page
COLUMNS = 5

TODAY = T("board/today", "Today's visits: {count}")
WAITS = T("board/waits", "What waits: {count}")
QUEUE = T("board/queue", "Queue: {count}, urgent: {urgent}")
TO_BOARD = T("board/back", "To the board")
BEFORE = T("board/before", "‹ Back")
AFTER = T("board/after", "More ›")
STAGE = T("board/stage", "{stage}: {count}")
NO_VISITS = T("board/no_visits", "No visits today.")
NOTHING_WAITS = T("board/nothing_waits", "Nothing waits.")
MESSAGES = T("board/messages", "Messages that wait: {count}, the next on {day}, {time}\n{why}")
ON_HOLD = T("board/on_hold", "Cases on hold: {kind}: {count}")
LIGHTS = {
    Light.GREEN: T("board/green", "🟢 until {time}"),
    Light.AMBER: T("board/amber", "🟡 over since {time}"),
    Light.RED: T("board/red", "🔴 over since {time}"),
}
ALARMS = T("board/alarms", "Alarms in {days} days: {count}, of which false: {false} ({rate}){few}")
FEW = T("board/few", ", too few to judge by")
DRILLS = T("board/drills", "Drills: {count}, taken: {taken}, after {clock} minutes (median)")
SAID_WELL = T("board/well", "well at {time}")
OWN_TIME = T("board/own_time", "until their own time")


async def board(talk: "Talk", command: Command) -> None:
    """Show the board."""
    await _show_board(talk, None)


async def back(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show the board in place of this message."""
    await _show_board(talk, tap.origin.message_id)
    return ""


async def _show_board(talk: "Talk", edit: int | None) -> None:
    tx, now = talk.batch.tx, talk.batch.now
    stages = await cases.count_by_stage(tx)
    items = await alerts.count_open(tx)
    urgent = sum(one.open for kind, one in items.items() if kind_of(kind).urgency is Urgency.NOW)
    lines = [talk.text(BOARD), ""]
    lines += [_count(talk, stage, stages[stage]) for stage in STAGES if stages.get(stage)]
    rows: list[list[Button]] = [
        [(_count(talk, one, stages[one]), f"stage:0:{one}")] for one in STAGES if stages.get(one)
    ]
    today = len(await visits.between(tx, *day_of(talk.batch.inst, now)))
    waits = len(await outbox.waiting(tx, now))
    rows.append(
        [
            (talk.plain(TODAY).format(count=today), "today:0"),
            (talk.plain(WAITS).format(count=waits), "waits:0"),
        ]
    )
    lines += _alarms(talk, await figures(tx, now))
    count = sum(one.open for one in items.values())
    rows.append([(talk.plain(QUEUE).format(count=count, urgent=urgent), "queue:0")])
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, "\n".join(lines), rows, edit))


def _alarms(talk: "Talk", found: AlarmFigures) -> list[str]:
    """Return the alarms of the last 90 days in a line or two; few of them are marked so."""
    lines: list[str] = []
    if found.count:
        rate = "–" if found.false_rate is None else f"{found.false_rate:.0%}"
        few = talk.plain(FEW) if found.few else ""
        lines.append(
            talk.text(ALARMS, days=DAYS, count=found.count, false=found.false_alarm, rate=rate, few=few)
        )
    if found.drills:
        after = minutes(timedelta(seconds=found.drills_taken_after or 0)) if found.drills_taken else "–"
        lines.append(talk.text(DRILLS, count=found.drills, taken=found.drills_taken, clock=after))
    return ["", *lines] if lines else []


def _count(talk: "Talk", stage: str, count: int) -> str:
    return talk.plain(STAGE).format(stage=talk.plain(STAGES[stage]), count=count)


async def stage(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """List the cases of a stage, longest overdue first, without a name; each number opens one."""
    page, name = reference.subject_id, reference.extra
    rows = await cases.of_stage(talk.batch.tx, name, PAGE, page * PAGE)
    total = (await cases.count_by_stage(talk.batch.tx)).get(name, 0)
    heading = talk.plain(STAGES[name]) if name in STAGES else name
    lines = [talk.text(STAGE, stage=heading, count=total), ""]
    buttons: list[Button] = []
    for number, row in enumerate(rows, page * PAGE + 1):
        owed = formats.money(talk.locale, row.outstanding, row.currency)
        since = formats.date(talk.locale, row.overdue_since)
        lines.append(talk.batch.inst.calls.escape(f"{number}. {row.case_ref} · {since} · {owed}"))
        buttons.append((str(number), f"showcase:{row.id}"))
    keyboard = [buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)]
    turning = [(talk.plain(BEFORE), f"stage:{page - 1}:{name}")] if page else []
    turning += [(talk.plain(AFTER), f"stage:{page + 1}:{name}")] if (page + 1) * PAGE < total else []
    await _in_place(talk, tap, lines, [*keyboard, turning])
    return ""


async def show_case(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show one case."""
    if not await cases.by_ids(talk.batch.tx, [reference.subject_id]):
        return talk.plain(NO_LONGER_OPEN)
    case = await talk.batch.case(reference.subject_id)
    await chat.case(talk, Command(tap.origin, "case", case.case_ref))
    return ""


async def today(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """List today's visits as they stand: who has checked in and out."""
    rows = await visits.between(talk.batch.tx, *day_of(talk.batch.inst, talk.batch.now))
    lines = [talk.text(TODAY, count=len(rows)), ""] if rows else [talk.text(NO_VISITS)]
    for visit in rows:
        case = await talk.batch.case(visit.case_id)
        when = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
        status = talk.plain(STATUSES[visit.status])
        team = [await _side(talk.batch, visit, side) for side in ("collector", "safety_officer")]
        parts = [f"{when} {case.case_ref}", status, *await _light(talk, visit), ", ".join(team)]
        lines.append(talk.batch.inst.calls.escape(" · ".join(parts)))
    await _in_place(talk, tap, lines, [])
    return ""


async def _light(talk: "Talk", visit: Any) -> list[str]:
    """Return how late a team is that is still there, and when one of them last said that all is well."""
    found = await light_of(talk.batch, visit)
    zone = (await talk.batch.case(visit.case_id)).timezone
    end = formats.clock(talk.locale, zone, expected_end(visit))
    said = [at for at in (visit.collector_well_at, visit.safety_officer_well_at) if at is not None]
    lines = [talk.plain(LIGHTS[found]).format(time=end)] if found in LIGHTS else []
    if found is not None and said:
        lines.append(talk.plain(SAID_WELL).format(time=formats.clock(talk.locale, zone, max(said))))
    return lines


async def _side(batch: Batch, visit: Any, side: str) -> str:
    """Return one of the team by badge, with whether they are there or away again."""
    badge = (await batch.person(getattr(visit, f"{side}_id"))).badge
    if getattr(visit, f"{side}_out_at") is not None:
        return f"{badge} ✓"
    return f"{badge} 📍" if getattr(visit, f"{side}_in_at") is not None else badge


async def waits(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """List what waits, by the rule that makes it wait, and the cases on hold by kind."""
    lines = []
    zone = talk.batch.inst.settings.timezone
    for group in await _waiting(talk.batch):
        day, clock = (shown(talk.locale, zone, group.next_at) for shown in (formats.day, formats.clock))
        why = _title(talk, group) or talk.plain(OWN_TIME)
        lines.append(talk.text(MESSAGES, count=group.count, day=day, time=clock, why=why))
    held = await holds.count_by_kind(talk.batch.tx, talk.batch.now)
    lines += [talk.text(ON_HOLD, kind=_hold(talk, kind), count=count) for kind, count in held.items()]
    await _in_place(talk, tap, lines or [talk.text(NOTHING_WAITS)], [])
    return ""


def _hold(talk: "Talk", kind: str) -> str:
    label: Text = kind_of("stopped" if kind == "stop" else kind).label
    return talk.plain(label)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Customers' messages that wait for the same rule, named as in receipts and by its title; None: for none."""

    rule: str | None
    title: str | None
    count: int
    next_at: datetime


async def _waiting(batch: Batch) -> list[_Waiting]:
    """Return the customers' messages that wait, counted by the rule that says so."""
    rows = await outbox.waiting(batch.tx, batch.now)
    counts = Counter((row.rule, row.title) for row in rows)
    return [
        _Waiting(*why, count, min(row.not_before for row in rows if (row.rule, row.title) == why))
        for why, count in counts.most_common()
    ]


def _title(talk: "Talk", group: _Waiting) -> str:
    if not group.rule or not group.title:
        return ""
    return title_in(talk.batch.inst.catalogues, talk.locale, RuleRef.read(group.rule), group.title)


async def _in_place(talk: "Talk", tap: Tap, lines: list[str], rows: list[list[Button]]) -> None:
    keyboard = [*(row for row in rows if row), [(talk.plain(TO_BOARD), "board:0")]]
    calls = talk.batch.inst.calls
    await talk.reply(calls.menu(talk.chat_id, "\n".join(lines), keyboard, tap.origin.message_id))


def day_of(inst: Installation, now: datetime) -> tuple[datetime, datetime]:
    """Return the beginning and the end of today in the installation's zone."""
    local = now.astimezone(ZoneInfo(inst.settings.timezone))
    midnight = datetime.combine(local.date(), time(0), local.tzinfo)
    return midnight, midnight + timedelta(days=1)


async def board_view(inst: Installation) -> dict[str, Any]:
    """Return the board as data: counts by stage and of the queue by kind, today's visits, what waits and why."""
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        return {
            "stages": await cases.count_by_stage(tx),
            "queue": {kind: count.open for kind, count in (await alerts.count_open(tx)).items()},
            "visits_today": [
                await visit_row(batch, row) for row in await visits.between(tx, *day_of(inst, batch.now))
            ],
            "waiting": [
                {"rule": one.title, "count": one.count, "next_at": one.next_at}
                for one in await _waiting(batch)
            ],
            "on_hold": dict(await holds.count_by_kind(tx, batch.now)),
            "alarms": {"days": DAYS, **(await figures(tx, batch.now)).as_row()},
        }
