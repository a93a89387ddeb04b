"""Proofs that nobody but the customer hears of the debt, on any way through a script and all that it runs."""

from collections.abc import Iterator, Mapping, Sequence

from flows.script.issue import Issue
from flows.script.lint.known import Known, Start
from flows.script.model import Ask, Do, Operator, Party, Say, Script
from flows.script.places import issue
from flows.script.ways import Kind, Spot, Taken, Unfolded, Way, shortest, spots, tell

IDENTIFIED = "identified"  # the fact that the one in the chat has shown who they are
STAFF = (Party.COLLECTOR, Party.SAFETY_OFFICER, Party.SCHEDULER)
BY_VOICE = (Party.COLLECTOR, Party.SCHEDULER)


def undisclosed(script: Script, known: Known) -> Iterator[Issue]:
    """Yield a way on which the debt is told before it is known to whom."""
    start = known.begun.get(script.name)
    if start is not None and not start.identified:
        unfolded = Unfolded(script)
        message = "The debt is told here before anybody has shown who they are."
        yield from _told(unfolded, {unfolded.start: None}, known, start, "FV401", message)


def third_party(script: Script, known: Known) -> Iterator[Issue]:
    """Yield a way on which the debt is told to somebody who has just turned out not to be the customer."""
    start = known.begun.get(script.name)
    if start is None:
        return
    unfolded = Unfolded(script)
    others = {
        way.spot: Taken(spot, way)
        for spot in spots(unfolded)
        for way in unfolded.ways(spot)
        if way.kind is Kind.TAPPED and way.name in known.others
    }
    message = "The debt is told here to somebody who is not the customer."
    yield from _told(unfolded, others, known, start, "FV402", message)


def unmarked(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each step that tells of the debt in words filled in, and is not marked as one that does.

    What staff only read for themselves tells nobody; what they say aloud does.
    """
    for step in script.steps.values():
        if isinstance(step, Say | Ask) and not step.discloses_debt:
            for name in sorted(_filled_in(script, step) & {*known.disclosing}):
                message = f"{{{name}}} tells of the debt: mark the step with `discloses_debt: true`."
                yield issue(script, step.id, "FV407", message)


def _filled_in(script: Script, step: Say | Ask) -> set[str]:
    aloud = step.aloud if isinstance(step, Ask) else None
    read = step.text if script.party not in STAFF else None
    return {name for text in (aloud, read) if text is not None for name in text.names}


def unsaid_lines(script: Script, known: Known) -> Iterator[Issue]:
    """Yield a way on which staff speak of the debt before the lines that the rules demand have their place."""
    start = known.begun.get(script.name)
    if start is None or start.identified or script.party not in BY_VOICE:
        return
    unfolded = Unfolded(script)

    def unsaid(spot: Spot) -> bool:
        return _discloses(unfolded, spot) and not _says_lines(unfolded, spot)

    taken = shortest(unfolded, [unfolded.start], unsaid, lambda spot, _: _says_lines(unfolded, spot))
    if taken is not None:
        message = (
            "The debt is spoken of here before a step with `lines`, where the rules' own lines are said."
        )
        yield _shown(unfolded, unfolded.start, taken, "FV405", message)


def _told(
    unfolded: Unfolded,
    starts: Mapping[Spot, Taken | None],
    known: Known,
    start: Start,
    code: str,
    message: str,
) -> Iterator[Issue]:
    """Yield the shortest way from one of these spots to the debt, shown from the beginning over what led there."""

    def established(spot: Spot, way: Way) -> bool:
        return _establishes(unfolded, spot, way, known, start)

    taken = shortest(unfolded, starts, lambda spot: _discloses(unfolded, spot), established)
    if taken is not None:
        begun = taken[0].spot if taken else next(spot for spot in starts if _discloses(unfolded, spot))
        led = starts[begun]
        before = (*_up_to(unfolded, led.spot), led) if led is not None else ()
        yield _shown(unfolded, begun, (*before, *taken), code, message)


def _up_to(unfolded: Unfolded, spot: Spot) -> tuple[Taken, ...]:
    return shortest(unfolded, [unfolded.start], lambda one: one == spot, lambda *_: False) or ()


def _shown(unfolded: Unfolded, begun: Spot, taken: Sequence[Taken], code: str, message: str) -> Issue:
    last = taken[-1].way.spot if taken else begun
    return issue(unfolded.script(last[-1]), last[-1].step, code, message, tell(unfolded, taken, last))


def _discloses(unfolded: Unfolded, spot: Spot) -> bool:
    step = unfolded.step(spot)
    return isinstance(step, Say | Ask) and step.discloses_debt


def _says_lines(unfolded: Unfolded, spot: Spot) -> bool:
    step = unfolded.step(spot)
    return isinstance(step, Ask) and step.lines is not None


def _establishes(unfolded: Unfolded, spot: Spot, way: Way, known: Known, start: Start) -> bool:
    step, case = unfolded.step(spot), way.case
    if isinstance(step, Do):
        return (step.effect, way.name) in known.identifies
    if isinstance(step, Ask):
        return way.kind is Kind.TAPPED and start.said == (step.save, way.name)
    return case is not None and (case.name, case.operator, case.value) == (IDENTIFIED, Operator.EQUALS, True)
