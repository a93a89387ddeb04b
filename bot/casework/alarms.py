"""What alarms came to: how many were real, how many false, and how soon somebody took them. Drills count apart."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import Any

from bot.casework.rates import FEW


class WasIt(StrEnum):
    """What an alarm turned out to be, as the person who resolved it says."""

    REAL = "real"
    FALSE_ALARM = "false_alarm"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm: what it was (None: nobody has said), and how long it rang until somebody took it (None: nobody)."""

    was: WasIt | None
    rang_for: timedelta | None


@dataclass(frozen=True, slots=True)
class AlarmFigures:
    """Alarms of a span of time. Seconds are medians of those that somebody took; None where there is nothing to say.

    `false_rate` is the share of false alarms among those judged real or false; `few`: fewer than 30 were judged.
    """

    count: int
    real: int
    false_alarm: int
    unjudged: int
    false_rate: float | None
    few: bool
    taken_after: int | None
    drills: int
    drills_taken: int
    drills_taken_after: int | None

    def as_row(self) -> dict[str, Any]:
        """Return the figures by name."""
        return asdict(self)


def alarm_figures(alarms: Iterable[Alarm]) -> AlarmFigures:
    """Count what alarms came to."""
    every = list(alarms)
    drills = [one for one in every if one.was is WasIt.DRILL]
    meant = [one for one in every if one.was is not WasIt.DRILL]
    real, false = (sum(one.was is was for one in meant) for was in (WasIt.REAL, WasIt.FALSE_ALARM))
    judged = real + false
    return AlarmFigures(
        count=len(meant),
        real=real,
        false_alarm=false,
        unjudged=len(meant) - judged,
        false_rate=round(false / judged, 3) if judged else None,
        few=judged < FEW,
        taken_after=_seconds(meant),
        drills=len(drills),
        drills_taken=sum(one.rang_for is not None for one in drills),
        drills_taken_after=_seconds(drills),
    )


def _seconds(alarms: Iterable[Alarm]) -> int | None:
    spans = [one.rang_for.total_seconds() for one in alarms if one.rang_for is not None]
    return round(median(spans)) if spans else None
