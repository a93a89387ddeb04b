"""Slots and plans: whatever the cases, staff, visits and rules are."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.casework.bookings import Bookings, Taken
from bot.casework.plan import Desk, Job, KeptOut, Wanted, instant_of
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Colleague, Errand, Roster
from bot.casework.slots import Offer, SlotPolicy, free_slots
from bot.casework.travel import Point, Travel
from bot.solver import Placed, solve

ZONES = [ZoneInfo(name) for name in ("Asia/Hong_Kong", "Europe/London", "Australia/Lord_Howe")]
DAYS = st.dates(date(2026, 3, 1), date(2026, 12, 31))  # with the changes of the clock
LENGTHS = st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes))
PLACES = st.none() | st.builds(Point, st.floats(22.2, 22.4), st.floats(114.0, 114.3))
LANGUAGES = ("en", "zh_Hant")
SOLVING = settings(max_examples=25, deadline=None)


@dataclass(frozen=True)
class Situation:
    wanted: list[Wanted]
    policy: SlotPolicy
    taken: list[Taken]
    roster: Roster

    def jobs(self) -> list[tuple[Wanted, Job | KeptOut]]:
        return list(
            Desk(self.policy, Bookings(self.taken, self.policy.travel), self.roster).jobs(self.wanted)
        )

    def plan(self, seed: int = 0) -> dict[int, Placed]:
        return dict(solve([job for _, job in self.jobs() if isinstance(job, Job)], self.policy, seed))


@st.composite
def policies(draw: st.DrawFn) -> SlotPolicy:
    opens = draw(st.integers(0, 18))
    closes = draw(st.integers(opens + 2, 23))
    travel = Travel(timedelta(minutes=draw(st.integers(0, 60))), draw(st.floats(5, 60)))
    grid = timedelta(minutes=draw(st.sampled_from([20, 30, 45, 60])))
    return SlotPolicy(time(opens), time(closes), draw(LENGTHS), grid, travel)


@st.composite
def rosters(draw: st.DrawFn, first: date) -> Roster:
    def colleague(person: int, role: str) -> Colleague:
        hours = draw(st.none() | st.dictionaries(st.integers(0, 6), st.just((time(8), time(16))), min_size=3))
        off = draw(st.lists(st.integers(0, 2).map(lambda n: (first + timedelta(days=n),) * 2), max_size=1))
        languages = draw(st.frozensets(st.sampled_from(LANGUAGES), max_size=2))
        return Colleague(person, role, draw(st.sampled_from(ZONES)), hours, (), languages, tuple(off))

    collectors = [colleague(n, COLLECTOR) for n in range(1, 1 + draw(st.integers(0, 3)))]
    officers = [colleague(n, SAFETY_OFFICER) for n in range(11, 11 + draw(st.integers(0, 3)))]
    return Roster((*collectors, *officers))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    first = draw(DAYS)
    span = [first + timedelta(days=n) for n in range(3)]

    def wanted(case_id: int) -> Wanted:
        hours = draw(st.frozensets(st.integers(0, 23), min_size=12))
        errand = Errand("", draw(PLACES), draw(st.sampled_from(LANGUAGES)))
        offer = Offer(draw(st.sampled_from(ZONES)), errand, lambda start, _end: start.hour in hours)
        return Wanted(case_id, offer, draw(st.lists(st.sampled_from(span), max_size=3)))

    starts = st.builds(
        lambda day, minute: datetime.combine(day, time(0), ZONES[0]) + timedelta(minutes=minute),
        st.sampled_from(span),
        st.integers(0, 1439),
    )
    people = st.sampled_from([1, 2, 3, 11, 12, 13])
    taken = [
        Taken(person, start, start + length, place)
        for person, start, length, place in draw(
            st.lists(st.tuples(people, starts, LENGTHS, PLACES), max_size=5)
        )
    ]
    return Situation(
        [wanted(n) for n in range(draw(st.integers(0, 9)))], draw(policies()), taken, draw(rosters(first))
    )


Span = tuple[datetime, datetime, Point | None, bool]


def by_person(situation: Situation, placed: dict[int, Placed]) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = defaultdict(list)
    for one in situation.taken:
        spans[one.person_id].append((one.starts_at, one.ends_at, one.place, False))
    for case in situation.wanted:
        if case.case_id in placed:
            found = placed[case.case_id]
            start = instant_of(found.start)
            for person in found.people:
                spans[person].append((start, start + situation.policy.length, case.offer.errand.place, True))
    return spans


@SOLVING
@given(situations())
def test_never_double_booked(situation: Situation) -> None:
    """No two visits share a person with less than the way between them."""
    way = situation.policy.travel
    for spans in by_person(situation, situation.plan()).values():
        for n, (start, end, place, ours) in enumerate(spans):
            for other_start, other_end, other_place, other_ours in spans[n + 1 :]:
                if ours or other_ours:
                    gap = way.between(place, other_place)
                    assert end + gap <= other_start or other_end + gap <= start


@SOLVING
@given(situations())
def test_hours_law_and_roles(situation: Situation) -> None:
    """Each planned visit is on a wanted day, in the lender's and both people's hours, lawful, with one of each role."""
    placed, by_id = situation.plan(), {one.id: one for one in situation.roster.colleagues}
    for case in situation.wanted:
        if case.case_id not in placed:
            continue
        found = placed[case.case_id]
        starts_at = instant_of(found.start)
        ends_at = starts_at + situation.policy.length
        start, end = (moment.astimezone(case.offer.zone) for moment in (starts_at, ends_at))
        assert start.date() in case.days
        assert end.date() == start.date()
        assert situation.policy.opens <= start.time()
        assert end.time() <= situation.policy.closes
        assert case.offer.lawful(starts_at, ends_at)
        collector, officer = (by_id[person] for person in found.people)
        assert (collector.role, officer.role) == (COLLECTOR, SAFETY_OFFICER)
        assert collector.works(starts_at, ends_at)
        assert officer.works(starts_at, ends_at)
        assert collector.fits(case.offer.errand) is officer.fits(case.offer.errand) is None


@SOLVING
@given(situations())
def test_every_case_is_placed_or_has_a_reason(situation: Situation) -> None:
    """A case has a visit, or a constraint that kept it out; and what was possible alone needs a rival to fail."""
    placed = situation.plan()
    jobs = [job for _, job in situation.jobs() if isinstance(job, Job)]
    assert set(placed) <= {job.case_id for job in jobs}
    for job in jobs:
        assert job.case_id in placed or len(placed) > 0


@SOLVING
@given(situations())
def test_a_case_alone_is_placed_where_a_customer_would_find_a_slot(situation: Situation) -> None:
    """Planning and what customers are offered agree: one case alone is placed at the first slot on offer."""
    for case in situation.wanted[:2]:
        bookings = Bookings(situation.taken, situation.policy.travel)
        offered = free_slots(case.days, case.offer, situation.policy, bookings, situation.roster)
        placed = replace(situation, wanted=[case]).plan()
        first = next(offered, None)
        assert [instant_of(one.start) for one in placed.values()] == ([first.starts_at] if first else [])


@SOLVING
@given(situations(), st.integers(0, 5))
def test_deterministic(situation: Situation, seed: int) -> None:
    """The same question has the same answer, also when days and visits come in another order."""
    turned = [replace(case, days=[*case.days, *case.days][::-1]) for case in situation.wanted]
    again = replace(situation, wanted=turned, taken=situation.taken[::-1])
    assert situation.plan(seed) == again.plan(seed)


@SOLVING
@given(situations(), st.frozensets(st.integers(0, 23), min_size=1))
def test_what_suits_comes_first(situation: Situation, hours: frozenset[int]) -> None:
    """One case alone is placed at a time that suits if there is one, and placed all the same if there is none."""
    for case in situation.wanted[:2]:
        choosy = replace(case, suits=lambda start: start.hour in hours)
        alone = replace(situation, wanted=[choosy])
        jobs = [job for _, job in alone.jobs() if isinstance(job, Job)]
        placed = alone.plan()
        assert set(placed) == {job.case_id for job in jobs}
        for job in jobs:
            assert not job.suiting or placed[job.case_id].start in job.suiting


@given(situations())
def test_earliest_first(situation: Situation) -> None:
    """Slots come in the order of time, each once."""
    for case in situation.wanted[:1]:
        bookings = Bookings(situation.taken, situation.policy.travel)
        found = free_slots(case.days, case.offer, situation.policy, bookings, situation.roster)
        starts = [slot.starts_at for slot in found]
        assert starts == sorted(set(starts))
