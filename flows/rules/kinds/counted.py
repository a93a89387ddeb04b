"""Which earlier contacts a cap or a gap counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flows.rules.action import Action, Channel, Place, Purpose
from flows.rules.facts import Contact, ContactOutcome
from flows.rules.kinds.reading import flag, member, members
from flows.rules.kinds.span import Span
from flows.rules.question import Question

KEYS = ("for_each", "counting", "channels", "purposes", "places", "solicited")
_WRITTEN = frozenset({Channel.MESSENGER, Channel.SMS, Channel.EMAIL, Channel.LETTER})


class ForEach(StrEnum):
    """What the count is kept for."""

    CUSTOMER = "customer"
    DEBT = "debt"
    NUMBER = "number"


class Counting(StrEnum):
    """Attempts: every try; delivered: what arrived; contacts: a message that arrived or somebody spoken to."""

    ATTEMPTS = "attempts"
    DELIVERED = "delivered"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Counted:
    """Which contacts count; empty channels, purposes or places: all. `solicited`: also those the customer asked for."""

    for_each: ForEach
    counting: Counting
    channels: frozenset[Channel]
    purposes: frozenset[Purpose]
    places: frozenset[Place]
    solicited: bool

    def times(self, question: Question) -> list[datetime]:
        """Return when the counted contacts were, or are planned, in no order."""
        action = question.action
        return [one.at for one in question.facts.contacts if self._counts(one, action)]

    def near(self, question: Question, span: Span) -> list[datetime]:
        """Return those of them that may lie in one stretch with the instant that is asked about."""
        first, last = question.when - span.reach, question.when + span.reach
        action = question.action
        return [
            one.at for one in question.facts.contacts if first <= one.at <= last and self._counts(one, action)
        ]

    def _counts(self, one: Contact, action: Action) -> bool:
        return (
            not one.inbound
            and (self.solicited or not one.solicited)
            and (not self.channels or one.channel in self.channels)
            and (not self.purposes or one.purpose in self.purposes)
            and (not self.places or one.place in self.places)
            and self._came_far_enough(one)
            and self._same(one, action)
        )

    def _came_far_enough(self, one: Contact) -> bool:
        if self.counting is Counting.ATTEMPTS or one.outcome is ContactOutcome.CONTACTED:
            return True
        delivered = one.outcome is ContactOutcome.DELIVERED
        return delivered and (self.counting is Counting.DELIVERED or one.channel in _WRITTEN)

    def _same(self, one: Contact, action: Action) -> bool:
        """Does it belong to the same debt or number? An unknown one does: the stricter reading."""
        if self.for_each is ForEach.CUSTOMER:
            return True
        by_debt = self.for_each is ForEach.DEBT
        theirs, ours = (one.debt_ref, action.debt_ref) if by_debt else (one.number_ref, action.number_ref)
        return theirs == ours or not theirs or not ours


def read_counted(value: Mapping[str, Any]) -> Counted:
    """Read the keys that cap and gap share. Raises Fault."""
    return Counted(
        for_each=member(value, "for_each", ForEach, ForEach.CUSTOMER),
        counting=member(value, "counting", Counting, Counting.DELIVERED),
        channels=members(value, "channels", Channel),
        purposes=members(value, "purposes", Purpose),
        places=members(value, "places", Place),
        solicited=flag(value, "solicited"),
    )
