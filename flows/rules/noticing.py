"""Notices that a rule wants given before anything else may come: of the start of collection, of an agency."""

from collections.abc import Sequence

from flows.rules.rule import Pack, Status


def notice_kinds(packs: Sequence[Pack]) -> tuple[str, ...]:
    """Return every notice that a rule of these packs names, in the order of the alphabet."""
    return tuple(
        sorted(
            {
                rule.value.after
                for pack in packs
                for rule in pack.rules
                if rule.kind == "minimum_notice"
                and rule.value.after
                and rule.source.status is not Status.DRAFT
            }
        )
    )
