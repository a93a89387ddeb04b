"""Each right of a customer from the first tap to what comes of it, word for word, in two languages.

The conversations stand in `journeys/` as a compliance officer would read them: ▶ the customer, ◀ what they read,
◇ what the scheduler reads. With DOORSTEP_REWRITE_TRANSCRIPTS=1 they are written anew; then read what changed.
"""

import pytest

from bot.store import barred_times, cases, holds, outbox, visits
from tests.service.conftest import Town
from tests.service.journey import DESK, LANGUAGES, Journey, begin, complaint_typed, hold_journey
from tests.service.test_bad_input import ADA

NONE_LEFT = {
    "en": "none is left at which a visit would be possible",
    "zh_Hans": "没有剩下可以上门的时间",
    "zh_Hant": "沒有剩下可以到府的時間",
}


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
    stop,
    times,
)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
async def test_a_right_is_used(town: Town, journey: Journey, locale: str) -> None:
    """What the customer reads, and what the scheduler gets of it, is what is written down."""
    await begin(town, locale)

    await hold_journey(town, journey, locale)


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
        found = await outbox.contacts_of(tx, [row.id], town.clock.now())
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
