"""How long a record is kept: the longest duty, then the shortest limit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.rules.binding import reference
from flows.rules.days import DAY, months_after
from flows.rules.facts import Facts
from flows.rules.kinds.retention import Anchor, Keep
from flows.rules.rule import Pack, Status
from flows.rules.verdict import RuleRef

_LAST = date.max


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keep up to and including the day `until`, None: no end yet; erase from the day `erase_from`, None: no limit.

    `kept_by` and `erased_by` are the rules that decided. A duty to keep is stronger than a limit.
    """

    until: date | None
    kept_by: RuleRef | None
    erase_from: date | None
    erased_by: RuleRef | None


def keeping(packs: Sequence[Pack], facts: Facts, anchors: Mapping[Anchor, date], on: date) -> Keeping:
    """Return how long a record with these days is kept under the rules in force on the day `on`.

    `facts` say which rules are about this case.

    A duty whose anchor is not there yet, such as a debt that is not cleared, has no end yet.
    """
    rules = list(_rules(packs, facts, on))
    duties = [(_end(anchors, one, one.at_least), ref) for one, ref in rules if one.at_least]
    until, kept_by = max(duties, key=lambda duty: (duty[0], str(duty[1])), default=(None, None))
    if until == _LAST:
        return Keeping(None, kept_by, None, None)
    limits = [
        (_end(anchors, one, one.at_most or 0) if one.at_most is not None else on - DAY, ref)
        for one, ref in rules
        if one.shortest or one.at_most is not None
    ]
    limit, erased_by = min(limits, key=lambda one: (one[0], str(one[1])), default=(None, None))
    if limit is None or limit == _LAST:
        return Keeping(until, kept_by, None, None)
    return Keeping(until, kept_by, max(limit, until or limit) + DAY, erased_by)


def _rules(packs: Sequence[Pack], facts: Facts, on: date) -> Iterator[tuple[Keep, RuleRef]]:
    for pack in packs:
        if pack.effective_from <= on <= (pack.effective_to or on):
            for rule in pack.rules:
                current = (rule.effective_from or on) <= on <= (rule.effective_to or on)
                current = current and rule.source.status is not Status.DRAFT
                if rule.kind == "retention" and current and rule.scope.covers_case(facts):
                    yield rule.value, reference(rule, pack)


def _end(anchors: Mapping[Anchor, date], one: Keep, months: int) -> date:
    anchor = anchors.get(one.anchor)
    return _LAST if anchor is None else months_after(anchor, months)
