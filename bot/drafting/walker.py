"""A walker takes a script where nobody has been: it plays on and on, each time to the nearest way that is unwalked."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from bot.drafting.hands import Hands
from bot.drafting.play import Play
from flows.engine import Walked
from flows.engine.session import Session, Status
from flows.script import Ask, End, Script
from flows.script.ways import Kind, Spot, Unfolded
from flows.seek import Leg, nearest, spot_of

LONGEST = 60  # deeds of one play
TRIES = 6  # of a way that does not come about as planned; of what is typed, three times as many
DEAR = 4.0  # what each try in vain adds to the price of a way
LONG, LAST = 2.0, 20.0  # what waiting adds, and what ends the conversation: both come after what is at hand
_ACTS = (Kind.TAPPED, Kind.TYPED, Kind.TIMED, Kind.RAISED, Kind.SIGNALLED)


class Walker:
    """Wants the ways in `unwalked`, and takes out what was walked; what was tried in vain is dearer the next time."""

    def __init__(self, script: Script, unwalked: set[Walked], random: Random) -> None:
        self.unwalked = unwalked
        self.kept = 0  # lines of the play that runs, up to the last way that was new
        self._unfolded = Unfolded(script)
        self._random = random
        self._hands = Hands(self._unfolded, random)
        self._failed: Counter[Walked | None] = Counter()

    def deeds(self, play: Play) -> Iterator[str]:
        """Yield what to do next, line by line, until nothing more is to be reached."""
        self.kept = done = 0
        self._look(play)
        while done < LONGEST and play.talk is not None and play.talk.session.status is not Status.DONE:
            way = self._plan(play.talk.session)
            if way is None:
                return
            for line in self._hands.lines(play, way, self._failed):
                done += 1
                yield line
                self._look(play)
            self._learn(play, way)

    def _look(self, play: Play) -> None:
        if self.unwalked & play.walked:
            self.unwalked -= play.walked
            self.kept = len(play.lines)

    def _plan(self, session: Session) -> Sequence[Leg] | None:
        """Return the legs up to the next question on the way to what is nearest."""
        start = spot_of(self._unfolded.root, session)
        way = nearest(self._unfolded, start, self.unwalked, self._price)
        if way is None:
            return None
        way = self._by_what_decides(session, start, way)
        acts = (place for place, leg in enumerate(way) if place and leg.kind in _ACTS)
        return way[: next(acts, len(way))]

    def _by_what_decides(self, session: Session, start: Spot, way: Sequence[Leg]) -> Sequence[Leg]:
        """Return the way to the choice that a branch asks for, if it is a branch that did not go as wished."""
        case = way[-1].case
        if case is None or not self._failed[way[-1].walked] or session.values.get(case.name) == case.value:
            return way
        values = case.value if isinstance(case.value, list) else [case.value]
        choices = {
            Walked(script.name, step.id, Kind.TAPPED, choice.id)
            for script in (self._unfolded.root, *self._unfolded.root.linked.values())
            for step in script.steps.values()
            if isinstance(step, Ask) and step.save == case.name
            for choice in step.choices
            if choice.id in values
        }
        return nearest(self._unfolded, start, choices, self._price) or way

    def _price(self, leg: Leg) -> float | None:
        failed = self._failed[leg.walked] if leg.walked is not None else 0
        if failed >= (3 * TRIES if leg.kind is Kind.TYPED else TRIES):
            return None
        waits = LONG if leg.kind is Kind.TIMED else 0.0
        ends = LAST if len(leg.spot) == 1 and isinstance(self._unfolded.step(leg.spot), End) else 0.0
        return 1.0 + failed * DEAR + waits + ends + self._random.random()

    def _learn(self, play: Play, way: Sequence[Leg]) -> None:
        """Hold what came against what was planned; the first way that was not taken was tried in vain."""
        if play.talk is None or way[-1].walked in play.walked:
            return
        session = play.talk.session
        if session.status is not Status.DONE and spot_of(self._unfolded.root, session) == way[-1].spot:
            return
        in_vain = (leg.walked for leg in way if leg.walked is not None and leg.walked not in play.walked)
        self._failed[next(in_vain, way[0].walked)] += 1
