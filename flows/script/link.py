"""Joining scripts with the sub-scripts that they run, so that a pinned conversation carries all of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from flows.errors import ScriptInvalid
from flows.script.issue import Issue
from flows.script.model import Call, Script
from flows.script.places import issue


def link(scripts: Iterable[Script]) -> Mapping[str, Script]:
    """Return the latest version of every script, with all that it can reach `linked`.

    Raises ScriptInvalid for a sub-script that is not there, and for one that could run within itself.
    """
    latest: dict[str, Script] = {}
    for script in sorted(scripts, key=lambda script: script.version):
        latest[script.name] = script
    return {name: link_one(script, latest) for name, script in latest.items()}


def link_one(script: Script, latest: Mapping[str, Script]) -> Script:
    """Return `script`, of whichever version, linked to the `latest` version of every sub-script.

    Raises ScriptInvalid as `link` does.
    """
    issues: list[Issue] = []
    linked = _linked(script, latest, (script.name,), issues)
    if issues:
        raise ScriptInvalid(tuple(dict.fromkeys(issues)))
    return linked


def subs(script: Script) -> Iterator[tuple[str, str]]:
    """Yield the name of every sub-script that `script` runs itself, and the key of the place that says so."""
    for choice in script.interrupts:
        if choice.call is not None:
            yield choice.call, f"interrupts/{choice.id}"
    for step in script.steps.values():
        if isinstance(step, Call):
            yield step.script, step.id


def _linked(
    script: Script, latest: Mapping[str, Script], way: tuple[str, ...], issues: list[Issue]
) -> Script:
    found: dict[str, Script] = {}
    for name, key in subs(script):
        if name not in latest:
            issues.append(issue(script, key, "FV207", f"There is no script `{name}` to run."))
        elif name in way:
            circle = " → ".join((*way[way.index(name) :], name))
            issues.append(issue(script, key, "FV208", f"A script may not run within itself: {circle}."))
        else:
            sub = _linked(latest[name], latest, (*way, name), issues)
            found |= {name: sub, **sub.linked}
    return replace(script, linked=found)
