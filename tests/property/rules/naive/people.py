"""The naive judge on holds, other people, recording and entry."""

from datetime import date
from typing import Any

from tests.property.rules.naive.case import DAY, Case, agreed_to


def hold(value: Any, case: Case) -> bool:
    return not any(_is_held(value, one, case) for one in case.facts.holds)


def _is_held(value: Any, one: Any, case: Case) -> bool:
    if one.kind not in value["triggers"] or one.since > case.at:
        return False
    if one.channel is not None and one.channel != case.action.channel:
        return False
    end = None if one.until is None else one.until + DAY * value.get("plus_days", 0)
    if end is None and "days" in value:
        end = one.since + DAY * value["days"]
    if end is None and "months" in value:
        end = one.since
        for _ in range(value["months"]):  # to the same day of the next month, or its last
            following = (end.replace(day=1) + 32 * DAY).replace(day=1)
            last = ((following + 32 * DAY).replace(day=1) - DAY).day
            end = following.replace(day=min(one.since.day, last))
    if end is not None and case.at >= end:
        return False
    purpose = case.action.purpose
    said = [other for other in case.facts.contacts if other.purpose == purpose and other.at >= one.since]
    may_say = [other for other in case.facts.holds if other.since >= one.since]  # each has one of its own
    once = value.get("once", False)
    just_once = purpose in once if isinstance(once, list) else once
    return purpose not in value.get("still", []) or (just_once and len(said) >= len(may_say))


def third_party(value: Any, case: Case) -> bool:
    action, facts = case.action, case.facts
    if action.third_party is None:
        return True
    if action.third_party not in value["who"] or action.third_party_ref in facts.refused_by:
        return False
    asked = [
        one for one in facts.contacts if one.third_party and one.third_party_ref == action.third_party_ref
    ]
    if value.get("once") and asked:
        return False
    told = action.third_party in value.get("disclose_to", []) or agreed_to(case, "third_party")
    return _tried_enough(value, case) and (told or not action.discloses_debt)


def _tried_enough(value: Any, case: Case) -> bool:
    """So many failed tries in a row, on so many days, before today?"""
    row: list[date] = []
    for one in sorted(case.facts.contacts, key=lambda one: one.at):
        if one.third_party is None and not one.inbound:
            row = [*row, case.day(one.at)] if one.outcome == "attempted" else []
    before = [day for day in row if day < case.day(case.at)]
    needed = value.get("after_failed", 0)
    return not needed or (len(before) >= needed and len(set(before)) >= value.get("on_days", 1))


def recording(value: Any, case: Case) -> bool:
    stated = case.action.recording
    if stated is None or value.get("where", "anywhere") == ("door" if stated.inside else "inside"):
        return True
    for medium, runs in (("audio", stated.audio), ("video", stated.video)):
        rule = value.get(medium, "allowed")
        if (rule == "required" and not runs) or (rule == "forbidden" and runs):
            return False
        if rule == "needs_consent" and runs and not agreed_to(case, f"recording_{medium}"):
            return False
    return True


def entry(value: Any, case: Case) -> bool:
    return not case.action.inside or (value == "with_consent" and agreed_to(case, "entry"))
