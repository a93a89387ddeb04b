"""(d) One question to the rules: `decide` in a process that does nothing else, packs as they ship.

The common case is a message that may go out, in a place with rules of its own, after some earlier contacts.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.library import packs as packs_with
from flows.rules import Action, ActionKind, Channel, Contact, Facts, Purpose, Verdict, decide
from tests.bench.tables import spread, table

AT = datetime(2027, 3, 2, 12, tzinfo=UTC)
MESSAGE = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.REMINDER, discloses_debt=True)
NOTICE = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.NOTICE)
HEAD = ("question", "answer", "rules asked", "µs")
ZONES = {"UK": "Europe/London", "US-MA": "America/New_York", "AU": "Australia/Sydney", "KR": "Asia/Seoul"}


def _noon(place: str, hour: int = 12) -> datetime:
    return datetime(2027, 3, 2, hour, tzinfo=ZoneInfo(ZONES[place]))


def _slot(place: str) -> Action:
    starts_at = _noon(place) + timedelta(days=3)
    ends_at = starts_at + timedelta(minutes=45)
    return Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT, starts_at, ends_at, staff=2)


def _facts(place: str, earlier: int) -> Facts:
    """A customer who is known, and was written to every 18 hours, as far back as the shell looks."""
    at = [_noon(place).astimezone(UTC) - timedelta(hours=60 + 18 * number) for number in range(earlier)]
    contacts = tuple(Contact(one, Channel.MESSENGER, Purpose.REMINDER) for one in at)
    given = {"collection_start": AT - timedelta(days=60)}
    return Facts(ZONES[place], place, contacts=contacts, identity_established=True, notices=given)


# name: place, action, earlier contacts, the hour by the customer's clock
QUESTIONS: dict[str, tuple[str, Action, int, int]] = {
    "a reminder, UK, 5 earlier contacts (the common case)": ("UK", MESSAGE, 5, 12),
    "the same, Massachusetts": ("US-MA", MESSAGE, 5, 12),
    "the same, Korea": ("KR", MESSAGE, 5, 12),
    "the same, UK, 40 earlier contacts": ("UK", MESSAGE, 40, 12),
    "a slot for a visit, UK, 5 earlier contacts": ("UK", _slot("UK"), 5, 12),
    "a notice at night, UK: when is it lawful?": ("UK", NOTICE, 5, 23),
    "a reminder, Australia, caps full: when is it lawful?": ("AU", MESSAGE, 40, 12),
}


def measure(ask: Callable[[], object], rounds: int, times: int) -> list[float]:
    """Return what one call takes of the processor in each round, in microseconds."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        for _ in range(times):
            ask()
        found.append(1e6 * (time.process_time() - began) / times)
    return found


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    rounds, times = (2, 50) if quick else (15, 4000)
    packs = packs_with("policy-default", None)
    rows, figures = [], dict[str, Any]()
    for name, (place, action, earlier, hour) in QUESTIONS.items():
        facts, chain, at = _facts(place, earlier), packs[place], _noon(place, hour)

        def ask(
            action: Action = action, facts: Facts = facts, at: datetime = at, chain: Any = chain
        ) -> Verdict:
            return decide(action, facts, chain, at)

        verdict, took = ask(), measure(ask, rounds, times)
        figures[name] = took
        rows.append([name, verdict.outcome.value, len(verdict.consulted), spread(took, 1)])
    verdict = decide(MESSAGE, _facts("UK", 5), packs["UK"], _noon("UK"))
    took = measure(verdict.to_json, rounds, times // 4)
    figures["receipt"] = took
    rows.append(["the receipt of the common case as JSON data", "", "", spread(took, 1)])
    return table(HEAD, rows), figures
