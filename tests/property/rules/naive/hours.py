"""The naive judge on hours and days: every minute of a visit is looked at by itself."""

from datetime import datetime, time, timedelta
from typing import Any

from tests.property.rules.naive.case import DAY, Case, is_holiday

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def window(value: Any, case: Case) -> bool:
    action, times = case.action, case.facts.agreed_times
    if action.kind == "visit_slot":
        if action.starts_at is None or action.ends_at is None or action.ends_at < action.starts_at:
            return False
        last = action.ends_at
    else:
        last = case.when + timedelta(microseconds=1)
    offered = any(one.starts_at <= case.when < one.ends_at and last <= one.ends_at for one in times)
    how = value.get("agreed_time", "ignored")
    if how == "widens" and offered:
        return True
    if how == "narrows" and not offered and any(case.when < one.ends_at for one in times):
        return False
    return all(_is_open(value, minute, case.calendars) for minute in case.minutes())


def _is_open(value: Any, local: datetime, calendars: tuple[str, ...]) -> bool:
    hours = "none"
    for key, text in value.items():
        if key not in ("holidays", "agreed_time"):
            first, _, last = key.partition("-")
            if DAYS.index(first) <= local.weekday() <= DAYS.index(last or first):
                hours = text
    if "holidays" in value and is_holiday(calendars, local.date()):
        hours = value["holidays"]
    now = f"{local:%H:%M}"
    return hours != "none" and any(
        opens <= now < closes for opens, closes in (span.strip().split("-") for span in hours.split(","))
    )


def personal(value: Any, case: Case) -> bool:
    def covers(one: Any, local: datetime) -> bool:
        closes = one.closes if one.closes != time(0) else time.max
        return one.weekday == local.weekday() and one.opens <= local.time().replace(second=0) < closes

    facts = case.facts
    for local in case.minutes():
        if "barred_times" in value["respect"] and any(covers(one, local) for one in facts.barred_times):
            return False
        own = facts.own_hours if "own_hours" in value["respect"] else ()
        if own and not any(covers(one, local) for one in own):
            return False
    return True


def notice(value: Any, case: Case) -> bool:
    if "after" not in value and case.action.kind != "visit_slot":
        return True
    given = case.facts.notices.get(value["after"]) if "after" in value else _told(case)
    if given is None or case.when < given or ("after" not in value and case.action.starts_at is None):
        return False
    if "hours" in value:
        return case.when - given >= timedelta(hours=value["hours"])
    day, passed, last = case.day(given), 0, case.day(case.when)
    while (day := day + DAY) < last + (DAY if "clear_days" not in value else 0 * DAY):
        free = day.weekday() == 6 or is_holiday(case.calendars, day)
        saturday = "business_days" in value and day.weekday() == 5
        passed += 1 if "calendar_days" in value or not (free or saturday) else 0
    return passed >= next(value[unit] for unit in value if unit != "after")


def _told(case: Case) -> datetime:
    """Since when the customer has known of the visit."""
    told = case.action.told_at
    return case.at if told is None or told > case.at else told


def blackout(value: Any, case: Case) -> bool:
    day = case.day(case.when)
    after = DAY * value.get("days_after", 0)
    return not any(
        one.kind in value["occasions"] and one.first_day <= day <= one.last_day + after
        for one in case.facts.occasions
    )
