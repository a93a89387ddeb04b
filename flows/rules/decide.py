"""May this be done, now, to this person? The strictest rule wins, and the verdict names it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

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
        refuses, waits, until, lines = _put(asked, question)
        if refuses is None and waits is not None and until is not None:
            delayed.append(waits)
            moment = until
            if moment - at <= _LONGEST and len(delayed) < _ROUNDS:
                continue
            refuses = waits
        break
    bound = refuses or (delayed[-1] if delayed else None)
    outcome = Outcome.REFUSED if refuses else Outcome.WAIT if delayed else Outcome.ALLOWED
    return Verdict(
        outcome=outcome,
        action=action,
        facts=facts,
        at=at,
        until=moment if outcome is Outcome.WAIT else None,
        bound=bound.ref if bound else None,
        kind=bound.rule.kind if bound else "",
        title=bound.rule.title if bound else "",
        citation=bound.rule.source.citation if bound else "",
        force=bound.rule.source.force.value if bound else "",
        status=bound.rule.source.status.value if bound else "",
        delayed_by=tuple(dict.fromkeys(one.ref for one in delayed)),
        consulted=tuple(one.ref for one in asked if one.in_force(question)),
        set_aside=_set_aside(asked, question),
        lines=lines,
    )


def _put(
    asked: tuple[Bound, ...], question: Question
) -> tuple[Bound | None, Bound | None, datetime | None, tuple[MandatoryLine, ...]]:
    """Return the first rule that refuses, the one that waits longest and until when, and the lines."""
    waits: Bound | None = None
    until: datetime | None = None
    lines: list[MandatoryLine] = []
    for one in asked:
        finding = one.find(question)
        if finding is ALLOWED:
            continue
        if finding.outcome is Outcome.REFUSED:
            return one, None, None, ()
        if finding.line is not None:
            lines.append(MandatoryLine(finding.line.id, finding.line.text, one.ref))
        elif until is None or (finding.until is not None and finding.until > until):
            waits, until = one, finding.until
    return None, waits, until, tuple(lines)


def _set_aside(asked: tuple[Bound, ...], question: Question) -> tuple[SetAside, ...]:
    waived = ((one.ref, one.waiver(question)) for one in asked if one.waivers and one.in_force(question))
    return tuple(
        SetAside(ref, waiver.by, waiver.on, waiver.reason) for ref, waiver in waived if waiver is not None
    )
