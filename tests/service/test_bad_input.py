"""Whatever people send gets a clear sentence, and nothing is lost."""

import orjson
import pytest
from sqlalchemy import select

from bot.sandbox.world import Message
from bot.service.desk.cases.casefile import ANSWER_PLACE, key_of
from bot.store.tables import answers
from tests.service.conftest import Town

ADA = 101


def last(town: Town, chat_id: int) -> Message:
    """Return the newest message of the bot."""
    return [one for one in town.chat(chat_id).messages if one.by_bot][-1]


async def announced(town: Town) -> None:
    """Bring a customer to the open question of a visit notice."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.plan()


async def at_identity(town: Town) -> None:
    """Bring the collector to the point at which the right party is established and nothing has been disclosed."""
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.jump(days=1, hours=1)
    for chat_id in (902, 903):
        await town.says(chat_id, "/today")
        await town.taps(chat_id, "visit")
        await town.taps(chat_id, "check_in")
        await town.does(chat_id, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})
    for option in ("next", "maybe_them", "no_code", "them"):
        await town.taps(902, option)


async def at_the_door(town: Town) -> None:
    """Bring the collector to the question for the household's size, which wants a number."""
    await at_identity(town)
    for option in ("next", "outside", "illness", "none"):
        await town.taps(902, option)


@pytest.mark.parametrize(
    ("deed", "given", "says"),
    [
        ("say", {"text": "/fly"}, "do not know this command"),
        ("say", {"text": "مرحبا 👋"}, "choose one of the buttons"),
        (
            "share",
            {"content": {"photo": [{"file_id": "p", "file_unique_id": "p"}]}},
            "choose one of the buttons",
        ),
        (
            "share",
            {"content": {"location": {"latitude": 1.0, "longitude": 1.0}}},
            "choose one of the buttons",
        ),
    ],
    ids=["unknown command", "text", "photo", "location"],
)
async def test_at_a_choice(town: Town, deed: str, given: dict[str, object], says: str) -> None:
    """Where a button is expected, anything else is answered with what to do, and the question stays open."""
    await announced(town)

    await town.does(ADA, deed, **given)

    assert says in last(town, ADA).shown
    await town.taps(ADA, "confirm")
    assert any("We will see you" in text for text in town.said(ADA))


async def test_a_contact_where_a_number_is_expected(town: Town) -> None:
    """A contact at a number is answered with how to write it; the number is taken afterwards."""
    await at_the_door(town)

    await town.does(902, "share", content={"contact": {"phone_number": "1", "first_name": "A"}})
    assert "type a number" in last(town, 902).shown
    await town.says(902, "3")

    assert "need care" in last(town, 902).shown


async def test_a_note_of_5000_characters(town: Town) -> None:
    """A note that is too long is refused kindly, and nothing of the visit is lost."""
    await at_the_door(town)
    await town.taps(902, "note")

    await town.says(902, "x" * 5000)

    assert "shorten" in last(town, 902).shown or "characters" in last(town, 902).shown
    await town.says(902, "A dog, friendly.")
    assert "How many people live in your household" in last(town, 902).shown


async def test_a_note_in_any_script(town: Town) -> None:
    """Emoji, right-to-left letters and marks of HTML are kept as they were written, and nothing fails on them."""
    await at_the_door(town)
    await town.taps(902, "note")
    words = "كلب ودود 🐕‍🦺 \u200f<b>&amp; \u202eabc"

    await town.says(902, words)

    assert "How many people live in your household" in last(town, 902).shown
    async with town.inst.store.read() as tx:
        sealed = (await tx.execute(select(answers))).all()
    kept = [town.inst.vault.unseal(key_of(row.case_id), row.value_enc, ANSWER_PLACE) for row in sealed]
    assert words in [orjson.loads(one) for one in kept]


async def test_a_double_tap_counts_once(town: Town) -> None:
    """Two taps on the same button are one answer; the second hears that it is no longer open."""
    await announced(town)

    await town.taps(ADA, "confirm", times=2)

    assert sum("We will see you" in text for text in town.said(ADA)) == 1
    assert any("no longer open" in notice for notice in town.chat(ADA).notices)


async def test_a_button_from_last_week(town: Town) -> None:
    """An old button changes nothing and says so."""
    await announced(town)
    message, data = town.button(ADA, "confirm")
    await town.taps(ADA, "stop")
    before = town.said(ADA)

    await town.does(ADA, "tap", message_id=message.message_id, data=data)

    assert town.said(ADA) == before
    assert "no longer open" in town.chat(ADA).notices[-1]


async def test_an_edited_message(town: Town) -> None:
    """A changed message is not taken; the person is asked to send it anew."""
    await announced(town)
    await town.says(ADA, "hello")
    mine = next(one for one in reversed(town.chat(ADA).messages) if not one.by_bot)

    await town.does(ADA, "edit", message_id=mine.message_id, text="good day")

    assert "send it again as a new one" in last(town, ADA).shown


async def test_a_forwarded_link(town: Town) -> None:
    """A link that a second account opens is refused, discloses nothing, and the scheduler hears of it."""
    await announced(town)
    link = town.chat(ADA).messages[0].shown.split()[1]

    await town.does(202, "open", payload=link)

    assert town.said(202) == [last(town, 202).shown]
    assert "used already" in last(town, 202).shown
    assert any("second account" in text for text in town.said(901))


async def test_a_stranger(town: Town) -> None:
    """Who has no role is told what this is, and nothing else."""
    await town.says(303, "hello")

    assert "personal links only" in last(town, 303).shown


async def test_a_group(town: Town) -> None:
    """In a group the bot says that it only works in private."""
    town.chat(-500).kind = "group"

    await town.says(-500, "/start")

    assert "private chat" in last(town, -500).shown


@pytest.mark.parametrize(
    "update", [{"message": {}}, {"message": 7}, {"callback_query": {"id": 1}}, {"x": None}, {}]
)
async def test_a_malformed_update(town: Town, update: dict[str, object]) -> None:
    """An update of any shape is taken, changes nothing, and holds nobody up."""
    await announced(town)

    await town.does(ADA, "raw", update=update)
    await town.taps(ADA, "confirm")

    assert any("We will see you" in text for text in town.said(ADA))


async def test_blocked_and_back(town: Town) -> None:
    """A chat that blocks the bot is marked and told to the scheduler; writing again clears the mark."""
    await announced(town)
    await town.does(ADA, "block")
    assert any("cannot be reached" in text for text in town.said(901))

    await town.says(ADA, "/visit")

    assert (
        "does the visit suit you" in last(town, ADA).shown
        or "Does this time suit you" in last(town, ADA).shown
    )
