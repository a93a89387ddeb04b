"""What the services promise to customers, teams and schedulers."""

import pytest

from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, at_the_door, last

BEN = 102
MONEY = ("1,240", "1240", "credit card", "overdue", "arrears", "loan", "debt")


async def test_three_wrong_answers_lock_for_a_day(town: Town) -> None:
    """Three misses lock the link for a day and tell the scheduler; the next day it opens again."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, "en")
    for answer in ("0000", "1111", "2222"):
        await town.says(ADA, answer)
    assert any("three wrong answers" in text for text in town.said(901))

    await town.does(ADA, "open", payload=link)
    assert "closed for a day" in last(town, ADA).shown
    await town.jump(hours=25)
    await town.does(ADA, "open", payload=link)
    await town.says(ADA, "482X")

    assert any("right place" in text for text in town.said(ADA))


async def test_nothing_before_identity(town: Town) -> None:
    """Before identity not a word about a loan is said, whatever is tapped or asked."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, "en")
    for command in ("/visit", "/plan", "/rights", "/help", "/privacy", "/complain"):
        await town.says(ADA, command)

    said = " ".join(town.said(ADA)).lower()
    assert [word for word in MONEY[:3] if word in said] == []


async def test_not_me_discloses_nothing(town: Town) -> None:
    """Not me ends it, tells the scheduler, and the link is worth nothing any more."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.does(ADA, "open", payload=link)
    await town.taps(ADA, "not_me")
    assert any("not them" in text for text in town.said(901))

    await town.does(ADA, "open", payload=link)

    assert "used already" in last(town, ADA).shown
    assert [word for word in MONEY if word in " ".join(town.said(ADA)).lower()] == []


async def test_two_want_the_same_slot(town: Town) -> None:
    """Two customers see the same free slot; one gets it, the other is shown the next ones."""
    await town.staff()
    links = await town.cases("A-1", "A-2")
    for chat_id, link in zip((ADA, BEN), links, strict=True):
        await town.enrol(chat_id, link)
    await town.plan()
    for chat_id in (ADA, BEN):
        await town.taps(chat_id, "move")
        await town.taps(chat_id, "2027-03-05")
    for chat_id in (ADA, BEN):
        await town.taps(chat_id, "1000")

    assert any("is now on Friday" in text for text in town.said(ADA))
    assert any("somebody else took that time" in text for text in town.said(BEN))
    assert "1000" not in [
        one["callback_data"].rpartition(":")[2] for one in town.chat(BEN).messages[-1].buttons()
    ]


async def test_a_customer_may_confirm_at_night(town: Town) -> None:
    """The hours of visits bind the team at the door, not what customers tap in their own chat."""
    await announced(town)
    await town.jump(hours=13)
    await town.taps(ADA, "confirm")

    assert any("We will see you" in text for text in town.said(ADA))


async def test_silence_is_not_consent(town: Town) -> None:
    """No answer: one nudge, then a person; the visit stays unconfirmed and no third message comes."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    town.clock.instant = town.clock.instant.replace(hour=19, minute=30)
    await town.plan()
    before = len(town.said(ADA))
    await town.jump(hours=24)
    assert len(town.said(ADA)) == before + 1

    await town.jump(hours=24)

    assert any("no answer to the visit notice" in text for text in town.said(901))


async def test_a_notice_waits_for_the_morning(town: Town) -> None:
    """A notice that is due at night goes out when the customer's morning begins."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.jump(hours=13)  # 22:30
    await town.plan()
    assert not any("would like to visit you, to hear" in text for text in town.said(ADA))

    await town.jump(hours=10, minutes=31)

    assert any("would like to visit you, to hear" in text for text in town.said(ADA))


async def test_stop_is_obeyed_at_once(town: Town) -> None:
    """After stop one confirmation comes and then nothing, whatever was planned; the scheduler sees it."""
    await announced(town)
    await town.taps(ADA, "confirm")
    before = len(town.said(ADA))

    await town.taps(ADA, "stop")
    await town.jump(hours=30)

    assert len(town.said(ADA)) == before + 1
    assert any("asked us to stop" in text for text in town.said(901))


async def test_old_reminders_die_with_their_time(town: Town) -> None:
    """After another time was chosen, the reminders of the old one do not come."""
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.taps(ADA, "move")
    await town.taps(ADA, "2027-03-05")
    await town.taps(ADA, "1500")
    before = len(town.said(ADA))

    await town.jump(days=1, hours=1)
    assert len(town.said(ADA)) == before
    await town.jump(days=2, hours=5)

    assert "Friday, 5 March" in last(town, ADA).shown


async def test_help_ends_the_visit_and_the_reminders(town: Town) -> None:
    """Who asks for help is not visited or reminded until a person has looked."""
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.taps(ADA, "help")
    option = town.chat(ADA).messages[-1].buttons()[0]["callback_data"].rpartition(":")[2]
    await town.taps(ADA, option)
    before = len(town.said(ADA))

    await town.jump(hours=25)

    assert len(town.said(ADA)) == before
    await town.says(902, "/today")
    assert "cancelled" in " ".join(town.said(902)) or "No visits today" in last(town, 902).shown


async def test_nothing_at_the_door_before_identity(town: Town) -> None:
    """Up to the identity question the collector's screen says nothing that discloses the debt."""
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.jump(days=1, hours=1)
    for chat_id in (902, 903):
        await town.says(chat_id, "/today")
        await town.taps(chat_id, "visit")
        await town.taps(chat_id, "check_in")
        await town.does(chat_id, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})
    for option in ("next", "maybe_them", "no_code"):
        await town.taps(902, option)

    shown = " ".join(text for one in town.chat(902).messages for text in (one.shown, *one.history)).lower()
    assert [word for word in MONEY if word in shown] == []
    await town.taps(902, "them")
    assert "1,240.50" in last(town, 902).shown


@pytest.mark.parametrize(("option", "says"), [("leave", "asked to leave"), ("sos", "SOS")])
async def test_alarm_buttons(town: Town, option: str, says: str) -> None:
    """Asked to leave and SOS reach the scheduler at once, with the case."""
    await at_the_door(town)

    await town.taps(902, option)

    assert any(says in text and "A-1" in text for text in town.said(901))


async def test_another_team_cannot_open_it(town: Town) -> None:
    """A visit opens only for the two who are sent."""
    await at_the_door(town)
    message, data = town.button(902, "visit")
    stranger = town.chat(ADA)
    stranger.messages.append(message)

    await town.does(ADA, "tap", message_id=message.message_id, data=data)

    assert "not assigned to you" in stranger.notices[-1]


async def test_check_in_too_early(town: Town) -> None:
    """Nobody checks in before the announced time is near."""
    await announced(town)
    await town.taps(ADA, "confirm")
    await town.jump(hours=22)
    await town.says(902, "/today")
    await town.taps(902, "visit")
    await town.taps(902, "check_in")

    await town.does(902, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})

    assert any("too early" in text for text in town.said(902))


async def test_a_complaint_beside_an_open_question(town: Town) -> None:
    """What is typed after /complain is the complaint, whatever was asked before; that question comes back after it."""
    await announced(town)
    await town.says(ADA, "/complain")
    await town.says(ADA, "/complain")
    assert "Please tell me in your own words" in last(town, ADA).shown
    await town.taps(ADA, "person")

    assert "Does this time suit you?" in last(town, ADA).shown
    await town.says(ADA, "/complain")
    await town.taps(ADA, "go_on")
    await town.says(ADA, "Confirm")
    assert any("We will see you" in text for text in town.said(ADA))

    await town.says(ADA, "/complain")
    await town.says(ADA, "Somebody shouted at me.")
    assert any("has been passed on as you wrote it" in text for text in town.said(ADA))


async def test_times_typed_beside_an_open_question(town: Town) -> None:
    """The hours that somebody types after /times are hours, and no answer to the visit's question."""
    await announced(town)
    await town.says(ADA, "/times")
    before = last(town, ADA).shown
    await town.says(ADA, "/language")
    await town.taps(ADA, "en")

    assert last(town, ADA).shown == before
