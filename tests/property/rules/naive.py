"""A second judge of contacts, deliberately naive: the words of each place by hand.

It shares nothing with flows.rules but the words for actions and facts, and knows only a lender's own staff, at the
customer's home.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

from flows.rules import Action, Facts

Span = tuple[float, float] | None
MESSAGES = {"messenger", "sms", "email", "letter"}
UNASKED = {"notice", "nudge", "follow_up", "satisfaction"}
KOREAN = UNASKED | {"enrolment", "reminder", "visit"}
POLICY_HOLDS = {
    "dispute",
    "hardship",
    "representative",
    "vulnerable",
    "asked_to_leave",
    "complaint",
    "bankruptcy",
    "incapacity",
    "stop",
    "not_me",
    "deceased",
}
ENDLESS = {
    "CN": {"deceased", "incapacity", "bankruptcy"},
    "US": {"bankruptcy"},
    "US-MA": {"bankruptcy"},
    "HK": {"bankruptcy"},
    "UK": {"incapacity", "breathing_space", "crisis_moratorium", "adviser_plan"},
    "AU": {"external_complaint", "hardship_notice"},
    "KR": {"debt_adjustment", "disaster"},
}
LASTS = {"breathing_space": 60, "adviser_plan": 30, "hardship_notice": 21, "disaster": 90}
AFTERWARDS = {"crisis_moratorium": 30}
CALENDARS = {"UK": [("UK", "ENG")], "US-MA": [("US", None), ("US", "MA")], "EU": []}


class Case(NamedTuple):
    """What is asked: a message, a call or a visit."""

    what: str
    purpose: str
    when: datetime


@lru_cache(maxsize=100000)
def holiday(place: str, day: date) -> bool:
    return any(day in _calendar(*named) for named in CALENDARS.get(place, [(place, None)]))


@lru_cache(maxsize=64)
def _calendar(country: str, state: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=state, years=range(2026, 2029))


def hours_of_place(place: str, what: str, day: date) -> Span:
    weekend, free = day.weekday() >= 5, holiday(place, day)
    if place == "AU":
        if free:
            return None
        return (9, 21) if what == "visit" or weekend else (7.5, 21)
    if place == "ID":
        return None if free or day.weekday() == 6 else (8, 20)
    if place == "TH":
        return (8, 18) if weekend or free else (8, 20)
    return {"CN": (8, 22), "TW": (7, 22), "PH": (6, 22), "IN": (8, 19), "EU": (0, 24), "MY": (0, 24)}.get(
        place, (8, 21)
    )


def hours_of_policy(place: str, what: str, day: date) -> Span:
    if day.weekday() == 6 or (what == "visit" and holiday(place, day)):
        return None
    return (9, 18) if what == "visit" else (9, 20)


def in_hours(span: Span, start: datetime, end: datetime) -> bool:
    if span is None:
        return False
    opens, closes = (round(hour * 60) for hour in span)
    first = start.hour * 60 + start.minute
    last = (end.date() - start.date()).days * 1440 + end.hour * 60 + end.minute
    return opens <= first < closes and last <= closes


def in_own_time(facts: Facts, start: datetime, end: datetime) -> bool:
    """Go through it minute by minute."""
    minute = start
    while minute == start or minute < end:
        for one in facts.barred_times:
            if one.weekday == minute.weekday() and one.opens <= minute.time().replace(second=0) < one.closes:
                return False
        minute += timedelta(minutes=1)
    return True


def too_many(times: list[datetime], when: datetime, most: int, period: timedelta) -> bool:
    """Would any period that holds `when` hold more than `most`?"""
    together = [*times, when]
    return any(
        start <= when < start + period and sum(start <= one < start + period for one in together) > most
        for start in together
    )


def same_day(times: list[datetime], when: datetime, zone: ZoneInfo) -> int:
    day = when.astimezone(zone).date()
    return sum(one.astimezone(zone).date() == day for one in times)


def full(place: str, case: Case, facts: Facts, zone: ZoneInfo) -> bool:  # noqa: PLR0911
    """Is some count of contacts full?"""
    every = facts.contacts
    days = timedelta(days=1)
    calls = [one.at for one in every if one.channel == "phone"]
    talks = [one.at for one in every if one.channel == "phone" and one.outcome == "contacted"]
    visits = [one.at for one in every if one.channel == "visit"]
    met = [one.at for one in every if one.channel == "visit" and one.outcome == "contacted"]
    made = [one.at for one in every if one.channel in MESSAGES and not one.inbound] + talks
    korean = [one.at for one in every if one.purpose in KOREAN and one.outcome != "attempted"]
    unasked = [one.at for one in every if one.purpose in UNASKED and one.outcome != "attempted"]
    when = case.when
    crowded = same_day(unasked, when, zone) >= 1 or too_many(unasked, when, 3, 7 * days)
    if case.what == "message" and case.purpose in UNASKED and crowded:
        return True
    if place == "CN" and case.what == "call":
        return same_day(talks, when, zone) >= 3 or same_day(calls, when, zone) >= 6
    if place == "CN" and case.what == "visit":
        return same_day(visits, when, zone) >= 1
    if place == "US-MA" and case.what == "call":
        return too_many(calls, when, 2, 7 * days)
    if place == "US-MA" and case.what == "visit":
        return too_many(met, when, 1, 30 * days)
    if place == "AU" and case.what != "visit":
        return too_many(made, when, 3, 7 * days) or too_many(made, when, 10, 30 * days)
    if place == "AU":
        months = [one.astimezone(zone) for one in met]
        mine = when.astimezone(zone)
        return any((one.year, one.month) == (mine.year, mine.month) for one in months)
    if place == "KR" and case.purpose in KOREAN:
        return too_many(korean, when, 7, 7 * days)
    return place == "TH" and case.purpose in KOREAN and same_day(korean, when, zone) >= 1


def held(place: str, facts: Facts, at: datetime) -> bool:
    for hold in facts.holds:
        if hold.since > at:
            continue
        if hold.kind in POLICY_HOLDS and (hold.until is None or at < hold.until):
            return True
        if hold.kind in ENDLESS.get(place, set()):
            end = hold.until
            if end is None and hold.kind in LASTS:
                end = hold.since + timedelta(days=LASTS[hold.kind])
            if end is not None and hold.until is not None:
                end += timedelta(days=AFTERWARDS.get(hold.kind, 0))
            if end is None or at < end:
                return True
    return False


def agreed(place: str, facts: Facts, start: datetime, end: datetime) -> bool:
    """Is this a time that the customer offered, in a place where that opens the hours of the place?"""
    offers = [
        one
        for one in facts.agreed_times
        if one.starts_at <= start and end <= one.ends_at and start < one.ends_at
    ]
    return place in {"CN", "TW", "ID", "US", "US-MA"} and bool(offers)


def outside_offer(place: str, facts: Facts, start: datetime, end: datetime) -> bool:
    """In Japan: has the customer offered a time that is not over, and this is not it?"""
    offers = [one for one in facts.agreed_times if start < one.ends_at]
    return (
        place == "JP"
        and bool(offers)
        and not any(one.starts_at <= start and end <= one.ends_at for one in offers)
    )


def lawful(place: str, action: Action, facts: Facts, at: datetime) -> bool:
    """May this be done, at `at`? A visit is fixed at `at` for when it says."""
    zone = ZoneInfo(facts.zone)
    what = {"visit_slot": "visit"}.get(action.kind, str(action.kind))
    start = action.starts_at or at
    end = action.ends_at or at
    case = Case(what, str(action.purpose), start)
    local, local_end = start.astimezone(zone), end.astimezone(zone)
    if what == "visit" and start - at < timedelta(hours=24):
        return False
    if place == "CN" and action.channel == "messenger":
        return False
    day = local.date()
    return (
        (in_hours(hours_of_place(place, what, day), local, local_end) or agreed(place, facts, start, end))
        and in_hours(hours_of_policy(place, what, day), local, local_end)
        and in_own_time(facts, local, local_end)
        and not outside_offer(place, facts, start, end)
        and not held(place, facts, at)
        and not full(place, case, facts, zone)
    )
