"""Two versions of a script compared: which step is which, then aspect by aspect."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.script.diff.aspects import Aspect, Aspects, What, aspects, aspects_of_script, same
from flows.script.diff.words import NOUNS, Change, told, whole
from flows.script.model import Ask, Say, Script, Step, Text


class Diff(NamedTuple):
    """What changed, in the order of the new file; `renamed` are steps that only go by another name, old to new."""

    changes: tuple[Change, ...]
    renamed: Mapping[str, str]


def compare(old: Script, new: Script) -> Diff:
    """Return what changed from `old` to `new`."""
    renamed = _renamed(old, new)
    before = {renamed.get(name, name): step for name, step in old.steps.items()}
    changes = [*_differences("", _moved(aspects_of_script(old), renamed), aspects_of_script(new), old, new)]
    for name, step in new.steps.items():
        changes += _step(name, before.get(name), step, renamed)
    changes += [_gone(step) for name, step in before.items() if name not in new.steps]
    names = (Change(to, f"`{was}` is now called `{to}`.") for was, to in renamed.items())
    return Diff((*names, *changes), renamed)


def _renamed(old: Script, new: Script) -> Mapping[str, str]:
    """Return which steps of the old version are steps of the new one in everything but their name.

    Where one leads to another that was renamed as well, the second is found first, and then the first.
    """
    found: dict[str, str] = {}
    while True:
        gone = [step for name, step in old.steps.items() if name not in new.steps and name not in found]
        fresh = [
            step for name, step in new.steps.items() if name not in old.steps and name not in found.values()
        ]
        pairs = ((step, one) for step in gone for one in fresh)
        pair = next((pair for pair in pairs if _twins(*pair, found)), None)
        if pair is None:
            return {name: found[name] for name in old.steps if name in found}
        found[pair[0].id] = pair[1].id


def _twins(one: Step, other: Step, renamed: Mapping[str, str]) -> bool:
    if type(one) is not type(other):
        return False
    mine, theirs = _moved(aspects(one), {**renamed, one.id: other.id}), aspects(other)
    return mine.keys() == theirs.keys() and all(same(value, theirs[key]) for key, value in mine.items())


def _moved(found: Aspects, renamed: Mapping[str, str]) -> Aspects:
    """Return aspects whose ways lead to where they lead under the new names."""
    return {
        key: renamed.get(str(value), value)
        if key.what is What.WAY or key == Aspect(What.FIELD, "entry")
        else value
        for key, value in found.items()
    }


def _step(name: str, old: Step | None, new: Step, renamed: Mapping[str, str]) -> Iterator[Change]:
    if old is None:
        yield Change(name, whole(new, "is new"), None, _said(new))
    elif type(old) is not type(new):
        says = f"`{name}`: what was a {NOUNS[type(old)]} is now a {NOUNS[type(new)]}."
        yield Change(name, says, _said(old), _said(new))
    else:
        yield from _differences(name, _moved(aspects(old), renamed), aspects(new), old, new)


def _gone(step: Step) -> Change:
    return Change(step.id, whole(step, "is gone"), _said(step), None)


def _said(step: Step) -> Text | None:
    return step.text if isinstance(step, Say | Ask) else None


def _differences(
    name: str, before: Aspects, after: Aspects, old: Step | Script, new: Step | Script
) -> Iterator[Change]:
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        if not same(was, now) and not (key.what is What.ORDER and _keeps_order(was, now)):
            change = told(name, key, was, now, new if now is not None else old)
            if change is not None:
                yield change


def _keeps_order(was: object, now: object) -> bool:
    """Tell whether those who stay keep their order: who came and who went is told by others."""
    before, after = (one if isinstance(one, tuple) else () for one in (was, now))
    return [one for one in before if one in after] == [one for one in after if one in before]
