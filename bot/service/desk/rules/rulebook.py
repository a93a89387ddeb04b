"""The rules as rows with stable field names: what each says, where it comes from, whether anybody has signed it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.errors import InputRefused
from flows.rules import Pack, Rule


def rule_list(packs: Sequence[Pack], name: str | None = None) -> list[dict[str, Any]]:
    """Return every rule, or those of the pack `name` in all its versions. Raises `InputRefused` for no such pack."""
    names = sorted({pack.name for pack in packs})
    if name is not None and name not in names:
        raise InputRefused(f"There is no pack {name}. There are: {', '.join(names)}.")
    return [
        {
            "id": rule.id,
            "pack": pack.name,
            "version": pack.version,
            "kind": rule.kind,
            "force": str(rule.source.force),
            "status": str(rule.source.status),
            "reviewed_by": pack.reviewed_by,
            "title": rule.title,
        }
        for pack in packs
        if name in (None, pack.name)
        for rule in pack.rules
    ]


def rule_detail(packs: Sequence[Pack], texts: Mapping[str, str], rule_id: str) -> list[dict[str, Any]]:
    """Return a rule in each version of its pack, with the lines of the file as they were written.

    `rule_id` is its id, or a reference of a receipt such as `UK@1/uk-time`. Raises `InputRefused` for no such rule.
    """
    found = [
        _detail(pack, rule, packs, texts)
        for pack in packs
        for rule in pack.rules
        if rule_id in (rule.id, f"{pack.name}@{pack.version}/{rule.id}")
    ]
    if not found:
        raise InputRefused(f"There is no rule {rule_id}: `doorstep rules list` names them all.")
    return found


def _detail(pack: Pack, rule: Rule, packs: Sequence[Pack], texts: Mapping[str, str]) -> dict[str, Any]:
    line = pack.places[f"rule/{rule.id}"].line
    return {
        "id": rule.id,
        "pack": pack.name,
        "version": pack.version,
        "title": rule.title,
        "kind": rule.kind,
        "citation": rule.source.citation,
        "force": str(rule.source.force),
        "status": str(rule.source.status),
        "evidence": rule.source.evidence,
        "confidence": str(rule.source.confidence),
        "effective_from": rule.effective_from or pack.effective_from,
        "effective_to": rule.effective_to or pack.effective_to,
        "overridable": rule.overridable,
        "overrides": list(_overrides(rule, packs)),
        "reviewed_by": pack.reviewed_by,
        "file": f"{pack.file}:{line}",
        "text": _written(pack, line, texts[pack.file]),
    }


def _overrides(rule: Rule, packs: Sequence[Pack]) -> Iterator[dict[str, Any]]:
    for pack in packs:
        for one in pack.overrides:
            if one.rule == rule.id:
                yield {
                    "pack": pack.name,
                    "version": pack.version,
                    "by": one.by,
                    "on": one.on.isoformat(),
                    "until": one.until.isoformat() if one.until else None,
                    "reason": one.reason,
                }


def _written(pack: Pack, first: int, source: str) -> str:
    """Return the lines of a rule: from its own up to the next rule, or the end of the list."""
    lines = source.splitlines()
    width = len(lines[first - 1]) - len(lines[first - 1].lstrip(" -"))
    found = [lines[first - 1][width:]]
    for line in lines[first:]:
        if line.strip() and line[:width].strip():
            break  # the next rule, or a key of the pack
        found.append(line[width:])
    return "\n".join(found).strip()
