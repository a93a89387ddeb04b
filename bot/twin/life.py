"""What everybody in a town shares: the machine, chance, the agenda, and what is on the phones."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from bot.twin.agenda import Act, Agenda
from bot.twin.hands import Hand
from bot.twin.mortal import MortalMachine
from bot.twin.screens import Screens

MORNING, EVENING = time(8), time(21)  # when people who sleep at night are awake


@dataclass(frozen=True, slots=True)
class Life:
    """One life of a town."""

    machine: MortalMachine
    random: Random
    agenda: Agenda
    screens: Screens

    def now(self) -> datetime:
        """Return the instant at which the town is (aware UTC)."""
        return self.machine.clock.now()

    def hand(self, chat_id: int) -> Hand:
        """Return the hand that holds a phone."""
        return Hand(self.machine, self.screens, self.random, chat_id)

    def within(self, latest: timedelta, soonest: timedelta = timedelta()) -> datetime:
        """Return some instant in this span from now."""
        return self.now() + soonest + (latest - soonest) * self.random.random()

    def later(self, after: timedelta, chat_id: int, act: Act) -> None:
        """Put down what is done on a phone after a while."""
        self.agenda.at(self.now() + after, chat_id, act)

    def happens(self, share: float) -> bool:
        """Does it, this time? `share` of all times it does."""
        return self.random.random() < share


def in_the_day(when: datetime) -> datetime:
    """Return an instant at which people are awake: itself, or some minute of the next morning."""
    if MORNING <= when.time() < EVENING:
        return when
    day = when.date() + timedelta(days=when.time() >= EVENING)
    return datetime.combine(day, MORNING, UTC) + timedelta(minutes=when.minute)
