"""Rules, facts and actions drawn at random from everything that ships."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import strategies as st

from flows.rules import (
    Action,
    ActionKind,
    AgreedTime,
    Channel,
    Consent,
    ConsentForm,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Occasion,
    Pack,
    Place,
    Purpose,
    Recording,
    Role,
    Rule,
    Status,
    ThirdParty,
    WeeklyTime,
    parse_pack,
)

FOLDER = Path(__file__).parents[3] / "flows" / "rules" / "packs"
PACKS = [parse_pack(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*/v*.yaml"))]
# A draft is taken as in force here, so that its kind is tried, too.
RULES = [
    (pack, replace(rule, source=replace(rule.source, status=Status.UNVERIFIED), effective_from=None))
    for pack in PACKS
    for rule in pack.rules
]
ZONES = ["Europe/London", "America/New_York", "Asia/Taipei", "Australia/Lord_Howe", "America/Havana", "UTC"]
HOLDS = [
    "stop",
    "dispute",
    "representative",
    "vulnerable",
    "breathing_space",
    "crisis_moratorium",
    "stop_medium",
]
TOPICS = [
    "hours",
    "visit_place",
    "visit_frequency",
    "entry",
    "third_party",
    "recording_audio",
    "recording_video",
]
# Around both clock changes of 2026 in Europe and America, and a run of public holidays.
DAYS = [date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1), date(2026, 12, 24)]


def _aware(minutes: int, day: date) -> datetime:
    return datetime.combine(day, time.min, UTC) + timedelta(minutes=minutes)


def instants(days: int = 40) -> st.SearchStrategy[datetime]:
    return st.builds(_aware, st.integers(-days * 1440, days * 1440), st.sampled_from(DAYS))


def near(at: datetime, before: int = 20, after: int = 5) -> st.SearchStrategy[datetime]:
    return st.integers(-before * 1440, after * 1440).map(lambda minutes: at + timedelta(minutes=minutes))


def contacts(at: datetime) -> st.SearchStrategy[Contact]:
    refs = st.sampled_from(["", "a", "b"])
    return st.builds(
        Contact,
        at=near(at),
        channel=st.sampled_from(Channel),
        purpose=st.sampled_from(Purpose),
        outcome=st.sampled_from(ContactOutcome),
        inbound=st.booleans(),
        solicited=st.booleans(),
        place=st.sampled_from(Place),
        third_party=st.none() | st.sampled_from(ThirdParty),
        debt_ref=refs,
        third_party_ref=refs,
    )


def holds(at: datetime) -> st.SearchStrategy[Hold]:
    return st.builds(
        lambda kind, since, length, channel: Hold(kind, since, since + length if length else None, channel),
        st.sampled_from(HOLDS),
        near(at, 90, 2),
        st.none() | st.timedeltas(timedelta(hours=1), timedelta(days=30)),
        st.none() | st.sampled_from(Channel),
    )


def consents(at: datetime) -> st.SearchStrategy[Consent]:
    return st.builds(
        lambda to, form, since, length: Consent(to, form, since, since + length if length else None),
        st.sampled_from(TOPICS),
        st.sampled_from(ConsentForm),
        near(at),
        st.none() | st.timedeltas(timedelta(hours=1), timedelta(days=3)),
    )


def agreed(at: datetime) -> st.SearchStrategy[AgreedTime]:
    return st.builds(
        lambda start, minutes: AgreedTime(start, start + timedelta(minutes=minutes)),
        near(at, 1, 5),
        st.integers(1, 600),
    )


WEEKLY = st.builds(
    lambda weekday, first, length: WeeklyTime(
        weekday, time(first // 60, first % 60), time((first + length) // 60 % 24, (first + length) % 60)
    ),
    st.integers(0, 6),
    st.integers(0, 1000),
    st.integers(30, 430),
)


def occasions(at: datetime) -> st.SearchStrategy[Occasion]:
    return st.builds(
        lambda kind, start, length: Occasion(kind, start.date(), start.date() + timedelta(days=length)),
        st.sampled_from(["bereavement", "wedding"]),
        near(at, 5, 2),
        st.integers(0, 5),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Action, Facts, datetime]:
    """An action, facts around it, and the instant at which it is asked about."""
    at = draw(instants())
    facts = Facts(
        zone=draw(st.sampled_from(ZONES)),
        jurisdiction="UK",
        contacts=tuple(draw(st.lists(contacts(at), max_size=8))),
        holds=tuple(draw(st.lists(holds(at), max_size=2))),
        identity_established=draw(st.booleans()),
        consents=tuple(draw(st.lists(consents(at), max_size=3))),
        agreed_times=tuple(draw(st.lists(agreed(at), max_size=2))),
        barred_times=tuple(draw(st.lists(WEEKLY, max_size=3))),
        own_hours=tuple(draw(st.lists(WEEKLY, max_size=2))),
        occasions=tuple(draw(st.lists(occasions(at), max_size=2))),
        notices=draw(st.dictionaries(st.sampled_from(["collection_start", "agency_notice"]), near(at))),
        leave=draw(st.frozensets(st.sampled_from(["asked", "distress"]), max_size=1)),
        refused_by=draw(st.frozensets(st.sampled_from(["a", "b"]), max_size=1)),
        overdue_since=draw(st.none() | st.just(at.date() - timedelta(days=draw(st.integers(0, 30))))),
        first_party=draw(st.none() | st.booleans()),
        product=draw(st.sampled_from(["", "microfinance", "credit card"])),
    )
    return draw(actions(at)), facts, at


@st.composite
def actions(draw: st.DrawFn, at: datetime) -> Action:
    starts_at = draw(st.none() | near(at, 1, 10))
    return Action(
        kind=draw(st.sampled_from(ActionKind)),
        channel=draw(st.sampled_from(Channel)),
        purpose=draw(st.sampled_from(Purpose)),
        starts_at=starts_at,
        told_at=draw(st.none() | near(at, 3, 1)),
        ends_at=starts_at + timedelta(minutes=draw(st.integers(-10, 90))) if starts_at else None,
        discloses_debt=draw(st.booleans()),
        staff=draw(st.integers(0, 4)),
        place=draw(st.sampled_from(Place)),
        inside=draw(st.booleans()),
        role=draw(st.sampled_from(Role)),
        recording=draw(st.none() | st.builds(Recording, st.booleans(), st.booleans(), st.booleans())),
        third_party=draw(st.none() | st.sampled_from(ThirdParty)),
        debt_ref=draw(st.sampled_from(["", "a"])),
        third_party_ref=draw(st.sampled_from(["", "a"])),
    )


def alone(pack: Pack, rule: Rule) -> Pack:
    """A pack of one rule, dates and overrides as they are."""
    return replace(pack, rules=(rule,))


@pytest.fixture(scope="session")
def asked() -> st.SearchStrategy[tuple[Action, Facts, datetime]]:
    """An action, the facts around it, and the instant at which it is asked about."""
    return cases()


@pytest.fixture(scope="session")
def rulebooks() -> st.SearchStrategy[tuple[Pack, ...]]:
    """Some of the rules that ship, from any place, each in a pack of its own."""
    numbers = st.lists(st.sampled_from(range(len(RULES))), unique=True, max_size=12)
    return numbers.map(lambda chosen: tuple(alone(*RULES[number]) for number in chosen))
