"""(d) A week's plan for 200 customers, for ten and for fifty times as many: time, memory, is it the same again.

The rules are asked for every slot of every case, each with facts of its own; only writing the proposals is left out.
"""

import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.casework.bookings import Bookings
from bot.casework.plan import Desk, Job, Wanted
from bot.casework.roster import COLLECTOR, SAFETY_OFFICER, Colleague, Errand, Roster
from bot.casework.slots import Offer, SlotPolicy
from bot.casework.travel import Point
from bot.library import Library
from bot.solver import solve
from flows.rules import Action, ActionKind, Channel, Contact, Facts, Outcome, Purpose, decide
from tests.bench.tables import table
from tests.bench.timers import rss_mb

CITY, ZONE = Point(51.507, -0.128), ZoneInfo("Europe/London")
MONDAY, NOW = date(2027, 3, 1), datetime(2027, 2, 26, 9, tzinfo=UTC)
SIZES = ((200, 20), (200, 6), (2000, 20), (10_000, 20))  # cases, teams
HEAD = (
    "cases",
    "teams",
    "rules and staff asked in s",
    "solved in s",
    "both in s",
    "of the processor in s",
    "RSS grown MB",
    "placed",
    "the same again",
)


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Measure; return the section's text and its figures."""
    figures = [measure(20, 3)] if quick else [measure(*size) for size in SIZES]
    rows = [[one[name] for name in HEAD] for one in figures]
    return table(HEAD, rows), {"plans": figures}


def measure(cases: int, teams: int) -> dict[str, Any]:
    """Plan a week for so many cases by so many teams, twice."""
    policy = SlotPolicy()
    wanted, desk = _wanted(cases), Desk(policy, Bookings(travel=policy.travel), _roster(teams))
    held = rss_mb()
    began, worked = time.perf_counter(), time.process_time()
    jobs = [job for _, job in desk.jobs(wanted) if isinstance(job, Job)]
    asked = time.perf_counter()
    plan = solve(jobs, policy)
    solved, worked = time.perf_counter(), time.process_time() - worked
    grown = rss_mb() - held
    seconds = (asked - began, solved - asked, solved - began, worked)
    again = "yes" if solve(jobs, policy) == plan else "no"
    row = (cases, teams, *(round(one, 1) for one in (*seconds, grown)), len(plan), again)
    return dict(zip(HEAD, row, strict=True))


def _roster(teams: int) -> Roster:
    roles = ((COLLECTOR, 1), (SAFETY_OFFICER, 1001))
    return Roster(tuple(Colleague(first + n, role, ZONE) for role, first in roles for n in range(teams)))


def _wanted(cases: int) -> list[Wanted]:
    rng, packs = random.Random(4), Library("policy-default").packs["UK"]
    days = [MONDAY + timedelta(days=offset) for offset in range(7)]
    found = []
    for case_id in range(cases):
        place = Point(rng.gauss(CITY.latitude, 0.05), rng.gauss(CITY.longitude, 0.08))
        facts = _facts(NOW - timedelta(minutes=rng.randrange(20_000)))

        def lawful(starts_at: datetime, ends_at: datetime, facts: Facts = facts) -> bool:
            action = Action(kind=ActionKind.VISIT_SLOT, channel=Channel.VISIT, purpose=Purpose.VISIT,
                            starts_at=starts_at, ends_at=ends_at, staff=2)  # fmt: skip
            return decide(action, facts, packs, NOW).outcome is Outcome.ALLOWED

        found.append(Wanted(case_id, Offer(ZONE, Errand(place=place, language="en"), lawful), days))
    return found


def _facts(written_at: datetime) -> Facts:
    contact = Contact(at=written_at, channel=Channel.MESSENGER, purpose=Purpose.NOTICE)
    return Facts(zone="Europe/London", jurisdiction="UK", contacts=(contact,), identity_established=True)
