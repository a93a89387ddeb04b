"""Which notices the rules ask for before anything else may come."""

from dataclasses import replace

import pytest

from flows.rules import Pack, Status, chain, notice_kinds
from tests.unit.rules.conftest import PACKS

PACKS_OF = chain(PACKS, "policy-default")


@pytest.mark.parametrize(("place", "kinds"), [("KR", ("collection_start",)), ("UK", ())])
def test_a_notice_is_known_from_the_rule_that_asks_for_it(place: str, kinds: tuple[str, ...]) -> None:
    """What may be noted as given is what a rule of the place waits for."""
    assert notice_kinds(PACKS_OF[place]) == kinds


def test_a_draft_asks_for_nothing() -> None:
    """A rule that is not law yet names no notice."""
    assert notice_kinds([_as_draft(pack) for pack in PACKS_OF["KR"]]) == ()


def _as_draft(pack: Pack) -> Pack:
    drafts = (replace(rule, source=replace(rule.source, status=Status.DRAFT)) for rule in pack.rules)
    return replace(pack, rules=tuple(drafts))
