"""Stop, help and a complaint are at hand at every step of a customer, whatever a script says."""

import pytest

from bot.begun import BEGUN, RIGHTS
from bot.library import scripts
from bot.service.inbound.commands import CUSTOMER
from bot.service.performances import PERFORMANCES
from flows.script import Party


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_can_be_typed_at_any_step(right: str) -> None:
    """It is a command of every customer; what obeys it is there, and asks nobody first who they are."""
    obeys = RIGHTS[right]

    assert right in CUSTOMER
    if obeys not in PERFORMANCES:
        assert scripts()[1][obeys].party is Party.CUSTOMER
        assert not BEGUN[obeys].identified
