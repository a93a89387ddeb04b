"""A customer asks for their data: a person decides, it goes to nobody whom we do not know, and it is theirs alone."""

from bot.documents.report import Report
from bot.service.archive.their_data import their_data
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.look import audit_list, id_of
from bot.service.desk.queue.chat import queue_rows
from tests.service.conftest import HEADER, ROW, Town
from tests.service.test_bad_input import ADA
from tests.service.test_evidence import JPEG, content, sends
from tests.service.test_on_the_doorstep import COLLECTOR, SCHEDULER, interviewing

NOTE = "dog in the yard, be careful"


async def paper(town: Town, locale: str) -> Report:
    """Return what the paper says."""
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        return await their_data(batch, await batch.case(await id_of(tx, "A-1")), locale)


def files(town: Town) -> list[str]:
    """Return the captions of the copies that came into the chat."""
    captions = [str(one.content.get("caption", "")) for one in town.chat(ADA).messages]
    return [caption for caption in captions if caption.startswith("Here is the copy of your data")]


async def test_it_is_sent_when_a_person_says_so(town: Town) -> None:
    """The request waits with its last day; one tap of the desk sends a PDF into the customer's chat, on record."""
    await interviewing(town)
    await town.says(ADA, "/privacy")
    await town.taps(ADA, "my_data")
    assert [row["kind"] for row in await queue_rows(town.inst)].count("data_request") == 1
    assert files(town) == []

    await town.taps(SCHEDULER, "senddata")

    (file,) = files(town)
    assert "/complain" in file
    assert "data_request" not in [row["kind"] for row in await queue_rows(town.inst)]
    kinds = [line["kind"] for line in await audit_list(town.inst, "A-1")]
    assert (
        kinds.index("data.asked")
        < kinds.index("item.resolved", kinds.index("data.asked"))
        < kinds.index("data.sent")
    )


async def test_nobody_gets_it_who_has_not_shown_who_they_are(town: Town) -> None:
    """Before identity the request goes nowhere, and says how to get there."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, "en")
    await town.says(ADA, "/privacy")
    await town.taps(ADA, "my_data")
    assert any("we need to know first that it is you" in said for said in town.said(ADA))
    assert await queue_rows(town.inst) == []


async def test_it_has_what_is_theirs_and_nothing_of_others(town: Town) -> None:
    """Their words, visit, visitors and messages are in it; what staff noted, saw or judged is not."""
    await interviewing(town)
    await town.take_in(HEADER + ",notes", f'A-1,Ada Finch,{ROW},"{NOTE}"')
    await sends(
        town, COLLECTOR, "document", content(JPEG), mime_type="image/jpeg", caption="very untidy hall"
    )
    await town.says(COLLECTOR, "/sos")
    await town.says(ADA, "/complain She shouted.")

    found = await paper(town, "en")

    said = "\n".join(cell for section in found.sections for row in section.rows for cell in row)
    for theirs in ("Ada Finch", "12 Elm Grove", "1,240.50", "She shouted.", "The collector", "Harbour Bank"):
        assert theirs in said
    assert all(cell for section in found.sections for row in section.rows for cell in row)
    for others in (NOTE, "untidy", "SOS", "sos", "risk", "482X"):
        assert others not in said
