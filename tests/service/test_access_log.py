"""Whoever looks at a case is on record: in the chat by their badge, on the command line as such."""

from bot.service.desk.cases.look import audit_list, case_detail
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced
from tests.service.test_on_the_doorstep import SCHEDULER


async def test_every_look_is_on_record(town: Town) -> None:
    """The case, its history, an item about it and the command line: four looks, each with who it was."""
    await announced(town)
    await town.says(ADA, "/complain She shouted.")
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "history")
    await town.taps(SCHEDULER, "item")
    await case_detail(town.inst, "A-1")

    lines = [line for line in await audit_list(town.inst, "A-1") if line["kind"] == "case.looked_at"]

    assert [line["who"] for line in lines] == ["sc", "sc", "sc", None]
    assert lines[-1]["actor"] == "cli"
    assert [line["case_ref"] for line in lines] == ["A-1"] * 4
