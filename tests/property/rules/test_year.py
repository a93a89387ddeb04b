"""A simulated year in every place: what the rules let happen is what a naive judge would have let happen."""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from flows.rules import (
    Action,
    ActionKind,
    AgreedTime,
    Channel,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Outcome,
    Pack,
    Purpose,
    WeeklyTime,
    chain,
    decide,
    parse_pack,
)
from tests.property.rules.naive import lawful

FOLDER = Path(__file__).parents[3] / "flows" / "rules" / "packs"
PACKS = chain(
    [parse_pack(path.read_text("utf-8"), path.name) for path in sorted(FOLDER.glob("*/v*.yaml"))],
    "policy-default",
)
CUSTOMERS = 1000
NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
# Weeks in which clocks change or holidays cluster: every fourth customer is busy in one of them.
SPECIAL = [
    datetime(2027, *day, tzinfo=UTC)
    for day in ((3, 10), (3, 24), (10, 20), (11, 3), (12, 20), (2, 3), (4, 2))
]
ZONES = {
    "AU": ["Australia/Sydney", "Australia/Perth", "Australia/Lord_Howe"],
    "CN": ["Asia/Shanghai"],
    "EU": ["Europe/Berlin", "Europe/Lisbon"],
    "HK": ["Asia/Hong_Kong"],
    "ID": ["Asia/Jakarta", "Asia/Jayapura"],
    "IN": ["Asia/Kolkata"],
    "JP": ["Asia/Tokyo"],
    "KR": ["Asia/Seoul"],
    "MY": ["Asia/Kuala_Lumpur"],
    "PH": ["Asia/Manila"],
    "SG": ["Asia/Singapore"],
    "TH": ["Asia/Bangkok"],
    "TW": ["Asia/Taipei"],
    "UK": ["Europe/London"],
    "US": ["America/New_York", "America/Los_Angeles", "America/Phoenix"],
    "US-MA": ["America/New_York"],
}
HOLDS = [
    *(
        "stop",
        "dispute",
        "representative",
        "hardship",
        "complaint",
        "breathing_space",
        "crisis_moratorium",
        "adviser_plan",
    ),
    *("hardship_notice", "external_complaint", "disaster", "bankruptcy", "incapacity", "something_else"),
]
PURPOSES = [Purpose.NOTICE, Purpose.NUDGE, Purpose.FOLLOW_UP, Purpose.REMINDER]
MINUTE = timedelta(minutes=1)


class Customer:
    """One customer: what is known of them, what is meant to happen, and what they do of their own accord."""

    def __init__(self, place: str, number: int) -> None:
        self.place = place
        self.random = Random(f"{place}-{number}")
        busy = (
            self.random.choice(SPECIAL)
            if number % 4 == 0
            else NEW_YEAR + timedelta(days=self.random.randrange(350))
        )
        self.start = busy + MINUTE * self.random.randrange(1440)
        self.facts = Facts(
            zone=self.random.choice(ZONES[place]),
            jurisdiction=place,
            identity_established=True,
            notices={"collection_start": NEW_YEAR - timedelta(days=60)},
            product="loan",
        )
        self.queue: list[tuple[datetime, int, Action | str]] = []
        for turn in range(6):
            self.plan(self.moment(14), turn, self.wish())
        for turn, event in enumerate(self.random.sample(["hold", "move", "bar", "offer", "write"], 2)):
            self.plan(self.moment(10), 100 + turn, event)

    def moment(self, days: int) -> datetime:
        return self.start + MINUTE * self.random.randrange(days * 1440)

    def plan(self, at: datetime, turn: int, what: Action | str) -> None:
        heapq.heappush(self.queue, (at, turn, what))

    def wish(self) -> Action:
        kind = self.random.choices(["message", "call", "visit"], [5, 3, 2])[0]
        if kind == "visit":
            starts_at = self.moment(21)
            ends_at = starts_at + timedelta(minutes=45)
            return Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT, starts_at, ends_at, staff=2)
        if kind == "call":
            return Action(ActionKind.CALL, Channel.PHONE, Purpose.FOLLOW_UP)
        channel = self.random.choice([Channel.MESSENGER, Channel.SMS])
        return Action(ActionKind.MESSAGE, channel, self.random.choice(PURPOSES))

    def live(self, packs: Sequence[Pack]) -> tuple[list[tuple[Action, Facts, datetime]], int]:
        """Go through the year; return where the two judges disagree, and how many contacts were made."""
        wrong, made = [], 0
        while self.queue:
            at, turn, what = heapq.heappop(self.queue)
            if isinstance(what, str):
                getattr(self, what)(at)
                continue
            verdict = decide(what, self.facts, packs, at)
            allowed = verdict.outcome is Outcome.ALLOWED
            if allowed != lawful(self.place, what, self.facts, at):
                wrong.append((what, self.facts, at))
            if allowed:
                made += 1
                self.record(what, at)
            elif verdict.until is not None and verdict.until < at + timedelta(days=40):
                self.plan(verdict.until, turn, what)
        return wrong, made

    def record(self, action: Action, at: datetime) -> None:
        outcome = ContactOutcome.DELIVERED
        if action.kind is ActionKind.CALL:
            outcome = self.random.choice([ContactOutcome.ATTEMPTED, ContactOutcome.CONTACTED])
        if action.kind is ActionKind.VISIT_SLOT:
            outcome = ContactOutcome.CONTACTED
        contact = Contact(action.starts_at or at, action.channel, action.purpose, outcome)
        self.facts = replace(self.facts, contacts=(*self.facts.contacts, contact))

    def hold(self, at: datetime) -> None:
        until = self.random.choice([None, at + timedelta(hours=self.random.randrange(1, 200))])
        hold = Hold(self.random.choice(HOLDS), at, until)
        self.facts = replace(self.facts, holds=(*self.facts.holds, hold))

    def move(self, _: datetime) -> None:
        self.facts = replace(self.facts, zone=self.random.choice(ZONES[self.place]))

    def bar(self, _: datetime) -> None:
        barred = WeeklyTime(
            self.random.randrange(7), time(self.random.randrange(8, 12)), time(self.random.randrange(12, 22))
        )
        self.facts = replace(self.facts, barred_times=(barred,))

    def offer(self, at: datetime) -> None:
        starts_at = at + MINUTE * self.random.randrange(60, 6000)
        self.facts = replace(
            self.facts, agreed_times=(AgreedTime(starts_at, starts_at + timedelta(hours=2)),)
        )

    def write(self, at: datetime) -> None:
        """The customer writes, at night perhaps: that counts against nobody."""
        inbound = Contact(at, Channel.MESSENGER, Purpose.REPLY, ContactOutcome.ATTEMPTED, inbound=True)
        self.facts = replace(self.facts, contacts=(*self.facts.contacts, inbound))


@pytest.mark.parametrize("place", sorted(PACKS))
def test_a_year(place: str) -> None:
    """A thousand customers, a year: no contact outside the rules, and none withheld that was lawful."""
    made = 0
    for number in range(CUSTOMERS):
        wrong, contacts = Customer(place, number).live(PACKS[place])
        assert wrong == []
        made += contacts
    assert made > CUSTOMERS
