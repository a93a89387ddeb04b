"""Proofs that what a step relies on was said or worked out before it, on every way."""

from collections.abc import Collection, Iterator

from flows.script.issue import Issue
from flows.script.lint.known import Known
from flows.script.model import Ask, Do, InputKind, Say, Script, Step, Text
from flows.script.places import issue
from flows.script.ways import Kind, Spot, Unfolded, Way, shortest, spots, tell

TYPED = (InputKind.TEXT, InputKind.NUMBER, InputKind.DATE, InputKind.SLOT)
WORDS = "words"  # the argument of an effect that names answers, apart by spaces
ANSWERED = (Kind.TAPPED, Kind.TYPED)


def unset(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each session value that a step uses, with a way that comes there without it."""
    start = known.begun.get(script.name)
    if start is None:
        return
    unfolded = Unfolded(script)
    names = {name for spot in spots(unfolded) for name in _used(unfolded.step(spot), known)}
    for name in sorted(names - {*start.values}):
        found = _without(unfolded, name, known)
        if found is not None:
            yield found


def unheard(script: Script, known: Known) -> Iterator[Issue]:
    """Yield each answer that a step passes on by name (`words`) and that no question here, or before it, keeps."""
    kept = {step.save for step in script.steps.values() if isinstance(step, Ask)}
    kept |= {*known.inherited.get(script.name, ())}
    for step in script.steps.values():
        for name in str(step.args.get(WORDS, "")).split() if isinstance(step, Do) else ():
            if name not in kept:
                yield issue(
                    script, step.id, "FV408", f"`{name}` is passed on here, and no question keeps it."
                )


def lost(script: Script, _: Known) -> Iterator[Issue]:
    """Yield each question whose answer somebody types and nothing keeps."""
    for step in script.steps.values():
        if isinstance(step, Ask) and step.input in TYPED and step.save is None:
            yield issue(
                script,
                step.id,
                "FV409",
                "What is answered here is typed, and kept nowhere: give it a `save`.",
            )


def _without(unfolded: Unfolded, name: str, known: Known) -> Issue | None:
    def uses(spot: Spot) -> bool:
        return name in _used(unfolded.step(spot), known)

    def sets(spot: Spot, way: Way) -> bool:
        return name in _set(unfolded.step(spot), way, known)

    taken = shortest(unfolded, [unfolded.start], uses, sets)
    if taken is None:
        return None
    last = taken[-1].way.spot if taken else unfolded.start
    message = f"`{name}` is used here and not set on every way."
    way = tell(unfolded, taken, last)
    return issue(unfolded.script(last[-1]), last[-1].step, "FV403", message, way)


def _used(step: Step, known: Known) -> Collection[str]:
    """Return the session values that a step cannot do without."""
    if isinstance(step, Do):
        return known.needs.get(step.effect, ())
    if isinstance(step, Say):
        return _names((step.text,), known)
    if isinstance(step, Ask):
        offered = {step.choices_from} if step.choices_from is not None else set()
        return offered | _names((step.text, step.aloud, step.hint), known)
    return ()


def _names(texts: tuple[Text | None, ...], known: Known) -> set[str]:
    kept = {*known.values} - {*known.placeholders}
    return kept & {name for text in texts if text is not None for name in text.names}


def _set(step: Step, way: Way, known: Known) -> Collection[str]:
    if isinstance(step, Do):
        return known.gives.get((step.effect, way.name), ())
    if isinstance(step, Ask) and step.save is not None and way.kind in ANSWERED:
        return (step.save,)
    return ()
