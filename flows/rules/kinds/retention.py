"""Retention: from which day on, how long at least and how long at most a record is kept. It judges no action."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flows.rules.kinds.reading import Fault, flag, mapping, member, whole

_YEAR = 12


class Anchor(StrEnum):
    """The day from which the period runs."""

    RECORD = "record"
    LAST_ACTIVITY = "last_activity"
    DEBT_CLEARED = "debt_cleared"
    CONTRACT_END = "contract_end"


@dataclass(frozen=True, slots=True)
class Keep:
    """At least and at most so many months after the anchor; `shortest`: no longer than others oblige."""

    anchor: Anchor
    at_least: int
    at_most: int | None
    shortest: bool


def read(value: Any) -> Keep:
    """Read `{from: record, at_least: {years: 2}}`, with `at_most`, or `{shortest: true}`. Raises Fault."""
    given = mapping(value, (), ("from", "at_least", "at_most", "shortest"))
    keep = Keep(
        anchor=member(given, "from", Anchor, Anchor.RECORD),
        at_least=_months(given, "at_least") or 0,
        at_most=_months(given, "at_most"),
        shortest=flag(given, "shortest"),
    )
    if not given:
        raise Fault("write how long: `at_least`, `at_most` or `shortest`")
    if keep.at_most is not None and keep.at_most < keep.at_least:
        raise Fault("`at_most` is shorter than `at_least`: nothing could be kept", "at_most")
    return keep


def _months(given: Mapping[str, Any], key: str) -> int | None:
    if key not in given:
        return None
    length = mapping(given[key], (), ("years", "months"))
    months = whole(length, "years", 0, 0) * _YEAR + whole(length, "months", 0, 0)
    if "years" in length or "months" in length:
        return months
    raise Fault(f"`{key}`: write years or months", key)


def within(child: Keep, parent: Keep) -> bool:
    """Does the child keep as long as its parent, from the same day?"""
    return child.anchor is not parent.anchor or child.shortest or child.at_least >= parent.at_least
