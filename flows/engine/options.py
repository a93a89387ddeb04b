"""The buttons of a question: its own, those offered from a value, Back, and the permanent ones."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from flows.engine.effects import Option
from flows.engine.places import ask_at, can_go_back, script_of
from flows.engine.session import Session, Status
from flows.script.model import Ask, Choice, InputKind, Script, Text

BACK = Option("back", Text("engine/back", "Back"))


def open_options(script: Script, session: Session) -> tuple[Option, ...]:
    """Return the buttons of the open question; none when nothing is open."""
    if session.status is not Status.WAITING:
        return ()
    ask = ask_at(script, session.frames)
    back = ask.back and can_go_back(session.frames, session.trail)
    return options(script, session.frames[-1].script, ask, session.values, back=back)


def wanted(script: Script, session: Session) -> InputKind | None:
    """Return what the open question takes besides taps; None when nothing is open."""
    return ask_at(script, session.frames).input if session.status is Status.WAITING else None


def options(
    script: Script, current: str, ask: Ask, values: Mapping[str, object], *, back: bool
) -> tuple[Option, ...]:
    """Return the buttons of `ask` in script `current` of the conversation pinned to `script`."""
    own, tail = _fixed(script, current, ask.id, back)
    if ask.choices_from is None:
        return own + tail
    taken = {option.id for option in own + tail}
    dynamic = {option.id: option for option in offered(ask, values) if option.id not in taken}
    return (*dynamic.values(), *own, *tail)


def offered(ask: Ask, values: Mapping[str, object]) -> Iterator[Option]:
    """Yield the options that a session value offers; whatever does not look like one is left out."""
    rows = values.get(ask.choices_from or "")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping):
            key, value = row.get("id"), row.get("value")
            if isinstance(key, str) and isinstance(value, str):
                yield Option(key, value=value, format=ask.format)


@lru_cache(maxsize=256)
def permanent(script: Script, current: str) -> Mapping[str, tuple[Choice, bool]]:
    """Return the permanent choices in force by id, the current script's first; True marks the root's."""
    found = {c.id: (c, current == script.name) for c in script_of(script, current).interrupts}
    for choice in script.interrupts:
        found.setdefault(choice.id, (choice, True))
    return found


@lru_cache(maxsize=4096)
def _fixed(
    script: Script,
    current: str,
    step: str,
    back: bool,  # noqa: FBT001 - part of the key
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """Return a question's own buttons, and those that follow."""
    ask = script_of(script, current).steps[step]
    choices = ask.choices if isinstance(ask, Ask) else ()
    own = tuple(Option(c.id, c.label, style=c.style) for c in choices)
    used = {option.id for option in own}
    lasting = [c for c, _ in permanent(script, current).values() if c.id not in used]
    tail = tuple(Option(c.id, c.label, style=c.style, permanent=True) for c in lasting)
    return own, ((BACK, *tail) if back else tail)
