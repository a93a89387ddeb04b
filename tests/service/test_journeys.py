"""Each right of a customer from the first tap to what comes of it, word for word, in two languages.

The conversations stand in `journeys/` as a compliance officer would read them: ▶ the customer, ◀ what they read,
◇ what the scheduler reads. With DOORSTEP_REWRITE_TRANSCRIPTS=1 they are written anew; then read what changed.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.sandbox.world import Message
from bot.store import alerts, barred_times, cases, holds, outbox, visits
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA

FOLDER = Path(__file__).parent / "journeys"
LANGUAGES = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}
DESK = 901
NONE_LEFT = {
    "en": "none is left at which a visit would be possible",
    "zh_Hans": "没有剩下可以上门的时间",
    "zh_Hant": "沒有剩下可以到府的時間",
}
Journey = Callable[[Town], Awaitable[None]]


async def begin(town: Town, locale: str, *, announced: bool = True) -> None:
    """Bring Ada to her visit's notice, in her language, and the scheduler's chat to silence."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, LANGUAGES[locale])
    await town.says(ADA, "482X")
    if announced:
        await town.plan()


class Transcript:
    """Writes down what is said in a chat while it is said; buttons stand under their message."""

    def __init__(self, town: Town, chat_id: int) -> None:
        self.lines: list[str] = []
        self._chat_id = chat_id
        town.world.on_message = self._bot
        town.world.on_person = lambda message: self._write("▶", message.shown)
        town.world.on_tap = lambda _, label: self._write("▶", f"[{label}]")

    def _bot(self, message: Message) -> None:
        self._write("◀" if message.chat_id == self._chat_id else "◇", message.shown)
        if message.chat_id == self._chat_id:
            rows = message.keyboard.get("inline_keyboard", [])
            self.lines += [f"   [{' | '.join(button['text'] for button in row)}]" for row in rows]

    def _write(self, mark: str, words: str) -> None:
        shown = "\n   ".join((words or "(file)").splitlines())
        self.lines.append(f"{mark}  {shown}")


async def money(town: Town) -> None:
    """Help: money is short."""
    await town.taps(ADA, "help")
    await town.taps(ADA, "money")


async def health(town: Town) -> None:
    """Help: health or family, and it may be noted."""
    await town.taps(ADA, "help")
    await town.taps(ADA, "health")
    await town.taps(ADA, "yes")


async def dispute(town: Town) -> None:
    """This is wrong."""
    await town.taps(ADA, "wrong")
    await town.taps(ADA, "amount")
    await town.says(ADA, "I paid 300 in January.")


async def representative(town: Town) -> None:
    """I have a representative, from the notice's own help."""
    await town.taps(ADA, "help")
    await town.taps(ADA, "representative")
    await town.says(ADA, "Rae Moss, Elm Law, 020 7946 0999")


async def representative_in_rights(town: Town) -> None:
    """I have a representative, from the list of rights, without a name."""
    await town.says(ADA, "/rights")
    await town.taps(ADA, "representative")
    await town.taps(ADA, "skip")


async def complaint(town: Town) -> None:
    """A complaint by buttons."""
    await town.says(ADA, "/complain")
    await town.taps(ADA, "manner")
    await town.says(ADA, "She shouted.")


async def complaint_typed(town: Town) -> None:
    """A complaint in one line."""
    await town.says(ADA, "/complain She shouted at my door.")


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


async def stop(town: Town) -> None:
    """Stop, said twice, then taken back."""
    await town.taps(ADA, "stop")
    await town.says(ADA, "/stop")
    await town.jump(days=3)
    await town.says(ADA, "/start")
    await town.taps(ADA, "yes")


async def times(town: Town) -> None:
    """Times that do not suit: a Friday afternoon, typed hours, and the visit that is planned."""
    await town.says(ADA, "/times")
    await town.taps(ADA, "fri")
    await town.taps(ADA, "afternoon")
    await town.taps(ADA, "workdays")
    await town.says(ADA, "mornings")
    await town.says(ADA, "8-10")
    await town.taps(ADA, "every_day")
    await town.says(ADA, "10:00-12:00")


async def their_data(town: Town) -> None:
    """A copy of their data: asked for twice, sent once a person says so."""
    await town.says(ADA, "/privacy")
    await town.taps(ADA, "my_data")
    await town.says(ADA, "/privacy")
    await town.taps(ADA, "my_data")
    await town.taps(DESK, "senddata")


JOURNEYS: tuple[Journey, ...] = (
    their_data,
    money,
    health,
    dispute,
    representative,
    representative_in_rights,
    complaint,
    complaint_typed,
    complaint_answered,
    stop,
    times,
)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
async def test_a_right_is_used(town: Town, journey: Journey, locale: str) -> None:
    """What the customer reads, and what the scheduler gets of it, is what is written down."""
    await begin(town, locale)
    transcript = Transcript(town, ADA)

    await journey(town)

    found = "\n".join([journey.__doc__ or "", "", *transcript.lines, ""])
    path = FOLDER / f"{journey.__name__}.{locale}.txt"
    if os.environ.get("DOORSTEP_REWRITE_TRANSCRIPTS"):
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


async def held(town: Town) -> list[str]:
    """Return the kinds of hold in force."""
    async with town.inst.store.read() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        return [one.kind for one in await holds.active(tx, row.id, town.clock.now())]


async def unasked_since(town: Town, since: int) -> list[str]:
    """Return what Ada was sent after a message of hers was answered."""
    return [one.shown for one in town.chat(ADA).messages[since:] if one.by_bot]


@pytest.mark.parametrize(
    ("journey", "kind"),
    [
        (money, "hardship"),
        (health, "vulnerable"),
        (dispute, "dispute"),
        (representative, "representative"),
        (complaint_typed, "complaint"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
async def test_a_hold_keeps_everybody_away(town: Town, journey: Journey, kind: str) -> None:
    """The hold is open, the visit is cancelled, no reminder comes, no new visit can be planned."""
    await begin(town, "en")
    await town.taps(ADA, "confirm")
    await journey(town)
    assert await held(town) == [kind]
    since = len(town.chat(ADA).messages)

    await town.jump(days=2)
    await town.plan()
    await town.jump(days=2)

    assert await unasked_since(town, since) == []
    async with town.inst.store.read() as tx:
        assert {row.status for row in await visits.all_rows(tx)} == {"cancelled"}


async def test_a_message_that_waits_obeys_a_hold(town: Town) -> None:
    """A notice that waits for the morning is withdrawn by a stop at night."""
    await begin(town, "en", announced=False)
    await town.jump(hours=13)
    await town.plan()
    await town.says(ADA, "/stop")
    since = len(town.chat(ADA).messages)

    await town.jump(hours=14)

    assert await unasked_since(town, since) == []


async def test_stop_is_confirmed_at_night_and_once(town: Town) -> None:
    """The one confirmation comes at any hour; a second stop is obeyed in silence; both are on record."""
    await begin(town, "en", announced=False)
    await town.jump(hours=14)
    await town.says(ADA, "/stop")
    await town.says(ADA, "/stop")

    async with town.inst.store.read() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        found = await outbox.contacts_of(tx, row.id, town.clock.now())
    assert [one.state for one in found] == ["sent"]
    assert sum("no more messages" in text for text in town.said(ADA)) == 1
    assert await held(town) == ["stop"]


async def test_messages_come_again_after_a_stop_was_taken_back(town: Town) -> None:
    """Only the customer's own /start and yes lifts it; a no leaves it."""
    await begin(town, "en")
    await town.taps(ADA, "stop")
    await town.says(ADA, "/start")
    await town.taps(ADA, "no")
    assert await held(town) == ["stop"]
    await town.says(ADA, "/start")
    await town.taps(ADA, "yes")

    assert await held(town) == []
    await town.jump(days=1)
    await town.plan()
    assert any("would like to visit you, to hear" in text for text in town.said(ADA)[-2:])


async def test_barred_times_are_not_offered(town: Town) -> None:
    """Another time is offered only where it suits, and a notice waits until the barred hours are over."""
    await begin(town, "en", announced=False)
    await town.says(ADA, "/times")
    await town.taps(ADA, "mon")
    await town.taps(ADA, "morning")
    await town.taps(ADA, "fri")
    await town.taps(ADA, "all_day")
    await town.plan()
    before = town.said(ADA)
    assert not any("would like to visit you, to hear" in text for text in before)

    await town.jump(hours=3)
    assert any("would like to visit you, to hear" in text for text in town.said(ADA))
    await town.taps(ADA, "move")

    offered = [one["callback_data"].rpartition(":")[2] for one in town.chat(ADA).messages[-1].buttons()]
    assert "2027-03-04" in offered
    assert "2027-03-05" not in offered


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_times_that_leave_nothing_are_answered(town: Town, locale: str) -> None:
    """Who leaves every lawful hour out hears so and what comes of it; the desk is told, until times suit again."""
    await begin(town, locale, announced=False)
    await town.says(ADA, "/times")
    await town.taps(ADA, "every_day")
    await town.says(ADA, "08:00-17:30")

    assert NONE_LEFT[locale] in town.said(ADA)[-2]
    assert "17:30" in town.said(ADA)[-1]  # the list that can be changed
    await town.says(DESK, "/queue")
    assert "no time suits" in town.said(DESK)[-1]
    await town.taps(ADA, "clear")
    await town.says(DESK, "/queue")
    assert "Nothing is waiting" in town.said(DESK)[-1]


async def test_another_time_when_no_time_suits(town: Town) -> None:
    """Asked for another time, somebody who has left all of them out hears that it is theirs to change."""
    await begin(town, "en")
    await town.says(ADA, "/times")
    await town.taps(ADA, "every_day")
    await town.taps(ADA, "all_day")
    assert "falls into a time that does not suit you" in town.said(ADA)[-2]

    await town.taps(ADA, "move")

    assert any("/times shows them" in text for text in town.said(ADA)[-2:])


async def test_all_times_suit_again(town: Town) -> None:
    """The customer may take every barred hour back."""
    await begin(town, "en", announced=False)
    await town.says(ADA, "/times")
    await town.taps(ADA, "sun")
    await town.taps(ADA, "all_day")
    await town.taps(ADA, "clear")

    async with town.inst.store.read() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        assert await barred_times.of_case(tx, row.id) == []


async def test_silence_after_an_errand_goes_to_a_person(town: Town) -> None:
    """Who began to choose another time and fell silent gets no second message; the scheduler is told once."""
    await begin(town, "en")
    await town.taps(ADA, "move")
    since = len(town.chat(ADA).messages)

    await town.jump(hours=24)
    await town.jump(minutes=30)

    assert await unasked_since(town, since) == []
    assert sum("began to tell us something" in text for text in town.said(901)) == 1
    await town.taps(ADA, "2027-03-04")
    assert "at what time" in town.said(ADA)[-1]


async def test_an_amount_typed_at_a_choice_is_refused_in_words(town: Town) -> None:
    """An amount where none is asked for changes nothing, and the customer reads that."""
    await begin(town, "en")

    await town.says(ADA, "£250")

    assert "A number typed here changes nothing" in town.said(ADA)[-1]


async def test_rights_before_identity(town: Town) -> None:
    """Before identity the buttons of the rights take nothing down, and say what to do."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, "en")
    for option in ("representative", "times", "wrong"):
        await town.says(ADA, "/rights")
        await town.taps(ADA, option)
        assert "Please tell us first that it is you" in " ".join(town.said(ADA)[-2:])

    assert await held(town) == []


async def test_an_answer_is_of_whoever_has_the_item(town: Town) -> None:
    """What a colleague has taken over meanwhile, or closed, is not answered a second time."""
    await begin(town, "en")
    await complaint_typed(town)
    await town.taps(DESK, "take")
    await town.taps(DESK, "answeritem")
    await town.says(DESK, "I am sorry.")
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
    await begin(town, "en")
    await complaint_typed(town)
    await town.taps(DESK, "take")
    await town.taps(DESK, "answeritem")
    await town.says(DESK, "I am sorry.")
    async with town.inst.store.begin() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        await cases.upsert(tx, [{**row._mapping, "chat_id": None}])

    await town.taps(DESK, "send")

    assert "no chat with us" in town.said(DESK)[-1]
