"""Staff and when they can be sent: their hours, areas, languages and days off."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.areas import parse_area
from bot.casework.roster import parse_hours, write_hours
from bot.errors import InputRefused
from bot.ids import new_id
from bot.service.audit_line import CLI, audit_line
from bot.service.conversations.batch import Batch
from bot.service.installation import Installation
from bot.service.person import DESK_ROLES, STAFF_KEY, open_person
from bot.store import absences, audit, keys, people


async def staff_list(inst: Installation) -> list[dict[str, Any]]:
    """Return the active staff with what limits where and when they are sent; empty means no limit."""
    async with inst.store.read() as tx:
        await keys.load(tx, inst.vault, [STAFF_KEY])
        off = await absences.since(tx, inst.clock.now().date())
        return [_row(inst, row, off) for row in await people.everybody(tx)]


def _row(inst: Installation, row: Any, off: Sequence[Any]) -> dict[str, Any]:
    person = open_person(row, inst.vault)
    return {
        "badge": person.badge,
        "name": person.name,
        "role": person.role,
        "signed_in": person.chat_id is not None,
        "timezone": person.timezone,
        "hours": row.hours or "",
        "areas": list(row.areas or ()),
        "languages": list(row.languages or ()),
        "rung": row.rung,
        "off": [f"{one.first_day}/{one.last_day}" for one in off if one.person_id == row.id],
    }


async def set_staff(
    inst: Installation,
    badge: str,
    *,
    hours: str | None = None,
    areas: Sequence[str] | None = None,
    languages: Sequence[str] | None = None,
) -> None:
    """Set what limits a member of staff; an empty value takes the limit away. Raises `InputRefused`."""
    columns: dict[str, Any] = {}
    try:
        if hours is not None:
            columns["hours"] = write_hours(parse_hours(hours)) if hours.strip() else None
        if areas is not None:
            named = [area for area in areas if area.strip()]
            columns["areas"] = named if [parse_area(area) for area in named] else None
    except ValueError as error:
        raise InputRefused(str(error)) from None
    if languages is not None:
        columns["languages"] = [language for language in languages if language] or None
    async with inst.store.begin() as tx:
        row = await with_badge(tx, badge)
        await people.change(tx, row.id, **columns)
        what = {"person": row.id, "fields": sorted(columns)}
        await audit.append(tx, [audit_line(inst.clock.now(), CLI, "staff.changed", **what)])


async def set_ladder(inst: Installation, badges: Sequence[str]) -> None:
    """Name who is told of an alarm that the desk on duty does not take, one after the other; nobody: no ladder.

    Raises `InputRefused` for a badge that is not one person's of the desk, or stands there twice.
    """
    if len(set(badges)) < len(badges):
        raise InputRefused("A badge stands there twice: each person has one rung.")
    async with inst.store.begin() as tx:
        rows = [await with_badge(tx, badge) for badge in badges]
        for row in rows:
            if row.role not in DESK_ROLES:
                raise InputRefused(
                    f"{row.badge} goes on visits: only schedulers and administrators take alarms."
                )
        await people.set_ladder(tx, [row.id for row in rows])
        ids = [row.id for row in rows]
        await audit.append(tx, [audit_line(inst.clock.now(), CLI, "staff.ladder", people=ids)])


async def with_badge(tx: Any, badge: str) -> Any:
    """Return the row of the member of staff with a badge. Raises `InputRefused` when there is none, or several."""
    rows = await people.by_badge(tx, badge)
    if len(rows) != 1:
        found = "Nobody has" if not rows else "Several have"
        raise InputRefused(f"{found} the badge {badge}: `doorstep staff list` shows everybody.")
    return rows[0]


def today_of(batch: Batch, timezone: str) -> date:
    """Return the calendar day now where somebody works."""
    return batch.now.astimezone(ZoneInfo(timezone)).date()


async def take_off(batch: Batch, person: Any, first: date, last: date, actor: str) -> None:
    """Note that somebody is off from `first` to `last`, both of their own zone and both included."""
    row = {"id": new_id(), "person_id": person.id, "first_day": first, "last_day": last}
    await absences.put(batch.tx, row | {"created_at": batch.now})
    data = {"person": person.id, "first": first.isoformat(), "last": last.isoformat()}
    await audit.append(batch.tx, [audit_line(batch.now, actor, "staff.off", **data)])


async def back_again(batch: Batch, person: Any, actor: str) -> int:
    """Take back all days off of a person that are not over; return how many absences that were."""
    count = await absences.cancel(batch.tx, person.id, today_of(batch, person.timezone), batch.now)
    await audit.append(batch.tx, [audit_line(batch.now, actor, "staff.back", person=person.id)])
    return count
