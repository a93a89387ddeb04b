"""A second judge, deliberately naive: it reads the pack files by itself and tries every minute.

It shares nothing with flows.rules but the words for actions and facts. Nothing here is fast or clever, on purpose.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from flows.rules import Action, Facts
from tests.property.rules.naive import counts, hours, people
from tests.property.rules.naive.case import DAY, Case

PACKS = Path(__file__).parents[4] / "flows" / "rules" / "packs"
SCOPES = {"actions": "kind", "channels": "channel", "purposes": "purpose", "places": "place", "roles": "role"}
# What the confirmation of a stop does not wait for.
NOT_KEPT_BACK = {
    *("contact_window", "frequency_cap", "minimum_gap", "minimum_notice", "personal_calendar"),
    "occasion_blackout",
}


KINDS: dict[str, Callable[[Any, Case], bool]] = {
    "cease_hold": people.hold,
    "channel_permission": lambda value, _: value == "permitted",
    "contact_window": hours.window,
    "entry": people.entry,
    "frequency_cap": counts.cap,
    "identity_before_disclosure": lambda _, case: (
        not case.action.discloses_debt or case.facts.identity_established
    ),
    "leave": lambda value, case: not set(value) & case.facts.leave,
    "minimum_gap": counts.gap,
    "minimum_notice": hours.notice,
    "occasion_blackout": hours.blackout,
    "payment_taking": lambda value, case: value != "nobody" and case.action.role in value,
    "personal_calendar": hours.personal,
    "recording": people.recording,
    "staffing": lambda value, case: value["min"] <= case.action.staff <= value.get("max", 99),
    "third_party": people.third_party,
}


@cache
def load(name: str) -> Any:
    return YAML(typ="safe").load((PACKS / name / "v1.yaml").read_text("utf-8"))


@cache
def packs_of(place: str) -> list[Any]:
    """The pack of the place, of what it inherits from, and the lender's."""
    found = [load(place)]
    while parent := found[-1].get("parent"):
        found.append(load(parent))
    return [*found, load("policy-default")]


def forbidden_by(place: str, action: Action, facts: Facts, at: datetime) -> str:
    """The first rule that does not let this happen at that instant; empty: it may."""
    for rule, case in _asked(place, action, facts, at):
        allows = KINDS.get(rule["kind"])
        if allows is not None and not allows(rule["value"], case):
            return str(rule["id"])
    return ""


def held_by(place: str, action: Action, facts: Facts, at: datetime) -> str:
    """The first rule about holds that does not let this happen at that instant; empty: none."""
    for rule, case in _asked(place, action, facts, at):
        if rule["kind"] == "cease_hold" and not people.hold(rule["value"], case):
            return str(rule["id"])
    return ""


def hold_kinds(place: str) -> list[str]:
    """Every kind of hold that a rule of the place obeys."""
    rules = [rule for pack in packs_of(place) for rule in pack["rules"] if rule["status"] != "draft"]
    return sorted(
        {one for rule in rules if rule["kind"] == "cease_hold" for one in rule["value"]["triggers"]}
    )


def allowed_by(name: str, rule_id: str, action: Action, facts: Facts, at: datetime) -> bool:
    """May this happen as far as this rule of this pack alone is concerned? Drafts are taken as in force."""
    pack = load(name)
    rule = next(one for one in pack["rules"] if one["id"] == rule_id)
    case = _case(pack, [pack], action, facts, at)
    allows = KINDS.get(rule["kind"])
    return allows is None or not _binds(rule, case) or allows(rule["value"], case)


def lines_of(place: str, action: Action, facts: Facts, at: datetime) -> set[str]:
    """The sentences that must be said."""
    met = facts.first_contact_at is not None and facts.first_contact_at < at
    met = met or any(one.at < at and not one.inbound for one in facts.contacts)
    found = [
        rule["value"] for rule, _ in _asked(place, action, facts, at) if rule["kind"] == "mandatory_line"
    ]
    fits = {"first": not met, "later": met, "every": True}
    return {value["line"] for value in found if fits[value.get("when", "every")]}


def _asked(place: str, action: Action, facts: Facts, at: datetime) -> Iterator[tuple[Any, Case]]:
    packs = packs_of(place)
    for pack in packs:
        case = _case(pack, packs, action, facts, at)
        for rule in pack["rules"]:
            day = case.day(case.when)
            dated = all(
                one.get("effective_from", day) <= day <= one.get("effective_to", day) for one in (pack, rule)
            )
            if dated and rule["status"] != "draft" and _binds(rule, case):
                yield rule, case


def _case(pack: Any, packs: list[Any], action: Action, facts: Facts, at: datetime) -> Case:
    when = action.starts_at if action.kind == "visit_slot" and action.starts_at else at
    calendars = [pack["calendar"]] if "calendar" in pack else [one.get("calendar") for one in packs]
    return Case(action, facts, at, when, ZoneInfo(facts.zone), tuple(one for one in calendars if one))


def _binds(rule: Any, case: Case) -> bool:
    if not _is_about(rule, case):
        return False
    if case.action.purpose == "opt_out_confirmation" and not _binds_a_confirmation(rule):
        return False
    return not _lifted(rule, case)


def _binds_a_confirmation(rule: Any) -> bool:
    """Of all that says when, only the holds that let it through once speak of the confirmation of a stop."""
    if rule["kind"] == "cease_hold":
        return "opt_out_confirmation" in rule["value"].get("still", [])
    return rule["kind"] not in NOT_KEPT_BACK


def _is_about(rule: Any, case: Case) -> bool:
    for key, field in SCOPES.items():
        if key in rule and getattr(case.action, field) not in rule[key]:
            return False
    facts = case.facts
    if facts.product and facts.product not in rule.get("products", [facts.product]):
        return False
    if facts.lender_type and facts.lender_type not in rule.get("lender_types", [facts.lender_type]):
        return False
    party = {True: "first", False: "third", None: rule.get("party")}[facts.first_party]
    return party == rule.get("party", party)


def _lifted(rule: Any, case: Case) -> bool:
    needed = rule.get("consent")
    for one in case.facts.consents if needed else ():
        alive = one.since <= case.at and (one.until is None or case.at < one.until)
        fresh = "days" not in needed or case.day(case.at) - case.day(one.since) < DAY * needed["days"]
        if one.to == needed["to"] and one.form in needed["forms"] and alive and fresh:
            return True
    return False
