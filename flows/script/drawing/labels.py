"""What stands on an arrow: the button, the outcome, the time after which, and text cut to what fits into a box."""

from collections.abc import Callable, Iterator, Mapping
from unicodedata import east_asian_width

from flows.script.exits import OTHERWISE, Exit
from flows.script.model import Ask, Choice, Script, Timeout
from flows.script.voice import Voice, timing
from flows.script.ways.unfolded import Kind

Label = Callable[[Script, str, Exit, Voice], str]
WIDE = "WF"  # of Unicode's widths those of a Chinese character: two columns


def label(script: Script, source: str, way: Exit, voice: Voice) -> str:
    """Return what leads on by a way from step `source`, empty: from everywhere."""
    return LABELS[way.kind](script, source, way, voice)


def _button(script: Script, source: str, way: Exit, voice: Voice) -> str:
    step = script.steps.get(source)
    choices: tuple[Choice, ...] = step.choices if isinstance(step, Ask) else script.interrupts
    return next((f"[{voice(one.label)}]" for one in choices if one.id == way.name), way.name)


def _timeout(script: Script, source: str, way: Exit, voice: Voice) -> str:
    step = script.steps.get(source)
    timeouts: tuple[Timeout, ...] = step.timeouts if isinstance(step, Ask) else script.timeouts
    return next((timing(one, voice) for one in timeouts if one.id == way.name), way.name)


def _ended(script: Script, source: str, way: Exit, voice: Voice) -> str:
    """Return the end of a sub-script, after the permanent button that opened it if one did."""
    choice, _, outcome = way.name.rpartition("/")
    return f"{_button(script, source, way._replace(name=choice), voice)} {outcome}" if choice else outcome


def _name(_: Script, __: str, way: Exit, ___: Voice) -> str:
    return way.name


LABELS: Mapping[Kind, Label] = {
    Kind.SAID: lambda *_: "",
    Kind.TAPPED: _button,
    Kind.RAISED: _button,
    Kind.TYPED: lambda *_: "✎",
    Kind.TIMED: _timeout,
    Kind.SIGNALLED: _name,
    Kind.FOUND: lambda _, __, way, ___: "" if way.name == OTHERWISE else f"{way.name}?",
    Kind.DONE: _name,
    Kind.ENDED: _ended,
}


def wrapped(text: str, columns: int, rows: int) -> list[str]:
    """Return `text` in lines of so many columns, cut to so many rows. A Chinese character is two columns wide."""
    lines = list(_lines(" ".join(text.split()), columns))
    return lines if len(lines) <= rows else [*lines[: rows - 1], f"{lines[rows - 1].rstrip()}…"]


def _lines(text: str, columns: int) -> Iterator[str]:
    line, width = "", 0
    for piece in _pieces(text):
        wide = sum(2 if east_asian_width(one) in WIDE else 1 for one in piece)
        if line and width + wide > columns:
            yield line.rstrip()
            line, width = "", 0
        line, width = line + piece, width + wide
    if line:
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield what is never parted: a word with the space behind it, or a single Chinese character."""
    word = ""
    for one in text:
        word += one
        if one == " " or east_asian_width(one) in WIDE:
            yield word
            word = ""
    yield word
