"""A way through a script told as the conversation that it is, in English, a line a turn."""

from collections.abc import Iterator, Sequence

from flows.script.model import Ask, Do, Say, Text
from flows.script.ways.shortest import Taken
from flows.script.ways.unfolded import Kind, Spot, Unfolded, Way

LONGEST = 72  # characters of a line that are shown


def tell(unfolded: Unfolded, taken: Sequence[Taken], last: Spot) -> tuple[str, ...]:
    """Return the conversation up to the step at `last`, which is said, too. Branches and calls are not seen in it."""
    lines = [line for one in taken for line in (*_said(unfolded, one.spot), *_done(unfolded, one))]
    return (*lines, *_said(unfolded, last))


def _said(unfolded: Unfolded, spot: Spot) -> Iterator[str]:
    step = unfolded.step(spot)
    if isinstance(step, Ask) and step.aloud is not None:
        yield f"🗣 {_short(step.aloud)}"
    if isinstance(step, Say | Ask):
        yield f"◀ {_short(step.text)}"


def _short(text: Text) -> str:
    words = " ".join(text.msgid.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _done(unfolded: Unfolded, taken: Taken) -> Iterator[str]:
    step, way = unfolded.step(taken.spot), taken.way
    if way.kind in (Kind.TAPPED, Kind.RAISED):
        yield f"▶ [{_label(unfolded, taken)}]"
    elif way.kind is Kind.TYPED:
        yield "▶ (an answer)"
    elif way.kind is Kind.TIMED:
        yield f"  (nobody answers: {way.name})"
    elif way.kind is Kind.SIGNALLED:
        yield f"  (from outside: {way.name})"
    elif isinstance(step, Do):
        yield f"  ({step.effect}: {way.name})"


def _label(unfolded: Unfolded, taken: Taken) -> str:
    step, way = unfolded.step(taken.spot), taken.way
    own = step.choices if isinstance(step, Ask) and way.kind is Kind.TAPPED else ()
    lasting = (choice for frame in taken.spot for choice in unfolded.script(frame).interrupts)
    found: Way | str = next((one.label.msgid for one in (*own, *lasting) if one.id == way.name), way.name)
    return str(found)
