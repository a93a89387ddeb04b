"""How long something may wait where a case is, by the packs of the place and the lender's own policy."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.service.desk.cases.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from flows.rules import Waiting, patience

_MONTH = timedelta(days=30)


def patience_for(inst: Installation, jurisdiction: str, waiting: Waiting, now: datetime) -> timedelta | None:
    """Return how long this may wait there; None: no pack says."""
    return patience(packs_of(inst, jurisdiction), waiting, now.date())


def last_day(inst: Installation, case: CaseFile, waiting: Waiting, since: datetime) -> date:
    """Return the day, by the case's own clock, on which what waits since then must be done at the latest.

    Where no pack says how long it may wait, it is a month of 30 days, as in GDPR art. 12(3).
    """
    after = patience_for(inst, case.jurisdiction, waiting, since) or _MONTH
    return (since + after).astimezone(ZoneInfo(case.timezone)).date()


def house_patience(inst: Installation, waiting: Waiting, now: datetime) -> timedelta | None:
    """Return how long this may wait by the strictest place of all: for what belongs to no case."""
    found = (patience_for(inst, place, waiting, now) for place in inst.library.packs)
    return min((one for one in found if one is not None), default=None)
