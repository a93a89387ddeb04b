"""One customer through a year: what the lender wishes to do, and what the customer does of their own accord."""

import heapq
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

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
    Place,
    Purpose,
    Recording,
    Role,
    ThirdParty,
    WeeklyTime,
)

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
ABROAD = ["America/Havana", "Pacific/Apia", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]
YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Clock changes and runs of holidays: half of all weeks of contact begin within some days of one of them.
SPECIAL = [(3, 12), (3, 26), (4, 2), (10, 29), (11, 5), (2, 3), (4, 10), (5, 1), (9, 28), (12, 22)]
HOLDS = [
    *(
        "stop",
        "stop_medium",
        "dispute",
        "representative",
        "hardship",
        "vulnerable",
        "not_me",
        "asked_to_leave",
    ),
    *("breathing_space", "crisis_moratorium", "moratorium_scotland", "adviser_plan", "hardship_notice"),
    *("external_complaint", "complaint", "disaster", "surgery", "bereavement", "bankruptcy", "incapacity"),
    *("plan_in_force", "debt_adjustment", "no_work_contact", "no_work_contact_oral", "visit_refused"),
    "something_else",
]
TOPICS = [
    *("hours", "visit_place", "visit_frequency", "work_visit", "call_frequency", "visit_despite_dispute"),
    *("entry", "third_party", "recording_audio", "recording_video"),
]
NOTICES = ["collection_start", "agency_notice", "outsourcing", "transfer_statement"]
EVENTS = {"writes": 5, "opens_hold": 3, "lifts_hold": 2, "moves": 1, "bars": 1, "tells_hours": 1, "offers": 3}
EVENTS |= {"consents": 3, "withdraws": 1, "mourns": 1, "sends_away": 1, "lets_back": 1, "refuses_for": 1}
UNASKED = [Purpose.NOTICE, Purpose.NUDGE, Purpose.FOLLOW_UP, Purpose.REMINDER, Purpose.SATISFACTION]
Turn = tuple[datetime, int, Action | str]


class Customer:
    """Everything random about one customer comes from the place and their number."""

    def __init__(self, place: str, number: int) -> None:
        self.place = place
        self.random = Random(f"{place}-{number}")
        pick = self.random
        self.facts = Facts(
            zone=pick.choice(ZONES[place]),
            jurisdiction=place,
            identity_established=pick.random() < 0.9,
            notices={name: YEAR - DAY * pick.randrange(-60, 60) for name in NOTICES if pick.random() < 0.9},
            first_party=pick.choice([True, True, False, None]),
            product=pick.choice(["loan", "loan", "credit card", "microfinance", "non_financial"]),
            overdue_since=date(2026, pick.randrange(1, 13), 1),
        )
        self.queue: list[Turn] = []
        self.turns = 0
        for _ in range(5):
            self._week(self._beginning())
        for event in pick.choices(list(EVENTS), list(EVENTS.values()), k=14):
            self.plan(YEAR + MINUTE * pick.randrange(365 * 1440), event)

    def _beginning(self) -> datetime:
        if self.random.random() < 0.5:
            month, day = self.random.choice(SPECIAL)
            return datetime(2027, month, day, tzinfo=UTC) - DAY * self.random.randrange(4)
        return YEAR + DAY * self.random.randrange(355)

    def _week(self, begins: datetime) -> None:
        """Some days in which the lender wishes a good deal, and the customer lives on."""
        for _ in range(8):
            at = begins + MINUTE * self.random.randrange(7 * 1440)
            self.plan(at, self._wish(at))
        for event in self.random.choices(list(EVENTS), list(EVENTS.values()), k=2):
            self.plan(begins + MINUTE * self.random.randrange(5 * 1440), event)

    def plan(self, at: datetime, what: Action | str) -> None:
        """Let it come at that time; what waits is asked about again then."""
        self.turns += 1
        heapq.heappush(self.queue, (at, self.turns, what))

    def year(self) -> Iterator[tuple[datetime, Action]]:
        """Yield what the lender wishes, in order, while the customer's life goes on between."""
        while self.queue:
            at, _, what = heapq.heappop(self.queue)
            if isinstance(what, str):
                getattr(self, what)(at)
            else:
                yield at, what

    def _wish(self, at: datetime) -> Action:
        pick = self.random
        kind = pick.choices(["message", "call", "visit", "step", "other", "money"], [40, 25, 20, 10, 8, 2])[0]
        action: Action = getattr(self, f"_{kind}")(at)
        where = pick.choices(list(Place), [16, 2, 1, 1, 1])[0]
        return replace(
            action, place=where, debt_ref=pick.choice(["", "a", "b"]), number_ref=pick.choice("12")
        )

    def _message(self, _: datetime) -> Action:
        channel = self.random.choice([Channel.MESSENGER, Channel.MESSENGER, Channel.SMS, Channel.LETTER])
        disclosing = self.random.random() < 0.3
        return Action(ActionKind.MESSAGE, channel, self.random.choice(UNASKED), discloses_debt=disclosing)

    def _call(self, _: datetime) -> Action:
        recording = self.random.choice([None, Recording(), Recording(audio=True)])
        return Action(ActionKind.CALL, Channel.PHONE, Purpose.FOLLOW_UP, recording=recording)

    def _visit(self, at: datetime) -> Action:
        starts_at = at + MINUTE * self.random.randrange(20 * 60, 14 * 1440)
        ends_at = starts_at + MINUTE * self.random.choice([1, 30, 45, 90])
        staff = self.random.choices([1, 2, 3], [1, 12, 1])[0]
        return Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT, starts_at, ends_at, staff=staff)

    def _step(self, _: datetime) -> Action:
        pick = self.random
        inside = pick.random() < 0.3
        recording = Recording(pick.random() < 0.7, pick.random() < 0.5, inside)
        step = Action(ActionKind.ONSITE_STEP, Channel.VISIT, Purpose.VISIT, staff=2, inside=inside)
        role = pick.choice([Role.COLLECTOR, Role.SAFETY_OFFICER])
        return replace(
            step, discloses_debt=pick.random() < 0.5, recording=pick.choice([None, recording]), role=role
        )

    def _other(self, _: datetime) -> Action:
        person = self.random.choice(list(ThirdParty))
        asked = Action(ActionKind.THIRD_PARTY_CONTACT, Channel.PHONE, Purpose.LOCATION, third_party=person)
        return replace(asked, third_party_ref=str(person), discloses_debt=self.random.random() < 0.2)

    def _money(self, _: datetime) -> Action:
        return Action(ActionKind.PAYMENT_TAKEN, Channel.VISIT, Purpose.VISIT, role=Role.COLLECTOR)

    def record(self, action: Action, at: datetime) -> None:
        """Keep what was done among the contacts, with how it went."""
        outcome = ContactOutcome.DELIVERED
        if action.channel is Channel.PHONE:
            outcome = self.random.choice([ContactOutcome.ATTEMPTED, ContactOutcome.CONTACTED])
        if action.channel is Channel.VISIT:
            outcome = self.random.choice([ContactOutcome.ATTEMPTED, *[ContactOutcome.CONTACTED] * 3])
        contact = Contact(
            at=action.starts_at or at,
            channel=action.channel,
            purpose=action.purpose,
            outcome=outcome,
            place=action.place,
            solicited=action.kind is ActionKind.REPLY,
            third_party=action.third_party,
            debt_ref=action.debt_ref,
            number_ref=action.number_ref,
            third_party_ref=action.third_party_ref,
        )
        self.facts = replace(self.facts, contacts=(*self.facts.contacts, contact))

    def writes(self, at: datetime) -> None:
        """The customer writes, at night perhaps, and is answered."""
        inbound = Contact(at, Channel.MESSENGER, Purpose.REPLY, ContactOutcome.ATTEMPTED, inbound=True)
        self.facts = replace(self.facts, contacts=(*self.facts.contacts, inbound))
        self.plan(
            at + MINUTE, Action(ActionKind.REPLY, Channel.MESSENGER, Purpose.REPLY, discloses_debt=True)
        )

    def opens_hold(self, at: datetime) -> None:
        kind = self.random.choice(HOLDS)
        until = self.random.choice([None, at + MINUTE * self.random.randrange(30 * 1440)])
        channel = self.random.choice([Channel.MESSENGER, Channel.PHONE]) if kind == "stop_medium" else None
        self.facts = replace(self.facts, holds=(*self.facts.holds, Hold(kind, at, until, channel)))
        if kind in ("stop", "stop_medium"):
            done = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.OPT_OUT_CONFIRMATION)
            for wait in (1, 2):  # the second is one too many
                self.plan(at + MINUTE * wait, done)

    def lifts_hold(self, _: datetime) -> None:
        self.facts = replace(self.facts, holds=self.facts.holds[1:])

    def moves(self, _: datetime) -> None:
        self.facts = replace(self.facts, zone=self.random.choice([*ZONES[self.place], *ABROAD]))

    def _hours(self) -> WeeklyTime:
        opens, closes = self.random.randrange(7, 13), self.random.randrange(13, 23)
        return WeeklyTime(self.random.randrange(7), time(opens, 30), time(closes))

    def bars(self, _: datetime) -> None:
        self.facts = replace(self.facts, barred_times=(self._hours(), self._hours()))

    def tells_hours(self, _: datetime) -> None:
        days = self.random.sample(range(7), 5)
        self.facts = replace(self.facts, own_hours=tuple(replace(self._hours(), weekday=day) for day in days))

    def offers(self, at: datetime) -> None:
        starts_at = at + MINUTE * self.random.randrange(60, 6000)
        ends_at = starts_at + MINUTE * self.random.randrange(30, 600)
        self.facts = replace(
            self.facts, agreed_times=(*self.facts.agreed_times[-1:], AgreedTime(starts_at, ends_at))
        )

    def consents(self, at: datetime) -> None:
        until = self.random.choice([None, at + MINUTE * self.random.randrange(20 * 1440)])
        consent = Consent(self.random.choice(TOPICS), self.random.choice(list(ConsentForm)), at, until)
        self.facts = replace(self.facts, consents=(*self.facts.consents, consent))

    def withdraws(self, _: datetime) -> None:
        self.facts = replace(self.facts, consents=self.facts.consents[1:])

    def mourns(self, at: datetime) -> None:
        kind = self.random.choice(["bereavement", "wedding", "calamity", "festival"])
        occasion = Occasion(kind, at.date(), at.date() + DAY * self.random.randrange(7))
        self.facts = replace(self.facts, occasions=(occasion,))

    def sends_away(self, _: datetime) -> None:
        self.facts = replace(self.facts, leave=frozenset({self.random.choice(["asked", "distress", "rain"])}))

    def lets_back(self, _: datetime) -> None:
        self.facts = replace(self.facts, leave=frozenset())

    def refuses_for(self, _: datetime) -> None:
        """Somebody who was asked about the customer does not want to be asked again."""
        person = str(self.random.choice(list(ThirdParty)))
        self.facts = replace(self.facts, refused_by=self.facts.refused_by | {person})
