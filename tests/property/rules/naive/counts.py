"""The naive judge on counts: every stretch of time that holds the new contact is counted anew."""

from datetime import datetime, timedelta
from typing import Any

from flows.rules import Action, Contact
from tests.property.rules.naive.case import DAY, Case

WRITTEN = {"messenger", "sms", "email", "letter"}


def _counted(value: Any, case: Case) -> list[datetime]:
    return [one.at for one in case.facts.contacts if _counts(value, case.action, one)]


def _counts(value: Any, action: Action, one: Contact) -> bool:
    if one.inbound or (one.solicited and not value.get("solicited")):
        return False
    for key, mine in (("channels", one.channel), ("purposes", one.purpose), ("places", one.place)):
        if key in value and mine not in value[key]:
            return False
    arrived = one.outcome in ("delivered", "contacted")
    reached = one.outcome == "contacted" or (one.outcome == "delivered" and one.channel in WRITTEN)
    if not {"attempts": True, "delivered": arrived, "contacts": reached}[value.get("counting", "delivered")]:
        return False
    pairs = {"debt": (one.debt_ref, action.debt_ref), "number": (one.number_ref, action.number_ref)}
    theirs, ours = pairs.get(value.get("for_each", "customer"), ("", ""))
    return "" in (theirs, ours) or theirs == ours


def cap(value: Any, case: Case) -> bool:
    """No stretch of time that holds the new one may hold more than that many."""
    every, per, most = [*_counted(value, case), case.when], str(value["per"]), value["at_most"]
    mine = case.day(case.when)
    if per in ("day", "week", "month"):
        same = {"day": "%Y-%m-%d", "week": "%G-%V", "month": "%Y-%m"}[per]
        return sum(f"{case.day(one):{same}}" == f"{mine:{same}}" for one in every) <= most
    number, unit = int(per.split(maxsplit=1)[0]), per.partition(" ")[2]
    if unit == "consecutive days":
        starts = [mine - DAY * back for back in range(number)]
        return all(sum(one <= case.day(x) < one + DAY * number for x in every) <= most for one in starts)
    length = timedelta(**{unit: number})
    return all(
        sum(one <= x < one + length for x in every) <= most
        for one in every
        if one <= case.when < one + length
    )


def gap(value: Any, case: Case) -> bool:
    for one in _counted(value, case):
        days = abs((case.day(case.when) - case.day(one)).days)
        length = timedelta(hours=value.get("hours", 0), days=value.get("days", 0))
        if days < value.get("consecutive_days", 0) or abs(case.when - one) < length:
            return False
    return True
