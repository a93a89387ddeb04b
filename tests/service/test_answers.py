"""A person's answer in the customer's chat: whose it is to give, and when the rules let it out."""

import pytest

from bot.service.conversations.batch import Batch
from bot.store import alerts, cases, holds
from tests.service.conftest import Town
from tests.service.journey import DESK, LANGUAGES, begin, complaint_typed, hold_journey
from tests.service.test_bad_input import ADA

WORDS = "I am sorry. I am asking the team today."


async def complaint_answered(town: Town) -> None:
    """A complaint is answered in the chat: written, read once more and changed, sent, and kept open."""
    await town.says(ADA, "/complain")
    await town.says(ADA, "Somebody told my neighbour why they came.")
    await town.taps(DESK, "take")
    await town.taps(DESK, "answeritem")
    await town.says(DESK, "Sorry.")
    await town.taps(DESK, "change")
    await town.says(
        DESK, "That must not happen, and I am sorry. I am asking the team today, and write to you tomorrow."
    )
    await town.taps(DESK, "send")
    await town.taps(DESK, "open")


async def answering(town: Town) -> None:
    """Bring a scheduler to the point where the answer to a complaint would be sent."""
    await begin(town, "en")
    await complaint_typed(town)
    await town.taps(DESK, "take")
    await town.taps(DESK, "answeritem")
    await town.says(DESK, WORDS)


async def send(town: Town) -> None:
    """Write the answer once more and send it."""
    await town.taps(DESK, "answeritem")
    await town.says(DESK, WORDS)
    await town.taps(DESK, "send")


async def put_on_hold(town: Town, kind: str) -> None:
    """Open a hold of this kind from now on."""
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        hold = {"id": 1, "case_id": row.id, "kind": kind, "since": town.clock.now(), "opened_by": "cli"}
        await holds.put(tx, hold)
        Batch(town.inst, tx, town.clock.now()).stale(case_id=row.id)


def answered(town: Town) -> bool:
    """Has the answer come into the customer's chat?"""
    return any(WORDS in text for text in town.said(ADA))


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_word_for_word(town: Town, locale: str) -> None:
    """What customer and scheduler read is what is written down."""
    await begin(town, locale)

    await hold_journey(town, complaint_answered, locale)


async def test_an_answer_at_night_waits_for_the_morning(town: Town) -> None:
    """Nobody is written to at night by a person either; it comes at the first lawful hour, once."""
    await answering(town)
    await town.jump(hours=12)
    await send(town)
    assert "as soon as the rules" in town.said(DESK)[-1]
    assert not answered(town)

    await town.jump(hours=12)

    assert sum(WORDS in text for text in town.said(ADA)) == 1


async def test_an_answer_on_a_sunday_waits_for_monday(town: Town) -> None:
    """On a Sunday nobody hears from the lender, from a person as little as from a script."""
    await answering(town)
    await town.jump(days=6)
    await send(town)
    await town.jump(hours=6)
    assert not answered(town)

    await town.jump(hours=18)

    assert answered(town)


@pytest.mark.parametrize("kind", ["representative", "stop", "bankruptcy", "incapacity", "asked_to_leave"])
async def test_who_is_not_to_be_written_to_gets_no_answer(town: Town, kind: str) -> None:
    """Where somebody speaks for the customer, or they are to be left alone, nothing is sent and the desk knows."""
    await answering(town)
    await put_on_hold(town, kind)

    await town.taps(DESK, "send")

    assert "Not sent: the rules do not allow it" in " ".join(town.said(DESK)[-2:])
    assert not answered(town)


async def test_a_hold_that_comes_before_the_morning(town: Town) -> None:
    """An answer that waits is judged again when it would leave: a stop meanwhile keeps it back."""
    await answering(town)
    await town.jump(hours=12)
    await send(town)
    await town.says(ADA, "/stop")

    await town.jump(hours=12)

    assert not answered(town)


async def test_an_answer_is_of_whoever_has_the_item(town: Town) -> None:
    """What a colleague has taken over meanwhile, or closed, is not answered a second time."""
    await answering(town)
    async with town.inst.store.begin() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        (item,) = await alerts.open_of_case(tx, row.id, ["complaint"])
        await alerts.put_back(tx, item.id, item.taken_by)
    before = len(town.said(ADA))

    await town.taps(DESK, "send")

    assert "Nothing was sent" in town.said(DESK)[-1]
    assert len(town.said(ADA)) == before


async def test_nobody_without_a_chat_is_answered_there(town: Town) -> None:
    """Where the customer's chat is not theirs any more the scheduler is shown another way."""
    await answering(town)
    async with town.inst.store.begin() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        await cases.upsert(tx, [{**row._mapping, "chat_id": None}])

    await town.taps(DESK, "send")

    assert "no chat with us" in town.said(DESK)[-1]
