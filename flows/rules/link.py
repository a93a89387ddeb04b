"""Packs put together: each version ends where the next begins, each place inherits from its parents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from flows.rules.days import DAY
from flows.rules.rule import Pack

POLICY = "policy-"


def versions(packs: Iterable[Pack]) -> Mapping[str, tuple[Pack, ...]]:
    """Return the versions of each pack in order; one without an end of its own ends where the next begins."""
    ordered = sorted(packs, key=lambda pack: (pack.name, pack.version))
    return {name: _in_turn(list(group)) for name, group in groupby(ordered, key=lambda pack: pack.name)}


def _in_turn(group: Sequence[Pack]) -> tuple[Pack, ...]:
    ends = [later.effective_from - DAY for later in group[1:]]
    ended = (
        replace(pack, effective_to=pack.effective_to or end) for pack, end in zip(group, ends, strict=False)
    )
    return (*ended, group[-1])


def chain(packs: Iterable[Pack], policy: str) -> Mapping[str, Sequence[Pack]]:
    """Return, for each jurisdiction, the packs that bind there: its own, the policy, and those they inherit from.

    Every version is among them, for each rule knows the days on which it is in force. Raises KeyError for a
    parent or a policy that is not there; `check_packs` says so with file and line.
    """
    known = versions(packs)
    return {
        name: tuple(pack for one in (*ancestry(name, known), *ancestry(policy, known)) for pack in known[one])
        for name in known
        if not name.startswith(POLICY)
    }


def ancestry(name: str, known: Mapping[str, Sequence[Pack]]) -> Sequence[str]:
    """Return the name, its parent, and so on; a parent that was met before ends it."""
    found = [name]
    while (parent := known[found[-1]][-1].parent) is not None and parent not in found:
        found.append(parent)
    return found


def pinned(packs: Iterable[Pack], name: str, version: int) -> tuple[Pack, ...]:
    """Return the packs with that version of `name` alone, in force on every day: for judging the past anew.

    Raises KeyError when there is no such version.
    """
    given = tuple(packs)
    chosen = next((pack for pack in given if (pack.name, pack.version) == (name, version)), None)
    if chosen is None:
        raise KeyError(f"{name}@{version}")
    always = replace(chosen, effective_from=type(chosen.effective_from).min, effective_to=None)
    return (*(pack for pack in given if pack.name != name), always)
