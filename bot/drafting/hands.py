"""The hands of a walker: what to tap, to type or to wait for, so that a conversation takes a certain way."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from bot.drafting.persona import CASE
from bot.drafting.play import Play
from bot.drafting.values import written
from bot.service.performances import PERFORMANCES
from flows.engine import Walked
from flows.script import Ask, Branch, Do, InputKind
from flows.script.ways import Kind, Unfolded
from flows.seek import Leg

DAYS = (1, 5, 10, 20, 40)  # ahead of today
WORDS = ("A few words.", "12", "14:00-16:30")
KNOWN = {"id_last4": CASE["id_last4"]}  # what the right one knows
_DAY = "2027-03-09"
MADE_UP: Mapping[str, object] = {  # what a deed gives that is only pretended
    **{name: [{"id": "a", "value": _DAY}] for name in ("days", "slots", "plans")},
    "first_due": _DAY,
    "tries_left": 2,
}
MINUTE = timedelta(minutes=1)


class Hands:
    """Work on the play of one script, unfolded."""

    def __init__(self, unfolded: Unfolded, random: Random) -> None:
        self._unfolded = unfolded
        self._random = random

    def lines(self, play: Play, way: Sequence[Leg], failed: Mapping[Walked | None, int]) -> Iterator[str]:
        """Yield the lines that should lead along `way`; a deed that `failed` to come out so is only pretended."""
        for leg in way:
            step = self._unfolded.step(leg.start)
            if isinstance(step, Do) and failed[leg.walked]:
                yield _pretended(step, leg.name)
        yield self._act(play, way[0])

    def _act(self, play: Play, leg: Leg) -> str:
        step = self._unfolded.step(leg.start)
        if leg.kind is Kind.SIGNALLED:
            return f"!{leg.name}"
        if leg.kind is Kind.TIMED:
            return f"+{_minutes(play, leg)}m"
        if leg.kind is Kind.RAISED and not play.offers(f"[{leg.name}]"):
            return f"/{leg.name}"
        return (
            self._typed(play, step) if leg.kind is Kind.TYPED and isinstance(step, Ask) else f"[{leg.name}]"
        )

    def _typed(self, play: Play, step: Ask) -> str:
        offered: Any = play.values.get(step.choices_from or "")
        if offered:
            return f"[{self._random.choice(offered)['id']}]"
        match step.input:
            case InputKind.NUMBER:
                return str(self._random.choice(self._numbers(step)))
            case InputKind.DATE:
                day = play.rehearsal.clock.now() + timedelta(days=self._random.choice(DAYS))
                return day.date().isoformat()
            case InputKind.LOCATION:
                return "@51.501,-0.124"
            case InputKind.FILE:
                return "^photo.jpg"
        return KNOWN.get(step.save or "") or self._random.choice(WORDS)

    def _numbers(self, step: Ask) -> Sequence[int]:
        """Return the least and the most, something ordinary, and what lies about each number that a branch asks for."""
        low, high = step.minimum or 0, 3000 if step.maximum is None else step.maximum
        asked = [
            int(case.value)
            for script in (self._unfolded.root, *self._unfolded.root.linked.values())
            for one in script.steps.values()
            if isinstance(one, Branch)
            for case in one.cases
            if case.name == step.save and isinstance(case.value, int | float)
        ]
        about = [one + more for one in asked for more in (-1, 0, 1)]
        return [one for one in (low, low + 1, 150, high, *about) if low <= one <= high]


def _pretended(step: Do, outcome: str) -> str:
    given = PERFORMANCES[step.effect].gives.get(outcome, ())
    values = (f"{name}={written(MADE_UP.get(name, 'something'))}" for name in given)
    return " ".join((f"={step.effect} {outcome}", *values))


def _minutes(play: Play, leg: Leg) -> int:
    """Return how long it takes until a timeout is due; what is due earlier comes on the way."""
    script, step = (leg.walked.script, leg.walked.step) if leg.walked is not None else ("", "")
    due = play.due.get(".".join(filter(None, (script, step, leg.name))))
    left = due - play.rehearsal.clock.now() if due is not None else timedelta(days=1)
    return max(1, left // MINUTE + 1)
