"""The board, reminders by hand, and stopping everything for a case."""

from datetime import timedelta

import pytest

from bot.errors import InputRefused
from bot.service.desk.board import board_view
from bot.service.desk.reminders import chat as remind
from bot.service.desk.reminders import foresight, previews
from bot.service.desk.reminders.sets import remind_rows
from bot.service.outbound.post import open_call
from bot.store import cases, holds
from bot.store.tables import outbox
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, last
from tests.service.test_queue import SAM, desk_of_two, verbs

BEN = 102


async def test_from_the_board_down_to_a_case(town: Town) -> None:
    """Board, stage, case: each a tap, and the list of a stage names nobody."""
    links = await desk_of_two(town, "A-1", "A-2")
    await town.does(ADA, "open", payload=links[0])
    await town.says(SAM, "/board")
    assert verbs(town, SAM) == ["stage", "stage", "today", "waits", "queue"]
    assert "link opened: 1" in last(town, SAM).shown

    await town.taps(SAM, "stage")
    assert "1. A-2 ·" in last(town, SAM).shown
    assert "Ada" not in last(town, SAM).shown
    await town.taps(SAM, "showcase")

    assert "A-2: Ada Finch" in last(town, SAM).shown


async def test_today_and_what_waits(town: Town) -> None:
    """Today's visits show who is there; what waits shows until when and by which rule."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    town.clock.instant = town.clock.instant.replace(hour=20, minute=30)
    await remind_rows(town.inst, None, "linked", dry_run=True)
    await town.plan()
    await town.says(SAM, "/board")
    await town.taps(SAM, "waits")
    assert "Nothing waits." in last(town, SAM).shown  # the notice has not been written yet: its timer waits

    await town.taps(SAM, "board")
    await town.taps(SAM, "today")
    assert "No visits today." in last(town, SAM).shown
    view = await board_view(town.inst)
    assert (view["stages"], view["visits_today"]) == ({"identified": 1}, [])


async def test_a_reminder_after_a_preview(town: Town) -> None:
    """The scheduler sees text, number and time; after Send the customer reads just that and can answer it."""
    await announced(town)
    await town.jump(hours=23, minutes=45)  # the next morning, before the nudge
    before = len(town.said(ADA))
    await town.says(SAM, "/remind A-1")
    assert "A reminder to customers: 1" in last(town, SAM).shown
    assert "Now: 1" in last(town, SAM).shown
    assert "whether the visit suits you" in last(town, SAM).shown

    await town.taps(SAM, "remindgo", times=2)

    assert len(town.said(ADA)) == before + 1
    assert "whether the visit suits you" in last(town, ADA).shown
    await town.taps(ADA, "confirm")
    assert any("We will see you" in text for text in town.said(ADA))


async def test_a_reminder_waits_for_its_hour(town: Town) -> None:
    """At night the preview names the morning and the rule; the message goes then and not before."""
    await announced(town)
    town.clock.instant = town.clock.instant.replace(hour=21, minute=0)
    before = len(town.said(ADA))
    await town.says(SAM, "/remind A-1")
    assert "From Tuesday, 2 March" in last(town, SAM).shown
    assert "Now" not in last(town, SAM).shown
    await town.taps(SAM, "remindgo")
    assert len(town.said(ADA)) == before
    assert [one["count"] for one in (await board_view(town.inst))["waiting"]] == [1]

    await town.jump(hours=12, minutes=5)

    assert sum("whether the visit suits you" in text for text in town.said(ADA)) == 1


async def test_a_set_is_reminded_and_the_rest_left_alone(town: Town) -> None:
    """A filter takes those it names: who has opened the link and not said who they are, and nobody else."""
    links = await desk_of_two(town, "A-1", "A-2")
    await town.does(ADA, "open", payload=links[0])
    await town.taps(ADA, "en")
    await town.enrol(BEN, links[1])
    before = len(town.said(BEN))
    await town.says(SAM, "/remind")
    await town.taps(SAM, "linked")
    assert "customers: 1" in last(town, SAM).shown
    await town.taps(SAM, "remindgo")

    assert "only you can answer" in last(town, ADA).shown
    assert len(town.said(BEN)) == before


async def test_many_are_looked_at_beside_the_chat(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large set is previewed by a worker that shows how far it is; what is sent is what the preview counted."""
    monkeypatch.setattr(remind, "AT_ONCE", 1)
    monkeypatch.setattr(foresight, "CHUNK", 2)
    monkeypatch.setattr(previews, "EVERY", timedelta())
    links = await desk_of_two(town, "A-1", "A-2", "A-3")
    for chat_id, link in zip((ADA, BEN, 103), links, strict=True):
        await town.does(chat_id, "open", payload=link)
        await town.taps(chat_id, "en")
    await town.says(SAM, "/remind")
    await town.taps(SAM, "linked")

    async with town.inst.store.read() as tx:
        rows = (await tx.execute(outbox.select().where(outbox.c.method == "editMessageText"))).all()
        vault = town.inst.vault
        shown = [str(open_call(vault, row.key_id, row.body_enc)[0].payload["text"]) for row in rows]
    progress = [text.rpartition(": ")[2] for text in shown if text.startswith("I am looking")]
    assert progress == ["0 of 3", "2 of 3", "3 of 3"]
    assert "A reminder to customers: 3" in last(town, SAM).shown
    before = {chat_id: len(town.said(chat_id)) for chat_id in (ADA, BEN, 103)}
    await town.taps(SAM, "remindgo", times=2)
    assert all(len(town.said(chat_id)) == count + 1 for chat_id, count in before.items())


async def test_a_preview_that_fails_says_so(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault on the way ends the preview with a sentence, and nothing can be sent from it."""

    async def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(remind, "AT_ONCE", 0)
    monkeypatch.setattr(foresight, "reminder_for", fail)
    (link,) = await desk_of_two(town, "A-1")
    await town.does(ADA, "open", payload=link)
    await town.says(SAM, "/remind")
    await town.taps(SAM, "linked")

    assert "could not be made" in last(town, SAM).shown
    assert not last(town, SAM).buttons()


async def test_dont_is_final(town: Town) -> None:
    """After Don't nothing is sent, not even by the old Send button."""
    await announced(town)
    await town.says(SAM, "/remind A-1")
    message, data = town.button(SAM, "remindgo")
    before = len(town.said(ADA))
    await town.taps(SAM, "remindno")
    await town.does(SAM, "tap", message_id=message.message_id, data=data)

    assert len(town.said(ADA)) == before
    assert "nothing goes out twice" in town.chat(SAM).notices[-1]


async def test_who_said_stop_is_not_reminded(town: Town) -> None:
    """A refusal of the rules shows in the preview with its reason, and there is no Send."""
    await announced(town)
    await town.taps(ADA, "stop")
    await town.says(SAM, "/remind A-1")

    assert "remindgo" not in " ".join(
        button["callback_data"] for button in last(town, SAM).buttons() if "callback_data" in button
    )


async def test_remind_from_the_command_line(town: Town) -> None:
    """A dry run writes nothing; without it the running bot sends, once; what is unclear is refused."""
    await announced(town)
    await town.jump(hours=23, minutes=45)
    before = len(town.said(ADA))
    (row,) = await remind_rows(town.inst, "A-1", None, dry_run=True)
    await town.settle()
    assert (row["outcome"], row["purpose"], len(town.said(ADA))) == ("allowed", "nudge", before)

    await remind_rows(town.inst, None, "silent", dry_run=False)
    await town.settle()

    assert len(town.said(ADA)) == before + 1
    for case_ref, chosen in ((None, None), ("A-1", "silent"), ("A-9", None), (None, "loud")):
        with pytest.raises(InputRefused):
            await remind_rows(town.inst, case_ref, chosen, dry_run=True)


async def test_stop_everything_for_a_case(town: Town) -> None:
    """From an item one tap and a reason stop all: the scheduler reads what was stopped, the customer nothing."""
    await announced(town)
    await town.says(ADA, "/complain")
    await town.taps(ADA, "person")
    before = len(town.said(ADA))
    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")
    await town.taps(SAM, "stopitem", times=2)
    assert len(town.said(ADA)) == before

    await town.taps(SAM, "lender")

    assert "A-1 is stopped." in last(town, SAM).shown
    assert "Visits cancelled: 1" in last(town, SAM).shown
    await town.jump(days=2)
    assert len(town.said(ADA)) == before
    async with town.inst.store.read() as tx:
        assert await holds.count_by_kind(tx, town.clock.now()) == {"stop": 1}
    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")
    await town.taps(SAM, "stopitem")
    await town.says(SAM, "Once more.")
    assert "was stopped before" in last(town, SAM).shown


async def test_stop_everything_from_the_case(town: Town) -> None:
    """`/case` has the button itself: one tap and a reason stop all, and a stopped case does not offer it again."""
    await announced(town)
    before = len(town.said(ADA))
    await town.says(SAM, "/case A-1")
    await town.taps(SAM, "stopcase")
    await town.taps(SAM, "asked")

    assert "A-1 is stopped." in last(town, SAM).shown
    assert len(town.said(ADA)) == before
    await town.says(SAM, "/case A-1")
    assert "stopcase" not in verbs(town, SAM)


async def test_dont_stop_changes_nothing(town: Town) -> None:
    """Who thinks better of it has stopped nothing; a case that there is not is no longer open."""
    await announced(town)
    async with town.inst.store.read() as tx:
        (row,) = await cases.all_rows(tx)
    message_id = town.chat(SAM).messages[-1].message_id
    for verb in ("stopcase", "showcase"):
        await town.does(SAM, "tap", message_id=message_id, data=f"{verb}:1")
        assert "no longer open" in town.chat(SAM).notices[-1]
    await town.does(SAM, "tap", message_id=message_id, data=f"stopcase:{row.id}")
    await town.taps(SAM, "dont")
    assert (await board_view(town.inst))["on_hold"] == {}
