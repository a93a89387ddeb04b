"""Which rules of some packs speak about an action, in an order that depends on nothing but the rules."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from flows.rules.action import Action, ActionKind, Channel, Place, Purpose, Role
from flows.rules.days import DAY, first_instant
from flows.rules.facts import Facts
from flows.rules.finding import ALLOWED, Finding, Outcome, wait_until
from flows.rules.kinds import KINDS, TIMING
from flows.rules.question import Question
from flows.rules.rule import Force, Override, Pack, Rule, Status
from flows.rules.verdict import RuleRef

_RANK = {force: rank for rank, force in enumerate(Force)}


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A rule of a pack that speaks about the action; `waivers` are the overrides that name it.

    `since` and `until` are the local days of the rule and of its pack's version together, both included.
    """

    rule: Rule
    ref: RuleRef
    judge: Callable[[Any, Question, tuple[str, ...]], Finding]
    calendars: tuple[str, ...]
    waivers: tuple[Override, ...]
    since: date
    until: date | None

    def in_force(self, question: Question) -> bool:
        """Is it a day of the rule and of its pack's version?"""
        day = question.local.date()
        return self.since <= day and (self.until is None or day <= self.until)

    def stands(self, question: Question) -> bool:
        """Is the rule in force on that day, not set aside by a person, not lifted by a consent?"""
        return self.in_force(question) and self.waiver(question) is None and not self._consented(question)

    def waiver(self, question: Question) -> Override | None:
        """Return the override that sets the rule aside on that day."""
        day = question.local.date()
        return next((one for one in self.waivers if self._applies(one, day, question.facts)), None)

    def _applies(self, one: Override, day: date, facts: Facts) -> bool:
        if day < one.on or (one.until is not None and day > one.until):
            return False
        if not one.exception:
            return True
        start = self._widened_from(facts)
        return start is not None and day >= start

    def _widened_from(self, facts: Facts) -> date | None:
        widening = self.rule.exception
        if widening is None or facts.overdue_since is None:
            return None
        return facts.overdue_since + DAY * (widening.overdue_more_than_days + 1)

    def _consented(self, question: Question) -> bool:
        needed = self.rule.consent
        return needed is not None and any(
            needed.lifts(one, question.at, question.zone) for one in question.facts.consents
        )

    def find(self, question: Question) -> Finding:
        """Judge; what stands in the way ends at the latest when the rule itself gives way."""
        finding = self.judge(self.rule.value, question, self.calendars)
        if finding is ALLOWED:
            return finding
        if not self.stands(question):
            return ALLOWED
        if finding.outcome is Outcome.ALLOWED:
            return finding
        ways_out = [one for one in self._ways_out(question) if one > question.at]
        return wait_until(min([*ways_out, *([finding.until] if finding.until else [])], default=None))

    def _ways_out(self, question: Question) -> Iterator[datetime]:
        """Yield the instants at which the rule may stop to stand; for a slot only its own day counts."""
        needed = self.rule.consent
        if needed is not None:
            yield from (one.since for one in question.facts.consents if needed.is_met_by(one))
        if not question.is_slot:
            for day in self._days_out(question.facts):
                yield first_instant(day, question.zone)

    def _days_out(self, facts: Facts) -> Iterator[date]:
        if self.until is not None:
            yield self.until + DAY
        for one in self.waivers:
            widened = self._widened_from(facts) if one.exception else one.on
            if widened is not None:
                yield max(one.on, widened)


def binding(packs: Sequence[Pack], action: Action, facts: Facts) -> tuple[Bound, ...]:
    """Return the rules that speak about the action in this case, the strongest force first."""
    key = (action.kind, action.channel, action.purpose, action.place, action.role)
    return _bound(tuple(packs), key, (facts.lender_type, facts.product, facts.first_party))


@lru_cache(maxsize=4096)
def _bound(
    packs: tuple[Pack, ...],
    key: tuple[ActionKind, Channel, Purpose, Place, Role],
    case: tuple[str, str, bool | None],
) -> tuple[Bound, ...]:
    kind, channel, purpose, place, role = key
    lender_type, product, first_party = case
    action = Action(kind, channel, purpose, place=place, role=role)
    facts = Facts("UTC", "", lender_type=lender_type, product=product, first_party=first_party)
    found = [
        one for pack in dict.fromkeys(packs) for one in _of(pack, packs) if _speaks(one.rule, action, facts)
    ]
    return tuple(sorted(found, key=lambda one: (_RANK[one.rule.source.force], str(one.ref))))


def _speaks(rule: Rule, action: Action, facts: Facts) -> bool:
    """Does the rule speak about this?

    The confirmation of an opt-out answers what the customer has just done: no hour, cap or hold keeps it back but
    the holds that allow it once.
    """
    if action.purpose is Purpose.OPT_OUT_CONFIRMATION:
        once = rule.kind == "cease_hold" and action.purpose in rule.value.still
        return rule.scope.covers(action, facts) and (once or rule.kind not in TIMING)
    return rule.scope.covers(action, facts)


def _of(pack: Pack, packs: tuple[Pack, ...]) -> Iterator[Bound]:
    waivers = tuple(one for other in packs for one in other.overrides)
    everywhere = tuple(sorted({other.calendar for other in packs if other.calendar}))
    for rule in pack.rules:
        judge = KINDS[rule.kind].judge
        if judge is not None and rule.source.status is not Status.DRAFT:
            yield Bound(
                rule=rule,
                ref=reference(rule, pack),
                judge=judge,
                calendars=(pack.calendar,) if pack.calendar else everywhere,
                waivers=tuple(one for one in waivers if one.rule == rule.id),
                since=max(pack.effective_from, rule.effective_from or pack.effective_from),
                until=_earlier(rule.effective_to, pack.effective_to),
            )


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def reference(rule: Rule, pack: Pack) -> RuleRef:
    """Return how receipts name the rule."""
    return RuleRef(rule.id, pack.name, pack.version)
