"""Evidential gap: how far apart collections lie that count as evidence of having tried. It judges no action."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.facts import Contact, ContactOutcome
from flows.rules.kinds.minimum_gap import UNITS, read_length
from flows.rules.kinds.reading import mapping
from flows.rules.kinds.span import Span


def read(value: Any) -> Span:
    """Read `{days: 30}`. Raises Fault."""
    return read_length(mapping(value, (), UNITS))


def effective(gap: Span, contacts: Iterable[Contact], zone: ZoneInfo) -> tuple[Contact, ...]:
    """Return the contacts that count: received by the customer, each at least `gap` after the one before."""
    found: list[Contact] = []
    for one in sorted(contacts, key=lambda contact: contact.at):
        received = one.outcome is not ContactOutcome.ATTEMPTED and not one.inbound
        if received and (not found or one.at >= gap.end(found[-1].at, zone)):
            found.append(one)
    return tuple(found)
