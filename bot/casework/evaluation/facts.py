"""What the evaluation is told of a case: days and amounts, and nothing of who it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.casework.evaluation.hold_out import Group, Trial

# Days after which a promise that was not kept has shown it. A kept one shows at once: counting sooner would count only
# those.
SHOWN = 7


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """A visit. `went`: the team was there; `alarm` and `false_alarm`: somebody called for help, and what it was."""

    day: date
    announced: bool = False
    confirmed: bool = False
    went: bool = False
    met: bool = False
    right_party: bool = False
    alarm: bool = False
    false_alarm: bool = False


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """An instalment or a promise, and whether it is known as kept by now. A renegotiated one is none any more."""

    made_on: date
    due_on: date
    kept: bool


@dataclass(frozen=True, slots=True)
class Payment:
    """What came in on a day, in minor units of the case's currency."""

    day: date
    amount: int


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case; days are local ones of the case, sequences in the order of time.

    `groups`: where it belongs in the trials that it is part of. `slices`: what it can be told apart by.
    `polite`: did the customer find the visit calm and polite? `respected` and `helped`: what they said when asked
    afterwards how it was. None: they were not asked, or did not say.
    """

    taken_in: date
    currency: str
    linked: bool = False
    identified: bool = False
    settled: bool = False
    complained: bool = False
    polite: bool | None = None
    respected: bool | None = None
    helped: bool | None = None
    visits: Sequence[VisitFacts] = ()
    promises: Sequence[PromiseFacts] = ()
    payments: Sequence[Payment] = ()
    groups: Mapping[Trial, Group] = field(default_factory=dict)
    slices: Mapping[str, str] = field(default_factory=dict)

    def first_kept(self, today: date) -> bool | None:
        """Say whether the first promise was kept; None while it cannot be said for a broken one as well."""
        if not self.promises or (today - self.promises[0].due_on).days < SHOWN:
            return None
        return self.promises[0].kept

    def kept_for(self, days: int, today: date) -> bool | None:
        """Say whether all that was due within so many days of the agreement was kept; None as in `first_kept`."""
        if not self.promises or (today - self.promises[0].made_on).days < days + SHOWN:
            return None
        due = [one.kept for one in self.promises if (one.due_on - self.promises[0].made_on).days <= days]
        return all(due) if due else None

    def paid_within(self, days: int) -> int:
        """Return what came in within so many days of being taken in, in minor units."""
        return sum(one.amount for one in self.payments if 0 <= (one.day - self.taken_in).days <= days)

    def visits_within(self, days: int) -> int:
        """Return how often a team was there within so many days of being taken in."""
        return sum(one.went for one in self.visits if (one.day - self.taken_in).days <= days)
