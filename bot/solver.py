"""The order of visits as a constraint problem: the only place that knows OR-Tools.

CP-SAT and not its routing library: starts on a grid with holes cut by the law, two people for each visit who need
not be a fixed pair, and the same answer for the same seed, which local search by the clock cannot promise. A plan is
first made in the order of the cases, each at its best free time; then part after part of it is taken up and solved
anew with all the rest held fast (large neighbourhood search, Shaw 1998). One worker and limits in CP-SAT's own
deterministic time make it repeatable; every state on the way is a plan in which nobody is booked twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from heapq import nsmallest
from itertools import combinations
from math import inf
from random import Random
from typing import NamedTuple

from ortools.sat.python import cp_model

from bot.casework.plan import Job
from bot.casework.slots import SlotPolicy

_PART = 7  # jobs that are solved at once
_ROUNDS = 36  # parts that are solved, at most
_SPARE = 2  # people of each role, beside those who serve the part now: more are only alike
_EFFORT = 0.04  # deterministic time of a part; some tenths of a second
_DAY = 600  # minutes from start to start within which two visits can be of one day

# What a plan costs, in minutes of driving times ten: first that everybody is placed, then what suits the customer,
# which is worth waiting for two weeks, then the way.
_UNPLACED, _UNSUITED, _LATER, _WAY, _FIRST = 1_000_000, 25_000, 1, 10, 450


class Placed(NamedTuple):
    """When a job begins (minutes since 1970) and who goes."""

    start: int
    collector_id: int
    safety_officer_id: int

    @property
    def people(self) -> tuple[int, int]:
        """Return both."""
        return self.collector_id, self.safety_officer_id


def solve(jobs: Sequence[Job], policy: SlotPolicy, seed: int = 0) -> Mapping[int, Placed]:
    """Return where each job is placed, by case; a job that is missing found no room.

    Earlier jobs go first where not all find room. The same jobs and seed give the same plan. Holds no lock of the
    interpreter while it searches.
    """
    plan = _Plan(jobs, policy)
    plan.fill()
    rng = Random(seed)
    for part in plan.parts(rng):
        plan.improve(part, rng.randrange(2**31 - 1))
    return {jobs[one].case_id: placed for one, placed in sorted(plan.placed.items())}


def _minutes(time: timedelta) -> int:
    """Return whole minutes, rounded up."""
    return -(-time // timedelta(minutes=1))


class _Calendar:
    """Where a person is while a plan is filled; `taken` are the minutes at which nothing could begin, however near."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self._visits: list[tuple[int, int]] = []  # when each begins, and which job it is

    def add(self, start: int, job: int, shortest: int) -> None:
        """Put a visit in; nothing else begins within `shortest` of it."""
        self._visits.append((start, job))
        self.taken.update(range(start - shortest + 1, start + shortest))

    def leaves_the_way(self, plan: "_Plan", one: int, start: int) -> bool:
        """Could this person be at a job at this minute, and at all that they have?"""
        return all(abs(start - at) >= plan.gap(one, other) for at, other in self._visits)


class _Plan:
    """Jobs by their place in the order, and where each is placed; `shortest` is the least that any two lie apart."""

    def __init__(self, jobs: Sequence[Job], policy: SlotPolicy) -> None:
        self.jobs = jobs
        self.placed: dict[int, Placed] = {}
        self._policy = policy
        self.shortest = _minutes(policy.length + policy.travel.buffer)

    def gap(self, one: int, other: int) -> int:
        """Return the least time from start to start, in minutes, of two jobs of the same person."""
        way = self._policy.travel.between(self.jobs[one].place, self.jobs[other].place)
        return _minutes(self._policy.length + way)

    # -- one after the other

    def fill(self) -> None:
        """Place each job at its cheapest free start, in their order."""
        calendars: defaultdict[int, _Calendar] = defaultdict(_Calendar)
        for one in range(len(self.jobs)):
            placed = self._cheapest(one, calendars)
            if placed is not None:
                self.placed[one] = placed
                for person in placed.people:
                    calendars[person].add(placed.start, one, self.shortest)

    def _cheapest(self, one: int, calendars: Mapping[int, _Calendar]) -> Placed | None:
        job = self.jobs[one]
        collectors, officers = (
            {person: starts - calendars[person].taken for person, starts in able.items()}
            for able in (job.collectors, job.safety_officers)
        )

        def fits(person: int, start: int) -> bool:
            return calendars[person].leaves_the_way(self, one, start)

        both = set().union(*collectors.values()) & set().union(*officers.values())
        for start in sorted(both, key=lambda minute: (self._cost(job, minute), minute)):
            collector, officer = (
                next((person for person in able if start in able[person] and fits(person, start)), None)
                for able in (collectors, officers)
            )
            if collector is not None and officer is not None:
                return Placed(start, collector, officer)
        return None

    @staticmethod
    def _cost(job: Job, start: int) -> int:
        unsuited = bool(job.suiting) and start not in job.suiting
        return _UNSUITED * unsuited + _LATER * (start - job.starts[0])

    # -- part after part

    def parts(self, rng: Random) -> Iterator[list[int]]:
        """Yield jobs that stand in each other's way: around each that found no room, then around others."""
        everything = list(range(len(self.jobs)))
        if len(everything) <= _PART:
            yield everything
            return
        around = [one for one in everything if one not in self.placed]
        around += rng.sample(everything, len(everything))
        for middle in around[:_ROUNDS]:
            yield sorted(nsmallest(_PART, everything, partial(self._order, middle)))

    def _order(self, middle: int, other: int) -> tuple[bool, float, int]:
        return other != middle, self._apart(middle, other), other

    def _apart(self, one: int, other: int) -> float:
        """Return how little two jobs have to do with each other: days between them, then the way."""
        mine, theirs = (self.placed.get(job) for job in (one, other))
        if theirs is None:
            return inf if mine is not None else 0.0
        days = abs(theirs.start - mine.start) // 1440 if mine else 0
        shared = mine is not None and bool({*mine.people} & {*theirs.people})
        return 60.0 * days + self.gap(one, other) - 120.0 * shared

    def improve(self, part: Sequence[int], seed: int) -> None:
        """Solve a part anew with the rest held fast; what is found is never worse."""
        held = {one: placed for one, placed in self.placed.items() if one not in part}
        model = _Model(self, part, held)
        found = model.solve(seed)
        if found is not None:
            self.placed = held | found


class _Model:
    """One part as a CP-SAT model: when each job begins, who goes, which visit follows which."""

    def __init__(self, plan: _Plan, part: Sequence[int], held: Mapping[int, Placed]) -> None:
        self._plan, self._part = plan, part
        self._model = cp_model.CpModel()
        self._able = {one: self._free(one, held) for one in part}
        self._here: dict[int, cp_model.IntVar] = {}
        self._start: dict[int, cp_model.IntVar] = {}
        self._goes: dict[tuple[int, int], cp_model.IntVar] = {}
        self._cost: list[cp_model.LinearExprT] = []
        for one in part:
            self._add_job(one)
        follows = [link for pair in combinations(part, 2) for link in self._keep_apart(*pair)]
        self._chain(follows)
        self._model.minimize(sum(self._cost))

    def _free(
        self, one: int, held: Mapping[int, Placed]
    ) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Return each person's starts for a job that leave the way to what they do elsewhere, by role."""
        job, gap = self._plan.jobs[one], self._plan.gap
        here = {
            person
            for part in self._part
            if part in self._plan.placed
            for person in self._plan.placed[part].people
        }
        busy: dict[int, list[tuple[int, int]]] = {}
        for other, placed in held.items():
            for person in placed.people:
                busy.setdefault(person, []).append((placed.start, gap(one, other)))

        def left(able: Mapping[int, frozenset[int]]) -> dict[int, list[int]]:
            found = {
                person: [
                    s for s in sorted(starts) if all(abs(s - at) >= gap for at, gap in busy.get(person, ()))
                ]
                for person, starts in able.items()
            }
            useful = sorted(found, key=lambda person: (person not in here, -len(found[person])))
            spare = sum(person in here for person in found) + _SPARE
            return {person: found[person] for person in useful[:spare] if found[person]}

        return left(job.collectors), left(job.safety_officers)

    def _add_job(self, one: int) -> None:
        """A job is left out, or begins when exactly one of each role can be there."""
        model, job = self._model, self._plan.jobs[one]
        here = self._here[one] = model.new_bool_var("")
        start = self._start[one] = model.new_int_var_from_domain(cp_model.Domain.from_values(job.starts), "")
        for able in self._able[one]:
            people = []
            for person, starts in able.items():
                goes = self._goes[one, person] = model.new_bool_var("")
                model.add_linear_expression_in_domain(
                    start, cp_model.Domain.from_values(starts)
                ).only_enforce_if(goes)
                people.append(goes)
            model.add(sum(people) == here)
        model.add(start == job.starts[0]).only_enforce_if(~here)
        now = self._plan.placed.get(one)
        model.add_hint(here, now is not None)
        model.add_hint(start, now.start if now else job.starts[0])
        for able in self._able[one]:
            for person in able:
                model.add_hint(self._goes[one, person], now is not None and person in now.people)
        self._cost.append((_UNPLACED + len(self._plan.jobs) - one) * ~here + _LATER * (start - job.starts[0]))
        if job.suiting and len(job.suiting) < len(job.starts):
            suits = model.new_bool_var("")
            model.add_linear_expression_in_domain(
                start, cp_model.Domain.from_values(sorted(job.suiting))
            ).only_enforce_if(suits)
            self._cost.append(_UNSUITED * ~suits)

    def _keep_apart(self, one: int, other: int) -> Iterator[tuple[int, int, cp_model.IntVar]]:
        """Two jobs that share a person lie the way apart; yield who of them may directly follow whom."""
        model, start, gap = self._model, self._start, self._plan.gap(one, other)
        both = [self._goes[one, p] for p in self._people(one) if (other, p) in self._goes]
        if not both:
            return
        share, first = model.new_bool_var(""), model.new_bool_var("")
        for person in self._people(one):
            if (other, person) in self._goes:
                model.add_bool_or(~self._goes[one, person], ~self._goes[other, person], share)
        model.add(start[other] - start[one] >= gap).only_enforce_if(share, first)
        model.add(start[one] - start[other] >= gap).only_enforce_if(share, ~first)
        for before, after in ((one, other), (other, one)):
            follows = model.new_bool_var("")
            model.add(start[after] - start[before] >= gap).only_enforce_if(follows)
            model.add(start[after] - start[before] <= _DAY).only_enforce_if(follows)
            model.add_implication(follows, self._here[after])
            for person in self._people(before):
                same = self._goes.get((after, person))
                wanted = [~follows, ~self._goes[before, person]]
                model.add_bool_or([*wanted, same] if same is not None else wanted)
            model.add_implication(follows, self._here[before])
            yield before, after, follows

    def _people(self, one: int) -> Iterator[int]:
        for able in self._able[one]:
            yield from able

    def _chain(self, follows: Sequence[tuple[int, int, cp_model.IntVar]]) -> None:
        """Each visit is the first of its team's day, or directly follows one other: what the way costs."""
        for one in self._part:
            into = [(before, link) for before, after, link in follows if after == one]
            out_of = [link for before, _, link in follows if before == one]
            first = self._model.new_bool_var("")
            self._model.add(first + sum(link for _, link in into) == self._here[one])
            self._model.add_at_most_one(out_of)
            self._cost.append(_FIRST * first)
            self._cost += [
                _WAY * (self._plan.gap(before, one) - self._plan.shortest) * link for before, link in into
            ]

    def solve(self, seed: int) -> dict[int, Placed] | None:
        """Return where the jobs of this part go; None when the effort was too small to find anything."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = _EFFORT
        status = solver.solve(self._model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return {one: self._read(solver, one) for one in self._part if solver.boolean_value(self._here[one])}

    def _read(self, solver: cp_model.CpSolver, one: int) -> Placed:
        collector, officer = (
            next(person for person in able if solver.boolean_value(self._goes[one, person]))
            for able in self._able[one]
        )
        return Placed(solver.value(self._start[one]), collector, officer)
