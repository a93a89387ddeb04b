"""Evidential gap: how far apart collections lie that count as evidence of having tried. It judges no action."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flows.rules.facts import Contact, ContactOutcome
from flows.rules.kinds.minimum_gap import read_length
from flows.rules.kinds.reading import mapping


def read(value: Any) -> timedelta:
    """Read `{days: 30}`. Raises Fault."""
    return read_length(mapping(value, (), ("hours", "days")))


def effective(gap: timedelta, contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return the contacts that count: received by the customer, each at least `gap` after the one before."""
    found: list[Contact] = []
    for one in sorted(contacts, key=lambda contact: contact.at):
        received = one.outcome is not ContactOutcome.ATTEMPTED and not one.inbound
        if received and (not found or one.at - found[-1].at >= gap):
            found.append(one)
    return tuple(found)
