"""The visit code: four digits. Customer and team each know half, so that each side knows the other is genuine."""

from typing import NamedTuple


class Halves(NamedTuple):
    """Two digits each: what the team says first, and what the customer answers."""

    team: str
    customer: str


def halves_of(digest: bytes) -> Halves:
    """Return the halves that a keyed digest stands for; they differ, so that an echo is never the right answer."""
    team, customer = digest[0] * 256 + digest[1], digest[2] * 256 + digest[3]
    said, answer = team % 100, customer % 99
    return Halves(f"{said:02}", f"{answer + (answer >= said):02}")


def same_digits(given: str, expected: str) -> bool:
    """Tell whether what somebody said is the expected half, in whatever digits it was written down."""
    return "".join(str(int(mark)) for mark in given if mark.isdecimal()) == expected
