"""A pack file's text to a `Pack`; every fault at file:line:column."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flows.errors import ScriptInvalid
from flows.rules.action import ActionKind, Channel, Place, Purpose, Role
from flows.rules.calendar import is_known
from flows.rules.facts import ConsentForm
from flows.rules.kinds import KINDS
from flows.rules.kinds.reading import Fault
from flows.rules.rule import (
    Confidence,
    ConsentNeeded,
    Force,
    Override,
    Pack,
    Rule,
    Scope,
    Source,
    Status,
    Widening,
)
from flows.script.document import MappingNode, Node, compose
from flows.script.fields import Fields, Reading

E = TypeVar("E", bound=StrEnum)

_PACK = ("pack", "version", "title", "effective_from", "reviewed_by", "rules")
_PACK_EXTRA = ("effective_to", "parent", "calendar", "overrides")
_RULE = ("id", "title", "kind", "value", "citation", "force", "evidence", "confidence", "status")
_SCOPE = ("actions", "channels", "purposes", "places", "roles", "lender_types", "products", "party")
_RULE_EXTRA = (*_SCOPE, "consent", "exception", "overridable", "effective_from", "effective_to")
_PARTIES = {"first": True, "third": False}
_EARLIEST = date(1900, 1, 1)


def parse_pack(source: str, file: str) -> Pack:
    """Read a pack. Raises `ScriptInvalid` with every fault that was found."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A pack", _PACK, _PACK_EXTRA)
    pack = Pack(
        name=_said(fields, "pack"),
        version=fields.number("version") or 0,
        title=_said(fields, "title"),
        rules=_rules(fields),
        effective_from=_day(fields, "effective_from") or _EARLIEST,
        effective_to=_day(fields, "effective_to"),
        parent=fields.string("parent") or None,
        calendar=_calendar(fields),
        reviewed_by=fields.string("reviewed_by") or None,
        overrides=tuple(_override(reading, node) for node in fields.items("overrides")),
        file=file,
        places=reading.places,
    )
    if fields.has("version") and pack.version < 1:
        fields.wrong("version", "FR111", "`version` is a whole number from 1.")
    _in_order(fields, pack.effective_from, pack.effective_to)
    reading.stands("pack", fields.at("pack"))
    reading.stands("effective_from", fields.at("effective_from"))
    reading.stands("parent", fields.at("parent"))
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return pack


def _rules(fields: Fields) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for node in fields.items("rules"):
        rule = _rule(Fields(fields.reading, node, "A rule", _RULE, _RULE_EXTRA))
        if rule.id in found:
            fields.reading.wrong(node, "FR105", f"Two rules are called `{rule.id}`.")
        found[rule.id] = rule
    return tuple(found.values())


def _rule(fields: Fields) -> Rule:
    kind = fields.string("kind")
    rule = Rule(
        id=_said(fields, "id"),
        title=_said(fields, "title"),
        kind=kind,
        value=_value(fields, kind),
        source=_source(fields),
        scope=_scope(fields),
        consent=_consent(fields) if fields.has("consent") else None,
        exception=_exception(fields) if fields.has("exception") else None,
        overridable=fields.flag("overridable", default=False),
        effective_from=_day(fields, "effective_from"),
        effective_to=_day(fields, "effective_to"),
    )
    _in_order(fields, rule.effective_from, rule.effective_to)
    fields.reading.stands(f"rule/{rule.id}", fields.node)
    fields.reading.stands(f"rule/{rule.id}/value", fields.at("value"))
    return rule


def _source(fields: Fields) -> Source:
    if fields.has("citation") and not fields.string("citation").strip():
        fields.wrong("citation", "FR106", "A rule names its source: write the citation.")
    return Source(
        citation=fields.string("citation"),
        force=_member(fields, "force", Force, Force.POLICY),
        evidence=fields.string("evidence"),
        confidence=_member(fields, "confidence", Confidence, Confidence.LOW),
        status=_member(fields, "status", Status, Status.UNVERIFIED),
    )


def _scope(fields: Fields) -> Scope:
    party = fields.string("party") if fields.has("party") else None
    if party is not None and party not in _PARTIES:
        fields.wrong("party", "FR112", f"`party` is one of {', '.join(_PARTIES)}.")
    return Scope(
        actions=_members(fields, "actions", ActionKind),
        channels=_members(fields, "channels", Channel),
        purposes=_members(fields, "purposes", Purpose),
        places=_members(fields, "places", Place),
        roles=_members(fields, "roles", Role),
        lender_types=_words(fields, "lender_types"),
        products=_words(fields, "products"),
        first_party=_PARTIES.get(party) if party is not None else None,
    )


def _consent(fields: Fields) -> ConsentNeeded:
    inner = Fields(fields.reading, fields.at("consent"), "A consent", ("to", "forms"), ("days",))
    days = inner.number("days") if inner.has("days") else None
    if days is not None and days < 1:
        inner.wrong("days", "FR117", "`days` is a whole number from 1.")
    return ConsentNeeded(_said(inner, "to"), _members(inner, "forms", ConsentForm), days or 0)


def _exception(fields: Fields) -> Widening:
    keys = ("id", "title", "overdue_more_than_days", "auto_apply")
    inner = Fields(fields.reading, fields.at("exception"), "An exception", keys, ())
    if inner.flag("auto_apply", default=False):
        inner.wrong(
            "auto_apply", "FR113", "An exception that allows more never applies by itself: write false."
        )
    return Widening(_said(inner, "id"), _said(inner, "title"), inner.number("overdue_more_than_days") or 0)


def _override(reading: Reading, node: Node) -> Override:
    keys = ("rule", "by", "on", "reason")
    fields = Fields(reading, node, "An override", keys, ("exception", "until"))
    override = Override(
        rule=_said(fields, "rule"),
        by=_said(fields, "by"),
        on=_day(fields, "on") or _EARLIEST,
        reason=_said(fields, "reason"),
        exception=fields.string("exception"),
        until=_day(fields, "until"),
    )
    _in_order(fields, override.on, override.until)
    reading.stands(f"override/{override.rule}", node)
    return override


def _value(fields: Fields, kind: str) -> Any:
    if kind not in KINDS:
        if fields.has("kind"):
            fields.wrong("kind", "FR108", f"`kind` is one of {', '.join(KINDS)}.")
        return None
    try:
        return KINDS[kind].read(fields.value("value"))
    except Fault as fault:
        fields.reading.wrong(_at(fields.at("value"), fault.key), "FR109", f"`value` of {kind}: {fault}.")
        return None


def _at(node: Node, key: str) -> Node:
    """Return where the entry `key` stands in a mapping, or the mapping."""
    entries = node.value if isinstance(node, MappingNode) else ()
    return next((name for name, _ in entries if str(name.value) == key), node)


def _said(fields: Fields, key: str) -> str:
    found = fields.string(key)
    if fields.has(key) and not found.strip():
        fields.wrong(key, "FR114", f"`{key}` says nothing.")
    return found


def _member(fields: Fields, key: str, kind: type[E], default: E) -> E:
    return fields.member(key, kind, default) if fields.has(key) else default


def _members(fields: Fields, key: str, kind: type[E]) -> frozenset[E]:
    given = fields.value(key)
    if given is None and not fields.has(key):
        return frozenset()
    if not isinstance(given, list) or not given or any(one not in set(kind) for one in given):
        fields.wrong(key, "FR107", f"`{key}` is a list of {', '.join(kind)}.")
        return frozenset()
    return frozenset(kind(one) for one in given)


def _words(fields: Fields, key: str) -> frozenset[str]:
    given = fields.value(key)
    if given is None and not fields.has(key):
        return frozenset()
    if not isinstance(given, list) or not given or not all(isinstance(one, str) for one in given):
        fields.wrong(key, "FR107", f"`{key}` is a list of words.")
        return frozenset()
    return frozenset(given)


def _calendar(fields: Fields) -> str | None:
    name = fields.string("calendar")
    if name and not is_known(name):
        fields.wrong("calendar", "FR115", "`calendar` is a country or a state of one, such as CN or US-MA.")
    return name or None


def _day(fields: Fields, key: str) -> date | None:
    if not fields.has(key):
        return None
    try:
        return date.fromisoformat(str(fields.value(key)))
    except ValueError:
        fields.wrong(key, "FR110", f"`{key}` is a day such as 2026-11-24.")
        return None


def _in_order(fields: Fields, first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        key = "effective_to" if fields.has("effective_to") else "until"
        fields.wrong(key, "FR116", "This ends before it begins.")
