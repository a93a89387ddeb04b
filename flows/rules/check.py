"""What is wrong with packs as a whole: FR1xx one file, FR2xx versions and parents, FR3xx what they allow together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from flows.errors import ScriptInvalid
from flows.rules.days import DAY
from flows.rules.link import POLICY, ancestry, versions
from flows.rules.narrowing import closed_for_good, looser_than_parents, no_recording_fits, no_team_fits
from flows.rules.parse import parse_pack
from flows.rules.rule import Pack, Rule
from flows.script.issue import Issue

_Known = Mapping[str, Sequence[Pack]]


def check_texts(sources: Mapping[str, str]) -> list[Issue]:
    """Return everything that is wrong with pack files, given as texts by file name, in order of file and line."""
    found: list[Issue] = []
    packs: list[Pack] = []
    for file, source in sources.items():
        try:
            packs.append(parse_pack(source, file))
        except ScriptInvalid as error:
            found.extend(issue for issue in error.issues if isinstance(issue, Issue))
    return sorted([*found, *check_packs(packs)]) if not found else sorted(found)


def check_packs(packs: Iterable[Pack]) -> list[Issue]:
    """Return what is wrong with packs that can be read, in order of file and line; empty when all is well."""
    given = tuple(packs)
    found = [*_versions(given), *_parents(given)]
    if found:
        return sorted(found)
    known = versions(given)
    return sorted({*_doubles(known), *_overrides(given), *_together(known)})


def _issue(pack: Pack, key: str, code: str, message: str) -> Issue:
    place = pack.places[key]
    return Issue(pack.file, place.line, place.column, code, message)


def _versions(packs: Iterable[Pack]) -> Iterator[Issue]:
    ordered = sorted(packs, key=lambda pack: (pack.name, pack.version, pack.file))
    for _, group in groupby(ordered, key=lambda pack: pack.name):
        for earlier, later in pairwise(group):
            yield from _in_turn(earlier, later)


def _in_turn(earlier: Pack, later: Pack) -> Iterator[Issue]:
    ends = earlier.effective_to
    if earlier.version == later.version:
        yield _issue(
            later, "pack", "FR201", f"{later.name} has version {later.version} twice; number it anew."
        )
    elif later.effective_from <= earlier.effective_from or (
        ends is not None and later.effective_from <= ends
    ):
        message = (
            f"This begins while version {earlier.version} is in force: let it begin after that one ends."
        )
        yield _issue(later, "effective_from", "FR202", message)
    elif ends is not None and later.effective_from > ends + DAY:
        message = f"Between version {earlier.version} and this one no rule is in force: close the gap."
        yield _issue(later, "effective_from", "FR203", message)


def _parents(packs: Sequence[Pack]) -> Iterator[Issue]:
    parents = {pack.name: pack.parent for pack in packs}
    for pack in packs:
        if pack.parent is None:
            continue
        if pack.parent not in parents:
            yield _issue(pack, "parent", "FR204", f"There is no pack `{pack.parent}` to inherit from.")
        elif _returns(pack.name, parents):
            yield _issue(
                pack, "parent", "FR205", "A pack cannot inherit from itself, not even by way of others."
            )


def _returns(name: str, parents: Mapping[str, str | None]) -> bool:
    seen, at = set[str](), parents.get(name)
    while at is not None and at not in seen and at != name:
        seen.add(at)
        at = parents.get(at)
    return at == name


def _doubles(known: _Known) -> Iterator[Issue]:
    owners: dict[str, str] = {}
    for name, group in known.items():
        for pack in group:
            for rule in pack.rules:
                owner = owners.setdefault(rule.id, name)
                if owner != name:
                    message = f"`{rule.id}` is a rule of {owner} already: receipts name a rule by its id."
                    yield _issue(pack, f"rule/{rule.id}", "FR206", message)


def _overrides(packs: Sequence[Pack]) -> Iterator[Issue]:
    rules: dict[str, Rule] = {rule.id: rule for pack in packs for rule in pack.rules}
    for pack in packs:
        for one in pack.overrides:
            rule, key = rules.get(one.rule), f"override/{one.rule}"
            if rule is None:
                yield _issue(pack, key, "FR207", f"There is no rule `{one.rule}` to set aside.")
            elif not rule.overridable:
                yield _issue(pack, key, "FR208", f"Nobody may set `{one.rule}` aside: it is not overridable.")
            elif one.exception != (rule.exception.id if rule.exception else ""):
                own = f"`exception: {rule.exception.id}`" if rule.exception else "no exception"
                yield _issue(pack, key, "FR209", f"An override of `{one.rule}` names {own}.")


def _together(known: _Known) -> Iterator[Issue]:
    policies = [
        [known[one][-1] for one in ancestry(name, known)] for name in known if name.startswith(POLICY)
    ]
    for name in known:
        line = [known[one][-1] for one in ancestry(name, known)]
        for rule, parent in looser_than_parents(line):
            message = (
                f"This allows more than its parent's `{parent.id}`, which would bind all the same: narrow it."
            )
            yield _issue(line[0], f"rule/{rule.id}/value", "FR301", message)
        for policy in [one for one in policies if one[0] is not line[0]] or [line]:
            yield from _nothing_left(list(dict.fromkeys([*line, *reversed(policy)])))


def _nothing_left(packs: Sequence[Pack]) -> Iterator[Issue]:
    """Yield an issue at the last rule that leaves nothing: the lender's own, where it has one."""
    for found, code, message in (
        (closed_for_good(packs), "FR302", "Together with the other rules this window never opens."),
        (no_team_fits(packs), "FR303", "Together with the other rules no team would fit: less than nothing."),
        (
            no_recording_fits(packs),
            "FR304",
            "Another rule forbids what this requires, or requires it: one must go.",
        ),
    ):
        for pack, rule in found:
            yield _issue(pack, f"rule/{rule.id}/value", code, message)
