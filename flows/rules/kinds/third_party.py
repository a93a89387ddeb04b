"""Third parties: who besides the customer may be reached, after what, how often, and that the debt stays unnamed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.rules.action import ThirdParty
from flows.rules.days import DAY, first_instant
from flows.rules.facts import ContactOutcome, Facts
from flows.rules.finding import ALLOWED, REFUSED, Finding, wait_until
from flows.rules.kinds.consented import by_consent, consented
from flows.rules.kinds.reading import Fault, flag, mapping, members, whole
from flows.rules.question import Question


@dataclass(frozen=True, slots=True)
class Others:
    """`who` may be reached at all; the others never.

    `failed`: so many tries to reach the customer in a row must have failed, on at least `days` different days, and
    the others may be reached from the next day on. `once`: a person is asked one time. `disclose`: to whom the debt
    may be named; to anybody else only with the customer's consent to `third_party`.
    """

    who: frozenset[ThirdParty]
    failed: int
    days: int
    once: bool
    disclose: frozenset[ThirdParty]


def read(value: Any) -> Others:
    """Read `{who: [guarantor], after_failed: 3, on_days: 1, once: true, disclose_to: [guarantor]}`. Raises Fault."""
    given = mapping(value, ("who",), ("after_failed", "on_days", "once", "disclose_to"))
    others = Others(
        who=members(given, "who", ThirdParty),
        failed=whole(given, "after_failed", 0, 0),
        days=whole(given, "on_days", 1, 1),
        once=flag(given, "once"),
        disclose=members(given, "disclose_to", ThirdParty),
    )
    if not others.disclose <= others.who:
        raise Fault("`disclose_to` names somebody whom `who` does not", "disclose_to")
    return others


def judge(value: Others, question: Question, calendars: tuple[str, ...]) -> Finding:
    """Refuse the wrong person, a second refusal, a disclosure; wait until the customer was tried often enough."""
    action, facts = question.action, question.facts
    if action.third_party is None:
        return ALLOWED
    if action.third_party not in value.who or action.third_party_ref in facts.refused_by:
        return REFUSED
    if value.once and _asked_before(facts, action.third_party_ref):
        return REFUSED
    opens_at = _unlocked(value, question)
    if opens_at is None or question.at < opens_at:
        return wait_until(opens_at)
    may_know = not action.discloses_debt or action.third_party in value.disclose
    return by_consent(question, lambda at: may_know or consented(facts, "third_party", at))


def _asked_before(facts: Facts, ref: str) -> bool:
    return any(one.third_party is not None and one.third_party_ref == ref for one in facts.contacts)


def _unlocked(value: Others, question: Question) -> datetime | None:
    """Return from when others may be reached: the day after enough tries failed; None: not yet."""
    if not value.failed:
        return question.at
    row: list[date] = []
    for one in sorted(question.facts.contacts, key=lambda contact: contact.at):
        if one.third_party is None and not one.inbound:
            tried = one.outcome is ContactOutcome.ATTEMPTED
            row = [*row, one.at.astimezone(question.zone).date()] if tried else []
    for count in range(value.failed, len(row) + 1):
        if len(set(row[:count])) >= value.days:
            return first_instant(row[count - 1] + DAY, question.zone)
    return None


def within(child: Others, parent: Others) -> bool:
    """Does the child reach and tell nobody whom its parent does not?"""
    return child.who <= parent.who and child.disclose <= parent.disclose and child.failed >= parent.failed
