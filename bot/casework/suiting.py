"""When a visit suits a customer, by all that they have shown of it: what they asked for, chose, and were met at. Pure.

It tells better times from others among those that are lawful; what does not suit at all is for the rules.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.casework.own_times import Barred, touches

_NOON, _EVENING = 12, 17  # hours, as in the choices of `/times`
_SATURDAY = 5


class Daypart(StrEnum):
    """A part of the day, by the customer's clock."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Suiting:
    """What is known of when a visit suits somebody. Instants are aware; days are of `zone`.

    `asked`: days that they looked for and got no visit on. `good`: when they chose or confirmed a visit, looked for
    one, or were met. `missed`: when nobody was at home. `barred`: hours of the week that they say do not suit.
    """

    zone: ZoneInfo
    asked: Collection[date] = ()
    good: Collection[datetime] = ()
    missed: Collection[datetime] = ()
    barred: Sequence[Barred] = ()

    def __call__(self, starts_at: datetime) -> bool:
        """Say whether a visit that begins then suits especially; where nothing is known, any time does.

        A day that they asked for does, whatever the hour. Else it is the part of the day, on workdays or at the
        weekend, in which it was good before; where none was, any but those in which nobody was at home.
        """
        if touches(self.barred, starts_at, starts_at, self.zone):
            return False
        if self.asked or self.good:
            asked = starts_at.astimezone(self.zone).date() in self.asked
            return asked or self._time_of_week(starts_at) in map(self._time_of_week, self.good)
        return self._time_of_week(starts_at) not in map(self._time_of_week, self.missed)

    def _time_of_week(self, at: datetime) -> tuple[bool, Daypart]:
        local = at.astimezone(self.zone)
        late = Daypart.AFTERNOON if local.hour < _EVENING else Daypart.EVENING
        return local.weekday() >= _SATURDAY, Daypart.MORNING if local.hour < _NOON else late
