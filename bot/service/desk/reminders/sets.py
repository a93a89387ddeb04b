"""Reminders to one customer or to a set: who belongs to it, what the rules say to each, and the sending."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.i18n.text import T
from bot.ids import new_id
from bot.service.audit_line import CLI, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.reminders.foresight import CHUNK, Foreseen, foresee_many
from bot.service.desk.reminders.reminder import parcel_of, reminder_for
from bot.service.installation import Installation
from bot.service.outbound.contact import to_customer
from bot.service.timer_row import timer_row
from bot.store import audit, cases, reminders, timers
from bot.store.engine import Tx
from flows.script import Text

DUE_WITHIN = timedelta(days=3)

Pick = Callable[[Tx, datetime], Awaitable[Sequence[int]]]  # case ids


class Filter(NamedTuple):
    """A set of customers: how it is called, and who belongs to it now."""

    label: Text
    pick: Pick


async def _linked(tx: Tx, now: datetime) -> Sequence[int]:
    return await cases.ids_of_stage(tx, "linked")


async def _silent(tx: Tx, now: datetime) -> Sequence[int]:
    return [row.id for row in await cases.with_visit(tx, "noticed", now, now + timedelta(days=365))]


async def _promise(tx: Tx, now: datetime) -> Sequence[int]:
    return await cases.with_promise(tx, (now + DUE_WITHIN).date())


async def _tomorrow(tx: Tx, now: datetime) -> Sequence[int]:
    """Visits from midnight to midnight of the next day, by the clock of each case."""
    rows = await cases.with_visit(tx, "confirmed", now, now + timedelta(days=3))
    return [row.id for row in rows if _is_tomorrow(row, now)]


def _is_tomorrow(row: Any, now: datetime) -> bool:
    zone = ZoneInfo(row.timezone)
    return bool(row.starts_at.astimezone(zone).date() - now.astimezone(zone).date() == timedelta(days=1))


FILTERS: Mapping[str, Filter] = {
    "tomorrow": Filter(T("remind/tomorrow", "Visit tomorrow"), _tomorrow),
    "silent": Filter(T("remind/silent_ones", "No answer to a notice"), _silent),
    "promise": Filter(T("remind/promise_due", "Promise due"), _promise),
    "linked": Filter(T("remind/stage_linked", "Link opened, not identified"), _linked),
}


async def go_on(batch: Batch, timer: Any) -> bool:
    """Put the next messages of a reminder down, each on the facts of this moment; True when all are."""
    row = await reminders.by_id(batch.tx, timer.subject_id)
    if row is None:
        return True
    wanted = row.case_ids[row.done : row.done + CHUNK]
    await batch.load_cases(set(wanted))
    for case_id in wanted:
        case = await batch.case(case_id)
        reminder = await reminder_for(batch, case)
        if reminder is not None:
            await to_customer(
                batch, batch.changes, case, await parcel_of(batch, reminder, f"m{row.id}:{case_id}")
            )
    done = row.done + len(wanted)
    await reminders.advance(batch.tx, row.id, done)
    return bool(done >= len(row.case_ids))


def new_reminder(chosen: str, case_ids: Sequence[int], now: datetime) -> dict[str, Any]:
    """Return the row of a reminder that is not decided yet."""
    ids = list(case_ids)
    return {"id": new_id(), "chosen": chosen, "case_ids": ids, "created_at": now, "done": 0}


def timer_of(reminder_id: int, now: datetime) -> dict[str, Any]:
    """Return the timer that has a reminder go out."""
    return timer_row("remind", reminder_id, now)


def line_of(reminder_id: int, chosen: str, count: int, actor: str, now: datetime) -> dict[str, Any]:
    """Return the line of the log: who had whom reminded, in numbers."""
    return audit_line(now, actor, "reminder.sent", reminder=reminder_id, chosen=chosen, count=count)


async def remind_rows(
    inst: Installation, case_ref: str | None, chosen: str | None, *, dry_run: bool
) -> list[dict[str, Any]]:
    """Return what becomes of each reminder, and let them go out unless it is a `dry_run`. Raises `InputRefused`.

    The running bot sends them. Times are in the installation's zone.
    """
    zone = ZoneInfo(inst.settings.timezone)
    async with inst.store.read() as tx:
        wanted = await _chosen(tx, case_ref, chosen, inst.clock.now())
    rows, goes = list[dict[str, Any]](), list[int]()
    async for found in foresee_many(inst, wanted):
        rows += [_row(one, zone) for one in found]
        goes += [one.case_id for one in found if one.goes]
    if goes and not dry_run:
        now = inst.clock.now()
        row = new_reminder(case_ref or chosen or "", goes, now)
        async with inst.store.begin() as tx:
            await reminders.put(tx, row | {"sent_at": now})
            await timers.put(tx, [timer_of(row["id"], now)])
            await audit.append(tx, [line_of(row["id"], row["chosen"], len(goes), CLI, now)])
    return rows


async def _chosen(tx: Tx, case_ref: str | None, chosen: str | None, now: datetime) -> Sequence[int]:
    if (case_ref is None) == (chosen is None):
        raise InputRefused(f"Name one case, or one --filter: {', '.join(FILTERS)}.")
    if case_ref is not None:
        row = await cases.by_ref(tx, case_ref)
        if row is None:
            raise InputRefused(f"No case {case_ref}: `doorstep cases` lists them.")
        return [row.id]
    picked = FILTERS.get(chosen or "")
    if picked is None:
        raise InputRefused(f"There is no filter {chosen}: {', '.join(FILTERS)}.")
    return await picked.pick(tx, now)


def _row(one: Foreseen, zone: ZoneInfo) -> dict[str, Any]:
    verdict = one.verdict
    return {
        "case_ref": one.case_ref,
        "purpose": str(one.reminder.purpose) if one.reminder else None,
        "outcome": str(verdict.outcome) if verdict else "held_out" if one.held_out else "nothing",
        "until": verdict.until.astimezone(zone) if verdict and verdict.until else None,
        "rule": str(verdict.bound) if verdict and verdict.bound else None,
        "title": verdict.title if verdict else None,
    }
