"""What a rule is asked: this action, on these facts, at this instant."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.rules.action import Action, ActionKind
from flows.rules.days import zone_of
from flows.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Question:
    """An action, the facts, and the instant `at` (aware UTC) at which it would be done.

    `when` is the instant that the hours are judged at: a slot's own beginning, else `at`; `local` is `when` by the
    customer's clock.
    """

    action: Action
    facts: Facts
    at: datetime
    when: datetime
    local: datetime
    zone: ZoneInfo
    is_slot: bool


def ask(action: Action, facts: Facts, at: datetime) -> Question:
    """Put the question at `at`."""
    zone = zone_of(facts.zone)
    is_slot = action.kind is ActionKind.VISIT_SLOT
    when = action.starts_at if is_slot and action.starts_at is not None else at
    return Question(action, facts, at, when, when.astimezone(zone), zone, is_slot)


def earliest(
    at: datetime, candidates: Iterable[datetime], allowed: Callable[[datetime], bool]
) -> datetime | None:
    """Return the first of the candidates, which come in order, after `at` that is allowed; None when none is."""
    return next((one for one in candidates if one > at and allowed(one)), None)
