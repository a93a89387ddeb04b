"""Holds in the scheduler's hand: recorded, shown, lifted with a reason, ended by themselves."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import InputRefused
from bot.service.desk.cases.holds import hold_case, lift_case, record_consent
from bot.service.desk.cases.look import case_detail
from bot.service.desk.cases.notices import record_notice
from bot.store import audit
from flows.rules import ConsentForm
from tests.service.conftest import HEADER, ROW, START, Town
from tests.service.test_bad_input import ADA, announced
from tests.service.test_journeys import held

DESK = 901


async def test_a_breathing_space_ends_by_itself_and_the_scheduler_is_told(town: Town) -> None:
    """Sixty days by the UK's pack: the visit goes, nothing is sent, and on the day after a person decides."""
    await announced(town)
    opened = await hold_case(town.inst, "A-1", "breathing_space", note="Letter of the adviser")
    assert opened.cancelled
    assert opened.until is not None
    assert (opened.until - town.clock.now()).days == 60
    before = len(town.said(ADA))

    await town.jump(days=59)
    assert await held(town) == ["breathing_space"]
    await town.jump(days=1)

    assert await held(town) == []
    assert len(town.said(ADA)) == before
    assert any("a hold has come to its end" in text for text in town.said(DESK))


async def test_a_second_breathing_space_within_a_year_needs_a_paper(town: Town) -> None:
    """The rule's count of renewals is kept; a paper's own last day goes before it."""
    await announced(town)
    await hold_case(town.inst, "A-1", "breathing_space")

    with pytest.raises(InputRefused, match="within a year"):
        await hold_case(town.inst, "A-1", "breathing_space")

    again = await hold_case(town.inst, "A-1", "breathing_space", until=date(2027, 6, 1))
    assert again.until is not None


async def test_what_no_rule_knows_is_refused(town: Town) -> None:
    """A hold that would change nothing is not opened; the message names those that would."""
    await announced(town)

    with pytest.raises(InputRefused, match="representative"):
        await hold_case(town.inst, "A-1", "bad_weather")
    with pytest.raises(InputRefused, match="that day is over"):
        await hold_case(town.inst, "A-1", "dispute", until=date(2027, 2, 1))
    with pytest.raises(InputRefused, match="No case"):
        await hold_case(town.inst, "B-9", "dispute")


async def test_a_lift_needs_a_reason_and_begins_nothing(town: Town) -> None:
    """After a lift nothing is sent by itself; who, when and what is in the log without a word of the reason."""
    await announced(town)
    await hold_case(town.inst, "A-1", "dispute")
    with pytest.raises(InputRefused, match="Say why"):
        await lift_case(town.inst, "A-1", "dispute", " ")
    before = len(town.said(ADA))

    assert await lift_case(town.inst, "A-1", "dispute", "It was her sister's account.") == 1

    await town.jump(days=1)
    assert len(town.said(ADA)) == before
    async with town.inst.store.read() as tx:
        lines = [row for row in await audit.all_rows(tx) if row.kind == "hold.lifted"]
    assert [line.data for line in lines] == [{"hold": "dispute"}]


async def test_a_scheduler_holds_and_lifts_in_the_chat(town: Town) -> None:
    """/case has the buttons; the words that came with a hold are shown there."""
    await announced(town)
    await town.says(DESK, "/case A-1")
    await town.taps(DESK, "hold")
    await town.taps(DESK, "representative")
    await town.taps(DESK, "rules")
    await town.says(DESK, "Letter of Elm Law, 1 March")
    assert await held(town) == ["representative"]

    await town.says(DESK, "/case A-1")
    assert "Letter of Elm Law" in town.said(DESK)[-1]
    await town.taps(DESK, "lift")
    await town.taps(DESK, "agreed")

    assert await held(town) == []


async def test_holds_as_data(town: Town) -> None:
    """`case --json` lists every hold: its kind, from when to when in the case's zone, and who; not a word of why."""
    await announced(town)
    await hold_case(town.inst, "A-1", "dispute", until=date(2027, 5, 1), note="It is her sister's account.")
    await lift_case(town.inst, "A-1", "dispute", "Checked.")
    await town.says(ADA, "/stop")

    dispute, stop = (await case_detail(town.inst, "A-1"))["holds"]

    assert dispute == {
        "kind": "dispute",
        "from": START,
        "until": datetime(2027, 5, 2, tzinfo=ZoneInfo("Europe/London")),
        "by": "cli",
        "lifted_at": START,
        "lifted_by": "cli",
    }
    assert (stop["kind"], stop["until"], stop["by"], stop["lifted_at"]) == ("stop", None, "customer", None)


async def test_a_consent_is_recorded(town: Town) -> None:
    """What the customer agreed to reaches the rules."""
    await announced(town)

    await record_consent(town.inst, "A-1", "visit_place", ConsentForm.WRITTEN, None)

    async with town.inst.store.read() as tx:
        assert any(row.kind == "consent.recorded" for row in await audit.all_rows(tx))


async def test_nothing_comes_before_a_notice_that_the_rules_ask_for(town: Town) -> None:
    """In Korea no visit is planned until three business days after the notice of collection is on record."""
    await town.staff()
    await town.take_in(HEADER, "A-1,Ada Finch," + ROW.replace(",UK,Europe/London,", ",KR,Asia/Seoul,"))
    with pytest.raises(InputRefused, match="collection_start"):
        await record_notice(town.inst, "A-1", "agency_notice", None)
    with pytest.raises(InputRefused, match="not come yet"):
        await record_notice(town.inst, "A-1", "collection_start", date(2027, 3, 5))
    await town.plan()
    assert (await case_detail(town.inst, "A-1"))["visits"] == []

    await record_notice(
        town.inst, "A-1", "collection_start", date(2027, 2, 26)
    )  # a Friday; 1 March is a holiday
    await town.plan()

    (visit,) = (await case_detail(town.inst, "A-1"))["visits"]
    assert visit["starts_at"].date() >= date(2027, 3, 4)
