"""Holds by themselves: what they keep from being done, and for how long the rules let one of a kind last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from flows.rules.action import Action
from flows.rules.binding import reference
from flows.rules.days import zone_of
from flows.rules.decide import decide
from flows.rules.facts import Facts, Hold
from flows.rules.rule import Pack, Rule, Status
from flows.rules.verdict import RuleRef, Verdict

YEAR = timedelta(days=365)  # renewals are counted within a year, as the UK's breathing space is


@dataclass(frozen=True, slots=True)
class Terms:
    """How the rules know a kind of hold.

    `until`: when one that begins now ends by itself, None: only when somebody lifts it. `renewals`: how often it may be
    opened again within a year, None: no limit is known. `dated`: it has meaning only with a last day, such as a
    time of mourning. `rules` are those that obey it, with their `citations`.
    """

    until: datetime | None
    renewals: int | None
    dated: bool
    rules: tuple[RuleRef, ...]
    citations: tuple[str, ...]


def held(action: Action, facts: Facts, packs: Sequence[Pack], at: datetime) -> Verdict:
    """Ask only the rules about holds: anything but allowed means that a hold stands in the way."""
    return decide(action, facts, _about_holds(tuple(packs)), at)


def terms(kind: str, facts: Facts, packs: Sequence[Pack], at: datetime) -> Terms | None:
    """Return how the rules in force at `at` (aware) know a hold that begins then; None when none does."""
    found = [(pack, rule) for pack, rule in _in_force(facts, packs, at) if kind in _kinds(rule)]
    if not found:
        return None
    ceases = [rule.value for _, rule in found if rule.kind == "cease_hold"]
    ends = [end for one in ceases if (end := one.end_of(Hold(kind, at))) is not None]
    renewals = [one.renewals for one in ceases if one.renewals is not None]
    return Terms(
        until=max(ends) if ends and len(ends) == len(ceases) else None,
        renewals=min(renewals, default=None),
        dated=not ceases,
        rules=tuple(reference(rule, pack) for pack, rule in found),
        citations=tuple(dict.fromkeys(rule.source.citation for _, rule in found)),
    )


def hold_kinds(facts: Facts, packs: Sequence[Pack], at: datetime) -> tuple[str, ...]:
    """Return every kind of hold that a rule in force knows, in the order of the alphabet."""
    return tuple(sorted({kind for _, rule in _in_force(facts, packs, at) for kind in _kinds(rule)}))


def _kinds(rule: Rule) -> frozenset[str]:
    kinds: frozenset[str] = rule.value.triggers if rule.kind == "cease_hold" else rule.value.occasions
    return kinds


def _in_force(facts: Facts, packs: Sequence[Pack], at: datetime) -> Iterator[tuple[Pack, Rule]]:
    """Yield the rules about holds and occasions that bind in this case on that day."""
    day = at.astimezone(zone_of(facts.zone)).date()
    for pack in packs:
        for rule in pack.rules:
            begins = max(pack.effective_from, rule.effective_from or pack.effective_from)
            ends = [one for one in (rule.effective_to, pack.effective_to) if one is not None]
            if (
                rule.kind in ("cease_hold", "occasion_blackout")
                and rule.source.status is not Status.DRAFT
                and rule.scope.covers_case(facts)
                and begins <= day <= min(ends, default=day)
            ):
                yield pack, rule


@lru_cache(maxsize=64)
def _about_holds(packs: tuple[Pack, ...]) -> tuple[Pack, ...]:
    """Return the packs with nothing but their rules about holds; overrides stay."""
    return tuple(
        replace(pack, rules=tuple(rule for rule in pack.rules if rule.kind == "cease_hold")) for pack in packs
    )
