"""A rule as a pack writes it to a `Rule`; every fault at its own line."""

from typing import Any

from flows.rules.action import ActionKind, Channel, Place, Purpose, Role
from flows.rules.entries import day, in_order, member_or, members, said, words
from flows.rules.facts import ConsentForm
from flows.rules.kinds import KINDS
from flows.rules.kinds.reading import Fault
from flows.rules.rule import (
    Confidence,
    ConsentNeeded,
    Force,
    Rule,
    Scope,
    Source,
    Status,
    Widening,
)
from flows.script.document import MappingNode, Node
from flows.script.fields import Fields, Reading

_RULE = ("id", "title", "kind", "value", "citation", "force", "evidence", "confidence", "status")
_SCOPE = ("actions", "channels", "purposes", "places", "roles", "lender_types", "products", "party")
_RULE_EXTRA = (*_SCOPE, "consent", "exception", "overridable", "effective_from", "effective_to")
_PARTIES = {"first": True, "third": False}


def parse_rule(reading: Reading, node: Node) -> Rule:
    """Read a rule, and note what is wrong with it."""
    fields = Fields(reading, node, "A rule", _RULE, _RULE_EXTRA)
    kind = fields.string("kind")
    rule = Rule(
        id=said(fields, "id"),
        title=said(fields, "title"),
        kind=kind,
        value=_value(fields, kind),
        source=_source(fields),
        scope=_scope(fields),
        consent=_consent(fields) if fields.has("consent") else None,
        exception=_exception(fields) if fields.has("exception") else None,
        overridable=fields.flag("overridable", default=False),
        effective_from=day(fields, "effective_from"),
        effective_to=day(fields, "effective_to"),
    )
    in_order(fields, rule.effective_from, rule.effective_to)
    fields.reading.stands(f"rule/{rule.id}", fields.node)
    fields.reading.stands(f"rule/{rule.id}/value", fields.at("value"))
    return rule


def _source(fields: Fields) -> Source:
    if fields.has("citation") and not fields.string("citation").strip():
        fields.wrong("citation", "FR106", "A rule names its source: write the citation.")
    return Source(
        citation=fields.string("citation"),
        force=member_or(fields, "force", Force, Force.POLICY),
        evidence=fields.string("evidence"),
        confidence=member_or(fields, "confidence", Confidence, Confidence.LOW),
        status=member_or(fields, "status", Status, Status.UNVERIFIED),
    )


def _scope(fields: Fields) -> Scope:
    party = fields.string("party") if fields.has("party") else None
    if party is not None and party not in _PARTIES:
        fields.wrong("party", "FR112", f"`party` is one of {', '.join(_PARTIES)}.")
    return Scope(
        actions=members(fields, "actions", ActionKind),
        channels=members(fields, "channels", Channel),
        purposes=members(fields, "purposes", Purpose),
        places=members(fields, "places", Place),
        roles=members(fields, "roles", Role),
        lender_types=words(fields, "lender_types"),
        products=words(fields, "products"),
        first_party=_PARTIES.get(party) if party is not None else None,
    )


def _consent(fields: Fields) -> ConsentNeeded:
    inner = Fields(fields.reading, fields.at("consent"), "A consent", ("to", "forms"), ("days",))
    days = inner.number("days") if inner.has("days") else None
    if days is not None and days < 1:
        inner.wrong("days", "FR117", "`days` is a whole number from 1.")
    return ConsentNeeded(said(inner, "to"), members(inner, "forms", ConsentForm), days or 0)


def _exception(fields: Fields) -> Widening:
    keys = ("id", "title", "overdue_more_than_days", "auto_apply")
    inner = Fields(fields.reading, fields.at("exception"), "An exception", keys, ())
    if inner.flag("auto_apply", default=False):
        inner.wrong(
            "auto_apply", "FR113", "An exception that allows more never applies by itself: write false."
        )
    return Widening(said(inner, "id"), said(inner, "title"), inner.number("overdue_more_than_days") or 0)


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
