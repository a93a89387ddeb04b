"""Planning as a scheduler, two teams and a customer live through it, in three languages.

DOORSTEP_REWRITE_TRANSCRIPTS=1 writes the transcripts anew; what is written must then be read.
"""

from importlib.resources import files
from pathlib import Path

import pytest

from bot.service.desk.cases.look import visit_list
from bot.service.desk.invites import customer_links, invite_staff
from tests.reviewed import hold
from tests.service.conftest import Town, prepared, town, walked  # noqa: F401 - fixtures
from tests.transcripts.recorder import Recorder

HERE = Path(__file__).parent / "planning"
SAM, CORA, DEE, SOL, ADA = 901, 902, 912, 903, 101
NAMES = {
    SAM: "Scheduler",
    CORA: "Cora, collector",
    DEE: "Dee, collector",
    SOL: "Sol, safety officer",
    ADA: "Customer",
}
STAFF = ((SAM, "scheduler", "Sam Reed", "D-1"), (CORA, "collector", "Cora Lane", "C-1"),
         (DEE, "collector", "Dee Moss", "C-2"), (SOL, "safety_officer", "Sol Hart", "S-1"))  # fmt: skip
OPTIONS = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}


async def beginning(town: Town, locale: str) -> None:  # noqa: F811
    for chat_id, role, name, badge in STAFF:
        token = await invite_staff(town.inst, role=role, name=name, badge=badge, locale=locale)
        await town.does(chat_id, "open", payload=token)
    cases = files("bot.sandbox") / "cases" / f"{locale}.csv"
    await town.take_in(*cases.read_text("utf-8").splitlines())
    link = next(one for one in (await customer_links(town.inst)).links if one.case.case_ref == "D-1001")
    await town.does(ADA, "open", payload=link.token)
    await town.taps(ADA, OPTIONS[locale])
    await town.says(ADA, "482X")


async def story(town: Town, locale: str) -> Recorder:  # noqa: F811
    await beginning(town, locale)
    recorder = Recorder(town, NAMES)
    recorder.skip()
    recorder.heading("The plan: one is approved, one moved, one left out")
    await recorder.says(SAM, "/plan")
    await recorder.taps(SAM, "pick")
    await recorder.taps(SAM, "approve")
    await recorder.taps(SAM, "other")
    await recorder.taps(SAM, "retime")
    await recorder.taps(SAM, "brief")
    await recorder.taps(SAM, "leave")
    recorder.heading("The customer confirms")
    await recorder.taps(ADA, "confirm")
    recorder.heading("The collector is ill: a colleague goes instead, at the same time")
    day = await visit_day(town)
    await recorder.says(CORA, f"/off {day}")
    await recorder.taps(CORA, "off")
    recorder.heading("The colleague falls out as well: nobody can go at that time")
    await recorder.says(SAM, f"/off C-2 {day}")
    await recorder.taps(SAM, "off")
    await recorder.taps(SAM, "approve")
    recorder.heading("The customer is asked for another time")
    await recorder.jumps(hours=16)
    await recorder.jumps(hours=8)
    return recorder


async def visit_day(town: Town) -> str:  # noqa: F811
    found = [row for row in await visit_list(town.inst) if row["status"] == "confirmed"]
    return str(found[0]["starts_at"].date())


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
async def test_plan_and_replan(town: Town, locale: str) -> None:  # noqa: F811
    """Plan, approve some, change one, replan after sickness: word for word as it was last read."""
    recorder = await story(town, locale)
    hold("\n".join(recorder.lines).strip() + "\n", HERE / f"{locale}.txt")
