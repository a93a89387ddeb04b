"""What is drawn, however it is drawn: a box for each step, an arrow for all that leads from one to another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from flows.script.diff import compare
from flows.script.drawing.labels import label
from flows.script.exits import Exit, exits, exits_of_script
from flows.script.issue import Issue
from flows.script.model import Ask, Call, Do, End, Say, Script, Step, Text
from flows.script.voice import Voice

ANYWHERE = (
    ""  # the box of what holds at every question: permanent buttons, signals, timeouts of the whole script
)
EVERYWHERE = Text("drawing/everywhere", "at every question")
OPENS = Text("drawing/opens", "[{button}] opens {script}", ("button", "script"))
OF_THE_DEBT = Text("drawing/debt", "speaks of the debt")
COMPARED = Text("drawing/compared", "{script}, compared with v{old}", ("script", "old"))


class Mark(StrEnum):
    """What a draft does to a part of the picture, or a conversation that is going on."""

    SAME = "same"
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    HERE = "here"  # where a conversation stands
    PASSED = "passed"  # what it has come by


class Box(NamedTuple):
    """A step: its kind as `NOUNS` has it, what is said or done there, what the proofs found."""

    id: str
    kind: type
    words: str
    mark: Mark
    discloses: bool = False
    findings: tuple[str, ...] = ()


class Arrow(NamedTuple):
    """All that leads from one step to another with the same mark; `labels` say by what."""

    source: str
    target: str
    mark: Mark
    labels: tuple[str, ...]


class Picture(NamedTuple):
    """`entry` is where a conversation begins; `of_the_debt` says in words that a step speaks of it."""

    title: str
    entry: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    of_the_debt: str


class Led(NamedTuple):
    """A way and the step that it leads from."""

    source: str
    way: Exit


class Since(NamedTuple):
    """The version before, its steps by the names that they have now; its ways; the steps that changed."""

    script: Script
    ways: tuple[Led, ...]
    changed: Collection[str]

    def mark(self, script: Script, name: str) -> Mark:
        """Return what became of a step."""
        if name != ANYWHERE and name not in self.script.steps:
            return Mark.NEW
        if name != ANYWHERE and name not in script.steps:
            return Mark.GONE
        return Mark.CHANGED if name in self.changed else Mark.SAME


def draw(script: Script, voice: Voice, old: Script | None = None, issues: Collection[Issue] = ()) -> Picture:
    """Return the picture of a script; with an `old` version what changed since, with `issues` where they are."""
    since = _since(script, old if old is not None else script)
    found = _findings(script, issues)
    boxes = [
        _box(step, voice)._replace(id=name, mark=since.mark(script, name), findings=found.get(name, ()))
        for name, step in {**since.script.steps, **script.steps}.items()
    ]
    arrows = tuple(_arrows(script, voice, since))
    called = [one for one in script.interrupts if one.call]
    opened = [voice(OPENS).format(button=voice(one.label), script=one.call) for one in called]
    if opened or any(one.source == ANYWHERE for one in arrows):
        said = " · ".join((voice(EVERYWHERE), *opened))
        mark = since.mark(script, ANYWHERE)
        boxes.append(Box(ANYWHERE, Script, said, mark, findings=found.get(ANYWHERE, ())))
    title = f"{script.name} v{script.version}"
    if old is not None:
        title = voice(COMPARED).format(script=title, old=old.version)
    return Picture(title, script.entry, tuple(boxes), arrows, voice(OF_THE_DEBT))


def standing(picture: Picture, here: str, passed: Collection[str]) -> Picture:
    """Return the picture with the step marked at which a conversation stands, and those that it has come by."""
    marks = {**dict.fromkeys(passed, Mark.PASSED), here: Mark.HERE}
    boxes = (box._replace(mark=marks.get(box.id, box.mark)) for box in picture.boxes)
    return picture._replace(boxes=tuple(boxes))


def _since(script: Script, old: Script) -> Since:
    diff = compare(old, script)
    called = {name: diff.renamed.get(name, name) for name in old.steps}
    before = replace(old, steps={called[name]: step for name, step in old.steps.items()})
    ways = (
        led._replace(way=led.way._replace(target=called.get(led.way.target, ""))) for led in _ways(before)
    )
    return Since(before, tuple(ways), {change.step for change in diff.changes})


def _box(step: Step, voice: Voice) -> Box:
    discloses = isinstance(step, Say | Ask) and step.discloses_debt
    return Box(step.id, type(step), _words(step, voice), Mark.SAME, discloses)


def _words(step: Step, voice: Voice) -> str:
    if isinstance(step, Say | Ask):
        return voice(step.text)
    if isinstance(step, Do):
        return step.effect
    if isinstance(step, Call):
        return step.script
    return step.outcome if isinstance(step, End) else ""


def _arrows(script: Script, voice: Voice, since: Since) -> Iterator[Arrow]:
    """Yield one arrow for each pair of steps and mark, so that five buttons to one place are one line."""
    now, before = tuple(_ways(script)), {*since.ways}
    marked = [(script, led, Mark.SAME if led in before else Mark.NEW) for led in now]
    marked += [(since.script, led, Mark.GONE) for led in since.ways if led not in {*now}]
    together: dict[tuple[str, str, Mark], list[str]] = {}
    for owner, (source, way), mark in marked:
        together.setdefault((source, way.target, mark), []).append(label(owner, source, way, voice))
    for (source, target, mark), labels in together.items():
        yield Arrow(source, target, mark, tuple(one for one in dict.fromkeys(labels) if one))


def _ways(script: Script) -> Iterator[Led]:
    """Yield every way; where it stands in the file tells no two of them apart."""
    for name, step in script.steps.items():
        yield from (Led(name, way._replace(key="")) for way in exits(step))
    yield from (Led(ANYWHERE, way._replace(key="")) for way in exits_of_script(script))


def _findings(script: Script, issues: Collection[Issue]) -> Mapping[str, tuple[str, ...]]:
    """Return what was found by step: the one that begins above the line, else what holds everywhere."""
    found: dict[str, dict[str, None]] = {}
    starts = sorted(((script.places[name].line, name) for name in script.steps), reverse=True)
    for one in issues:
        if one.file == script.file:
            name = next((name for line, name in starts if line <= one.line), ANYWHERE)
            found.setdefault(name, {})[f"{one.code} {one.message}"] = None
    return {name: tuple(some) for name, some in found.items()}
