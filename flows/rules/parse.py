"""A pack file's text to a `Pack`; every fault at file:line:column."""

from datetime import date

from flows.errors import ScriptInvalid
from flows.rules.calendar import is_known
from flows.rules.entries import day, in_order, said
from flows.rules.parse_rule import parse_rule
from flows.rules.rule import Override, Pack, Rule
from flows.script.document import Node, compose
from flows.script.fields import Fields, Reading

_PACK = ("pack", "version", "title", "effective_from", "reviewed_by", "rules")
_PACK_EXTRA = ("effective_to", "parent", "calendar", "overrides")
_EARLIEST = date(1900, 1, 1)


def parse_pack(source: str, file: str) -> Pack:
    """Read a pack. Raises `ScriptInvalid` with every fault that was found."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A pack", _PACK, _PACK_EXTRA)
    pack = Pack(
        name=said(fields, "pack"),
        version=fields.number("version") or 0,
        title=said(fields, "title"),
        rules=_rules(fields),
        effective_from=day(fields, "effective_from") or _EARLIEST,
        effective_to=day(fields, "effective_to"),
        parent=fields.string("parent") or None,
        calendar=_calendar(fields),
        reviewed_by=fields.string("reviewed_by") or None,
        overrides=tuple(_override(reading, node) for node in fields.items("overrides")),
        file=file,
        places=reading.places,
    )
    if fields.has("version") and pack.version < 1:
        fields.wrong("version", "FR111", "`version` is a whole number from 1.")
    in_order(fields, pack.effective_from, pack.effective_to)
    reading.stands("pack", fields.at("pack"))
    reading.stands("effective_from", fields.at("effective_from"))
    reading.stands("parent", fields.at("parent"))
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return pack


def _rules(fields: Fields) -> tuple[Rule, ...]:
    found: dict[str, Rule] = {}
    for node in fields.items("rules"):
        rule = parse_rule(fields.reading, node)
        if rule.id in found:
            fields.reading.wrong(node, "FR105", f"Two rules are called `{rule.id}`.")
        found[rule.id] = rule
    return tuple(found.values())


def _calendar(fields: Fields) -> str | None:
    name = fields.string("calendar")
    if name and not is_known(name):
        fields.wrong("calendar", "FR115", "`calendar` is a country or a state of one, such as CN or US-MA.")
    return name or None


def _override(reading: Reading, node: Node) -> Override:
    keys = ("rule", "by", "on", "reason")
    fields = Fields(reading, node, "An override", keys, ("exception", "until"))
    override = Override(
        rule=said(fields, "rule"),
        by=said(fields, "by"),
        on=day(fields, "on") or _EARLIEST,
        reason=said(fields, "reason"),
        exception=fields.string("exception"),
        until=day(fields, "until"),
    )
    in_order(fields, override.on, override.until)
    reading.stands(f"override/{override.rule}", node)
    return override
