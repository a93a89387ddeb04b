"""A step, or a script, taken apart into what can change about it by itself: a diff compares these one by one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from flows.script.exits import Exit, condition, exits, exits_of_script
from flows.script.model import Ask, Branch, Call, Choice, Do, End, Say, Script, Step, Text, Timeout
from flows.script.voice import ENGLISH, timing
from flows.script.ways.unfolded import Kind


class What(Enum):
    """What can change. Each has its words in `words.WORDS`."""

    WORDS = auto()
    ALOUD = auto()
    HINT = auto()
    LABEL = auto()
    WAY = auto()
    RUNS = auto()
    ORDER = auto()
    STYLE = auto()
    TIMING = auto()
    ERRAND = auto()
    EFFECT = auto()
    ARGS = auto()
    OUTCOME = auto()
    DISCLOSES = auto()
    LINES = auto()
    FIELD = auto()
    NOTE = auto()


class Aspect(NamedTuple):
    """Something about a step that can change by itself; `name` and `kind` tell it from others of the same sort."""

    what: What
    name: str = ""
    kind: Kind | None = None


Aspects = Mapping[Aspect, object]
_FIELDS = ("input", "choices_from", "format", "save", "minimum", "maximum", "numbered", "back", "columns")
_OF_SCRIPT = ("party", "entry", "in_place", "owner")


def aspects(step: Step) -> Aspects:
    """Return everything about a step that can change; texts by their words, ways by where they lead."""
    found = {_way(one): one.target for one in exits(step)}
    return {**found, **dict(_PARTS[type(step)](step))}


def aspects_of_script(script: Script) -> Aspects:
    """Return everything that can change about what a script says of all its steps at once."""
    found: dict[Aspect, object] = {_way(one): one.target for one in exits_of_script(script)}
    found |= {Aspect(What.FIELD, name): _plain(getattr(script, name)) for name in _OF_SCRIPT}
    return {**found, **dict(_choices(script.interrupts)), **dict(_timeouts(script.timeouts))}


def _way(one: Exit) -> Aspect:
    return Aspect(What.WAY, one.name, one.kind)


def _say(step: Say) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.WORDS), step.text
    yield Aspect(What.DISCLOSES), step.discloses_debt
    yield Aspect(What.NOTE), step.note


def _ask(step: Ask) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.WORDS), step.text
    yield Aspect(What.ALOUD), step.aloud
    yield Aspect(What.HINT), step.hint
    yield from _choices(step.choices)
    yield from _timeouts(step.timeouts)
    yield Aspect(What.DISCLOSES), step.discloses_debt
    yield Aspect(What.LINES), step.lines
    yield Aspect(What.NOTE), step.note
    for name in _FIELDS:
        yield Aspect(What.FIELD, name), _plain(getattr(step, name))


def _choices(choices: Sequence[Choice]) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.ORDER, "buttons"), tuple(one.id for one in choices)
    for one in choices:
        yield Aspect(What.LABEL, one.id), one.label
        yield Aspect(What.STYLE, one.id), one.style or "plain"
        yield Aspect(What.RUNS, one.id), one.call


def _timeouts(timeouts: Sequence[Timeout]) -> Iterator[tuple[Aspect, object]]:
    for one in timeouts:
        yield Aspect(What.TIMING, one.id), timing(one, ENGLISH)
        if one.effect is not None:
            yield Aspect(What.ERRAND, one.id), (one.effect, *_pairs(one.args))


def _branch(step: Branch) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.ORDER, "cases"), tuple(condition(case) for case in step.cases)


def _do(step: Do) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.EFFECT), step.effect
    yield Aspect(What.ARGS), _plain(step.args)
    yield Aspect(What.FIELD, "repeatable"), step.repeatable


def _call(step: Call) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.RUNS), step.script


def _end(step: End) -> Iterator[tuple[Aspect, object]]:
    yield Aspect(What.OUTCOME), step.outcome


def _plain(value: object) -> object:
    return _pairs(value) if isinstance(value, Mapping) else value


def _pairs(args: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(one)) for key, one in args.items()))


_PARTS: Mapping[type, Callable[[Any], Iterator[tuple[Aspect, object]]]] = {
    Say: _say,
    Ask: _ask,
    Branch: _branch,
    Do: _do,
    Call: _call,
    End: _end,
}


def same(one: object, other: object) -> bool:
    """Tell whether two values of an aspect are the same; a text is its words, wherever it stands."""
    if isinstance(one, Text) and isinstance(other, Text):
        return one.msgid == other.msgid
    return one == other
