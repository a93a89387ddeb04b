"""`/off`: somebody falls out. Asked first, since a slip on the menu must not call a customer's visit off."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.casework.days import parse_day
from bot.i18n import formats
from bot.service.audit_line import SYSTEM
from bot.service.desk.planning.planner import ask_for_plan
from bot.service.desk.planning.staff import back_again, take_off, today_of
from bot.service.desk.planning.texts import (
    OFF_ASK,
    OFF_BACK,
    OFF_HOW,
    OFF_NO,
    OFF_NOTED,
    OFF_SPAN,
    OFF_TAKE_BACK,
    OFF_YES,
)
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, NOT_YOURS
from bot.service.person import DESK_ROLES, FIELD_ROLES
from bot.store import people, visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

DAYS = 2  # that may be written: the first and the last


async def off(talk: "Talk", command: Command) -> None:
    """Ask whether somebody is really off: oneself, or for a scheduler whoever has the badge that is written first."""
    words = command.argument.split()
    person = await _whose(talk, words)
    days = _days(words)
    if person is None or days is None:
        await talk.say(OFF_HOW)
        return
    first, last = days or (today_of(talk.batch, person.timezone),) * 2
    html = talk.text(
        OFF_ASK, **await _named(talk, person.id, first, last), count=await _count(talk, person, first, last)
    )
    extra = f"{first:%Y%m%d}-{last:%Y%m%d}"
    buttons = [(talk.plain(OFF_YES), f"off:{person.id}:{extra}"), (talk.plain(OFF_NO), f"on:{person.id}")]
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [buttons]))


async def _whose(talk: "Talk", words: list[str]) -> Any | None:
    """Return the row of the person who is meant, and take their badge away from the words."""
    if talk.staff is None:
        return None
    if talk.staff.role in FIELD_ROLES:
        return next(iter(await people.by_ids(talk.batch.tx, [talk.staff.id])), None)
    rows = await people.by_badge(talk.batch.tx, words.pop(0)) if words else []
    found = [row for row in rows if row.role in FIELD_ROLES]
    return found[0] if len(found) == 1 else None


def _days(words: list[str]) -> tuple[date, date] | tuple[()] | None:
    """Read at most two days in order; empty for none, None for what cannot be read."""
    try:
        days = [parse_day(word) for word in words]
    except ValueError:
        return None
    if len(days) > DAYS or days != sorted(days):
        return None
    return (days[0], days[-1]) if days else ()


async def _named(talk: "Talk", person_id: int, first: date, last: date) -> dict[str, str]:
    days = formats.date(talk.locale, first)
    if last > first:
        days = talk.plain(OFF_SPAN).format(first=days, last=formats.date(talk.locale, last))
    return {"name": (await talk.batch.person(person_id)).name, "days": days}


async def _count(talk: "Talk", person: Any, first: date, last: date) -> int:
    zone = ZoneInfo(person.timezone)
    start = max(talk.batch.now, datetime.combine(first, time(0), zone))
    end = datetime.combine(last + timedelta(days=1), time(0), zone)
    rows = await visits.of_staff_between(talk.batch.tx, person.id, start, end)
    return sum(row.status in visits.LIVE for row in rows)


async def off_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Somebody is off: note it, and have others found for their visits."""
    if not _may(talk, reference.subject_id):
        return talk.plain(NOT_YOURS)
    first, _, last = reference.extra.partition("-")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return talk.plain(NO_LONGER_OPEN)
    for row in await people.by_ids(talk.batch.tx, [reference.subject_id]):
        await take_off(talk.batch, row, *days, _actor(talk))
    await ask_for_plan(talk.batch, "replan", None)
    html = talk.text(OFF_NOTED, **await _named(talk, reference.subject_id, *days))
    button = (talk.plain(OFF_TAKE_BACK), f"back:{reference.subject_id}")
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [[button]], tap.origin.message_id))
    return ""


async def on_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """It was a slip: take the question's buttons away."""
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    return ""


async def back_tapped(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Somebody is back: they can be planned with again; what went to others stays there."""
    if not _may(talk, reference.subject_id):
        return talk.plain(NOT_YOURS)
    for row in await people.by_ids(talk.batch.tx, [reference.subject_id]):
        await back_again(talk.batch, row, _actor(talk))
    person = await talk.batch.person(reference.subject_id)
    html = talk.text(OFF_BACK, name=person.name)
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [], tap.origin.message_id))
    return ""


def _may(talk: "Talk", person_id: int) -> bool:
    """Field staff speak for themselves, schedulers for everybody."""
    return talk.staff is not None and (talk.staff.id == person_id or talk.staff.role in DESK_ROLES)


def _actor(talk: "Talk") -> str:
    return talk.actor if talk.staff is not None else SYSTEM
