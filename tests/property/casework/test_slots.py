from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.casework.bookings import Taken
from bot.casework.plan import Planned, Wanted, plan
from bot.casework.slots import SlotPolicy, Team, free_slots

ZONES = [
    ZoneInfo(name) for name in ("Asia/Hong_Kong", "Europe/London", "America/New_York", "Australia/Lord_Howe")
]
DAYS = st.dates(date(2026, 3, 1), date(2026, 12, 31))  # with the changes of the clock
MINUTES = st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes))
TEAMS = st.builds(
    Team,
    st.lists(st.integers(1, 5), unique=True, max_size=3).map(tuple),
    st.lists(st.integers(3, 8), unique=True, max_size=3).map(tuple),
)


@st.composite
def policies(draw: st.DrawFn) -> SlotPolicy:
    opens = draw(st.integers(0, 18))
    closes = draw(st.integers(opens + 2, 23))
    travel = timedelta(minutes=draw(st.integers(0, 60)))
    grid = timedelta(minutes=draw(st.sampled_from([10, 15, 20, 30, 45, 60])))
    return SlotPolicy(time(opens), time(closes), draw(MINUTES), grid, travel)


@st.composite
def cases(draw: st.DrawFn) -> list[Wanted]:
    first = draw(DAYS)
    span = [first + timedelta(days=n) for n in range(3)]

    def wanted(case_id: int) -> Wanted:
        hours = draw(st.frozensets(st.integers(0, 23), min_size=12))
        return Wanted(
            case_id, draw(st.sampled_from(ZONES)), draw(st.lists(st.sampled_from(span), max_size=3)),
            lambda start, _end: start.hour in hours,
        )  # fmt: skip

    return [wanted(n) for n in range(draw(st.integers(0, 12)))]


@st.composite
def visits(draw: st.DrawFn, wanted: list[Wanted]) -> list[Taken]:
    days = sorted({day for case in wanted for day in case.days})
    if not days:
        return []
    starts = st.builds(
        lambda day, minute: datetime.combine(day, time(0), ZONES[0]) + timedelta(minutes=minute),
        st.sampled_from(days),
        st.integers(0, 1439),
    )
    return [Taken(person, start, start + length) for person, start, length in
            draw(st.lists(st.tuples(st.integers(1, 8), starts, MINUTES), max_size=6))]  # fmt: skip


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Wanted], SlotPolicy, list[Taken], Team]:
    wanted = draw(cases())
    return wanted, draw(policies()), draw(visits(wanted)), draw(TEAMS)


Situation = tuple[list[Wanted], SlotPolicy, list[Taken], Team]


def by_person(planned: list[Planned], taken: list[Taken]) -> dict[int, list[tuple[datetime, datetime, bool]]]:
    spans: dict[int, list[tuple[datetime, datetime, bool]]] = defaultdict(list)
    for one in taken:
        spans[one.person_id].append((one.starts_at, one.ends_at, False))
    for each in planned:
        for person in (each.slot.collector_id, each.slot.safety_officer_id) if each.slot else ():
            assert each.slot is not None
            spans[person].append((each.slot.starts_at, each.slot.ends_at, True))
    return spans


@given(situations())
def test_never_double_booked(situation: Situation) -> None:
    """No two visits share a person with less than the way between them."""
    _, policy, taken, _ = situation
    for spans in by_person(list(plan(*situation)), taken).values():
        for n, (start, end, ours) in enumerate(spans):
            for other_start, other_end, other_ours in spans[n + 1 :]:
                if ours or other_ours:
                    assert end + policy.travel <= other_start or other_end + policy.travel <= start


@given(situations())
def test_hours_law_and_roles(situation: Situation) -> None:
    """Each planned visit is on a wanted day, inside working hours, lawful, with two of the team."""
    wanted, policy, _, team = situation
    for case, found in zip(wanted, plan(*situation), strict=True):
        assert found.case_id == case.case_id
        if found.slot is None:
            continue
        start, end = (moment.astimezone(case.zone) for moment in (found.slot.starts_at, found.slot.ends_at))
        assert start.date() in case.days
        assert end.date() == start.date()
        assert policy.opens <= start.time()
        assert end.time() <= policy.closes
        assert found.slot.ends_at - found.slot.starts_at == policy.length
        assert case.lawful(found.slot.starts_at, found.slot.ends_at)
        assert found.slot.collector_id in team.collectors
        assert found.slot.safety_officer_id in team.safety_officers
        assert found.slot.collector_id != found.slot.safety_officer_id


@given(situations())
def test_deterministic(situation: Situation) -> None:
    """The same question has the same answer, also when days and visits come in another order."""
    wanted, policy, taken, team = situation
    turned = [Wanted(case.case_id, case.zone, [*case.days, *case.days][::-1], case.lawful) for case in wanted]
    assert list(plan(wanted, policy, taken, team)) == list(plan(turned, policy, taken[::-1], team))


@given(situations())
def test_plan_takes_what_is_offered(situation: Situation) -> None:
    """The first case gets the first slot that its customer would be offered; without one there is none."""
    wanted, policy, taken, team = situation
    for case in wanted[:1]:
        offered = free_slots(
            days=case.days, zone=case.zone, policy=policy, taken=taken, lawful=case.lawful, team=team
        )
        assert next(iter(plan([case], policy, taken, team))).slot == next(offered, None)


@given(situations())
def test_earliest_first(situation: Situation) -> None:
    """Slots come in the order of time, each once."""
    wanted, policy, taken, team = situation
    for case in wanted[:1]:
        slots = free_slots(
            days=case.days, zone=case.zone, policy=policy, taken=taken, lawful=case.lawful, team=team
        )
        starts = [slot.starts_at for slot in slots]
        assert starts == sorted(set(starts))
