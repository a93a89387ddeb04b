"""When timeouts are due."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.script.model import Timeout


def due_at(timeout: Timeout, at: datetime, facts: Mapping[str, object]) -> datetime | None:
    """Return the instant at which `timeout` is due, counted from `at`; None when its anchor is unknown."""
    if timeout.after is not None:
        return at + timeout.after
    anchor = facts.get(timeout.anchor or "")
    if not isinstance(anchor, datetime) or anchor.tzinfo is None or timeout.before is None:
        return None
    return anchor - timeout.before


def schedule(
    timeouts: Sequence[Timeout], at: datetime, facts: Mapping[str, object], *, alone: bool
) -> list[tuple[Timeout, datetime]]:
    """Return the timeouts to set, each with its due instant.

    One that is already past is left out: a reminder that would be late is not sent. But when `alone` (nothing
    else will ever wake the conversation) and all are past, the last of them is due at once, so that the
    conversation does not wait for ever. One that leaves the question open wakes nobody, so it does not count.
    """
    known = [(timeout, due) for timeout in timeouts if (due := due_at(timeout, at, facts)) is not None]
    ahead = [(timeout, due) for timeout, due in known if due >= at]
    leading = [pair for pair in known if pair[0].then is not None]
    if not alone or not leading or any(timeout.then is not None for timeout, _ in ahead):
        return ahead
    last, _ = max(leading, key=lambda pair: pair[1])
    return [*ahead, (last, at)]


def overtaken(
    timeout: Timeout, waiting: Sequence[Timeout], at: datetime, facts: Mapping[str, object]
) -> bool:
    """Tell whether a timeout fires so late that one with a later anchor, of those still `waiting`, is due too.

    After an outage nobody is reminded of what is over: the later one speaks for both.
    """
    own = due_at(timeout, at, facts) if timeout.after is None else None
    later = (due_at(one, at, facts) for one in waiting if one is not timeout and one.after is None)
    return any(due is not None and due <= at and (own is None or due > own) for due in later)
