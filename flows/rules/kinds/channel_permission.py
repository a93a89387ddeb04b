"""Channel permission: whether a channel may be used with customers at all."""

from typing import Any

from flows.rules.finding import Finding, allowed_if
from flows.rules.kinds.reading import Fault
from flows.rules.question import Question


def read(value: Any) -> bool:
    """Read `permitted` or `not permitted`. Raises Fault for anything else."""
    if value not in ("permitted", "not permitted"):
        raise Fault("write `permitted` or `not permitted`")
    return bool(value == "permitted")


def judge(value: bool, question: Question, calendars: tuple[str, ...]) -> Finding:  # noqa: FBT001
    """Refuse the channel where it is not permitted."""
    return allowed_if(value)


def within(child: bool, parent: bool) -> bool:  # noqa: FBT001
    """A child may not permit what its parent does not."""
    return parent or not child
