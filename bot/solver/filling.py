"""The first plan: one job after the other, each at its cheapest free start."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, partial

from bot.casework.plan import Job
from bot.solver.plan import LATER, UNSUITED, Placed, Plan


class _Calendar:
    """Where a person is while a plan is filled; `taken` are the minutes at which nothing could begin, however near."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self._visits: list[tuple[int, int]] = []  # when each begins, and which job it is

    def add(self, start: int, job: int, shortest: int) -> None:
        """Put a visit in; nothing else begins within `shortest` of it."""
        self._visits.append((start, job))
        self.taken.update(range(start - shortest + 1, start + shortest))

    def leaves_the_way(self, gap: Callable[[int], int], start: int) -> bool:
        """Could this person be at a job at this minute, which lies `gap` from each other, and at all that they have?"""
        return all(abs(start - at) >= gap(other) for at, other in self._visits)


def fill(plan: Plan) -> None:
    """Place each job at its cheapest free start, in their order."""
    calendars: defaultdict[int, _Calendar] = defaultdict(_Calendar)
    for one in range(len(plan.jobs)):
        placed = _cheapest(plan, one, calendars)
        if placed is not None:
            plan.placed[one] = placed
            for person in placed.people:
                calendars[person].add(placed.start, one, plan.shortest)


def _cheapest(plan: Plan, one: int, calendars: Mapping[int, _Calendar]) -> Placed | None:
    job = plan.jobs[one]
    collectors, officers = (
        {person: starts - calendars[person].taken for person, starts in able.items()}
        for able in (job.collectors, job.safety_officers)
    )
    gap = cache(partial(plan.gap, one))

    def fits(person: int, start: int) -> bool:
        return calendars[person].leaves_the_way(gap, start)

    both = set().union(*collectors.values()) & set().union(*officers.values())
    for start in sorted(both, key=lambda minute: (_cost(job, minute), minute)):
        collector, officer = (
            next((person for person in able if start in able[person] and fits(person, start)), None)
            for able in (collectors, officers)
        )
        if collector is not None and officer is not None:
            return Placed(start, collector, officer)
    return None


def _cost(job: Job, start: int) -> int:
    unsuited = bool(job.suiting) and start not in job.suiting
    return UNSUITED * unsuited + LATER * (start - job.starts[0])
