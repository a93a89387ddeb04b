"""How long something may wait where a case is, by the packs of the place and the lender's own policy."""

from datetime import datetime, timedelta

from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from flows.rules import Waiting, patience


def patience_for(inst: Installation, jurisdiction: str, waiting: Waiting, now: datetime) -> timedelta | None:
    """Return how long this may wait there; None: no pack says."""
    return patience(packs_of(inst, jurisdiction), waiting, now.date())


def house_patience(inst: Installation, waiting: Waiting, now: datetime) -> timedelta | None:
    """Return how long this may wait by the strictest place of all: for what belongs to no case."""
    found = (patience_for(inst, place, waiting, now) for place in inst.library.packs)
    return min((one for one in found if one is not None), default=None)
