"""How long something may wait until a person must look: the shortest time that a pack in force names."""

from collections.abc import Sequence
from datetime import date, timedelta

from flows.rules.kinds.hand_over import Waiting
from flows.rules.rule import Pack, Status


def patience(packs: Sequence[Pack], waiting: Waiting, on: date) -> timedelta | None:
    """Return how long `waiting` may last under the rules in force on the day `on`; None: no pack says."""
    return min(
        (
            rule.value.after
            for pack in packs
            if pack.effective_from <= on <= (pack.effective_to or on)
            for rule in pack.rules
            if rule.kind == "hand_over"
            and rule.value.waiting is waiting
            and rule.source.status is not Status.DRAFT
            and (rule.effective_from or on) <= on <= (rule.effective_to or on)
        ),
        default=None,
    )
