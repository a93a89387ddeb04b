"""The order of visits as a constraint problem: the only place that knows OR-Tools.

CP-SAT and not its routing library: starts on a grid with holes cut by the law, two people for each visit who need
not be a fixed pair, and the same answer for the same seed, which local search by the clock cannot promise. A plan is
first made in the order of the cases, each at its best free time; then part after part of it is taken up and solved
anew with all the rest held fast (large neighbourhood search, Shaw 1998). One worker and limits in CP-SAT's own
deterministic time make it repeatable; every state on the way is a plan in which nobody is booked twice.
"""

from collections.abc import Mapping, Sequence
from random import Random

from bot.casework.plan import Job
from bot.casework.slots import SlotPolicy
from bot.solver.filling import fill
from bot.solver.part import Part
from bot.solver.plan import Placed, Plan

__all__ = ["Placed", "solve"]


def solve(jobs: Sequence[Job], policy: SlotPolicy, seed: int = 0) -> Mapping[int, Placed]:
    """Return where each job is placed, by case; a job that is missing found no room.

    Earlier jobs go first where not all find room. The same jobs and seed give the same plan. Holds no lock of the
    interpreter while it searches.
    """
    plan = Plan(jobs, policy)
    fill(plan)
    rng = Random(seed)
    for part in plan.parts(rng):
        _improve(plan, part, rng.randrange(2**31 - 1))
    return {jobs[one].case_id: placed for one, placed in sorted(plan.placed.items())}


def _improve(plan: Plan, part: Sequence[int], seed: int) -> None:
    """Solve a part anew with the rest held fast; what is found is never worse."""
    held = {one: placed for one, placed in plan.placed.items() if one not in part}
    found = Part(plan, part, held).solve(seed)
    if found is not None:
        plan.placed = held | found
