"""A part of a plan as a CP-SAT model, with the rest of the plan held fast."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from ortools.sat.python import cp_model

from bot.solver.plan import FIRST, LATER, UNPLACED, UNSUITED, WAY, Placed, Plan

_SPARE = 2  # people of each role, beside those who serve the part now: more are only alike
_EFFORT = 0.04  # deterministic time of a part; some tenths of a second
_DAY = 600  # minutes from start to start within which two visits can be of one day


class Part:
    """One part as a CP-SAT model: when each job begins, who goes, which visit follows which."""

    def __init__(self, plan: Plan, part: Sequence[int], held: Mapping[int, Placed]) -> None:
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
        self._cost.append((UNPLACED + len(self._plan.jobs) - one) * ~here + LATER * (start - job.starts[0]))
        if job.suiting and len(job.suiting) < len(job.starts):
            suits = model.new_bool_var("")
            model.add_linear_expression_in_domain(
                start, cp_model.Domain.from_values(sorted(job.suiting))
            ).only_enforce_if(suits)
            self._cost.append(UNSUITED * ~suits)

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
            self._cost.append(FIRST * first)
            self._cost += [
                WAY * (self._plan.gap(before, one) - self._plan.shortest) * link for before, link in into
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
