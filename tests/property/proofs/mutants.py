"""Released scripts broken at random, and how many of them the proofs catch.

`python -m tests.property.proofs.mutants [COUNT] [SEED]` makes 1,000 and prints the share caught by kind of break, and
every survivor: each must be a script that is sound all the same, or a proof is missing.
"""

import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from random import Random
from typing import NamedTuple

from bot import library
from bot.i18n import catalogues
from bot.proofs import known_to
from flows.errors import ScriptInvalid
from flows.script import Script, link_one
from flows.script.lint import Known, lint
from tests.property.proofs.mutations import MUTATIONS

COUNT, SEED = 1000, 20261126


class Mutant(NamedTuple):
    """A script that was broken in one way, and what the proofs say of it."""

    script: str
    kind: str
    broken: Script
    codes: Collection[str]


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """Yield so many broken scripts, with what is found in them and in all that run them."""
    random, latest = Random(seed), library.scripts()[1]
    known = known_to(latest.values(), catalogues.load())
    names, kinds = sorted(latest), sorted(MUTATIONS)
    made = 0
    while made < count:
        name, kind = random.choice(names), random.choice(kinds)
        broken = MUTATIONS[kind](latest[name], random)
        if broken is not None:
            made += 1
            yield Mutant(name, kind, broken, codes_of(broken, latest, known))


def codes_of(broken: Script, latest: Mapping[str, Script], known: Known) -> Collection[str]:
    """Return the codes of all that is wrong once this script takes the place of the released one."""
    scripts = {**latest, broken.name: broken}
    affected = [one for one in scripts.values() if one is broken or broken.name in one.linked]
    try:
        return {issue.code for one in affected for issue in lint(link_one(one, scripts), known)}
    except ScriptInvalid as error:
        return {issue.code for issue in error.issues}


def main() -> None:
    """Make the mutants and print the table."""
    given = [int(word) for word in sys.argv[1:]]
    count, seed = (*given, COUNT, SEED)[:2] if len(given) > 1 else (given[0] if given else COUNT, SEED)
    made, caught, survivors = Counter[str](), Counter[str](), []
    for one in mutants(count, seed):
        made[one.kind] += 1
        caught[one.kind] += bool(one.codes)
        if not one.codes:
            survivors.append(one)
    for kind in sorted(made):
        print(f"{kind:16} {caught[kind]:4} of {made[kind]:4}")
    print(f"{'all':16} {sum(caught.values()):4} of {count:4}")
    latest = library.scripts()[1]
    for one in survivors:
        old = latest[one.script]
        changed = [name for name, step in one.broken.steps.items() if old.steps.get(name) is not step]
        print(f"survivor: {one.kind} in {one.script}: {', '.join(changed) or 'the script itself'}")


if __name__ == "__main__":
    main()
