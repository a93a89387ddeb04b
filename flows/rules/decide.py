"""May this be done, now, to this person? The strictest rule wins, and the verdict names it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flows.rules.action import Action
from flows.rules.binding import Bound, binding
from flows.rules.facts import Facts
from flows.rules.finding import ALLOWED, Outcome
from flows.rules.question import Question, ask
from flows.rules.rule import Pack
from flows.rules.verdict import MandatoryLine, SetAside, Verdict

_ROUNDS = 256  # how often waiting for one rule may run into another
_LONGEST = timedelta(days=400)


def decide(action: Action, facts: Facts, packs: Sequence[Pack], at: datetime) -> Verdict:
    """Ask every rule of `packs` about `action` at `at` (aware).

    A refusal stands. Otherwise the verdict waits until the earliest instant at which every rule allows the
    action: waiting for one rule may run into another, so the question is put again at each such instant. What
    does not become lawful within 400 days is refused.
    """
    asked = binding(packs, action, facts)
    moment, delayed = at.astimezone(UTC), list[Bound]()
    while True:
        question = ask(action, facts, moment)
        heard = _put(asked, question)
        if heard.waits is None or heard.until is None:
            break
        delayed.append(heard.waits)
        moment = heard.until
        if moment - at > _LONGEST or len(delayed) == _ROUNDS:
            heard = _Heard(refuses=heard.waits)
            break
    outcome = Outcome.REFUSED if heard.refuses else Outcome.WAIT if delayed else Outcome.ALLOWED
    return Verdict(
        outcome=outcome,
        action=action,
        facts=facts,
        at=at,
        until=moment if outcome is Outcome.WAIT else None,
        delayed_by=tuple(dict.fromkeys(one.ref for one in delayed)),
        consulted=tuple(one.ref for one in asked if one.in_force(question)),
        set_aside=_set_aside(asked, question),
        lines=heard.lines,
        **_named(heard.refuses or (delayed[-1] if delayed else None)),
    )


def _named(bound: Bound | None) -> dict[str, Any]:
    """Return what a receipt says of the rule that decided."""
    if bound is None:
        return {}
    source = bound.rule.source
    return {
        "bound": bound.ref,
        "kind": bound.rule.kind,
        "title": bound.rule.title,
        "citation": source.citation,
        "force": source.force.value,
        "status": source.status.value,
    }


class _Heard(NamedTuple):
    """What all rules said in one round: the first that refuses, or the one that waits longest and until when."""

    refuses: Bound | None = None
    waits: Bound | None = None
    until: datetime | None = None
    lines: tuple[MandatoryLine, ...] = ()


def _put(asked: tuple[Bound, ...], question: Question) -> _Heard:
    waits: Bound | None = None
    until: datetime | None = None
    lines: list[MandatoryLine] = []
    for one in asked:
        finding = one.find(question)
        if finding is ALLOWED:
            continue
        if finding.outcome is Outcome.REFUSED:
            return _Heard(refuses=one)
        if finding.line is not None:
            lines.append(MandatoryLine(finding.line.id, finding.line.text, one.ref))
        elif until is None or (finding.until is not None and finding.until > until):
            waits, until = one, finding.until
    return _Heard(None, waits, until, tuple(lines))


def _set_aside(asked: tuple[Bound, ...], question: Question) -> tuple[SetAside, ...]:
    waived = ((one.ref, one.waiver(question)) for one in asked if one.waivers and one.in_force(question))
    return tuple(
        SetAside(ref, waiver.by, waiver.on, waiver.reason) for ref, waiver in waived if waiver is not None
    )
