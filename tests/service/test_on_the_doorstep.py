"""What happens at the door: who opens, what comes up, and how each way ends."""

import re

import pytest

from bot.store import cases, chats, holds
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, last

COLLECTOR, OFFICER, SCHEDULER = 902, 903, 901
PLACE = {"location": {"latitude": 51.5, "longitude": -0.1}}


async def on_the_day(town: Town) -> None:
    """Bring everybody to the morning of the visit, the visit opened on both staff phones."""
    await announced(town)
    await morning_of(town)


async def morning_of(town: Town) -> None:
    """Let an announced visit be confirmed and its morning come, the visit opened on both staff phones."""
    await town.taps(ADA, "confirm")
    await town.jump(days=1, hours=1)
    for chat_id in (COLLECTOR, OFFICER):
        await town.says(chat_id, "/today")
        await town.taps(chat_id, "visit")


async def _visit_of_ada(town: Town) -> None:
    """Bring the team, signed in already, to the door."""
    (link,) = await town.cases("A-1")
    await town.enrol(ADA, link)
    await town.plan()
    await morning_of(town)
    await _check_in(town)


async def ringing(town: Town) -> None:
    """Bring the team to the door."""
    await on_the_day(town)
    await _check_in(town)


async def _check_in(town: Town) -> None:
    for chat_id in (COLLECTOR, OFFICER):
        await town.taps(chat_id, "check_in")
        await town.does(chat_id, "share", content=PLACE)
    await town.taps(COLLECTOR, "next")


async def interviewing(town: Town) -> None:
    """Bring the collector to the question for the reason."""
    await on_the_day(town)
    await interview_begun(town)


async def interview_begun(town: Town) -> None:
    """Check in, and establish identity without a code."""
    await _check_in(town)
    for option in ("maybe_them", "no_code", "them", "next", "outside"):
        await town.taps(COLLECTOR, option)


async def holds_of(town: Town) -> set[str]:
    """Return what keeps the case on hold."""
    async with town.inst.store.begin() as tx:
        row = await cases.of_chat(tx, ADA)
        assert row is not None
        return {one.kind for one in await holds.active(tx, row.id, town.clock.now())}


def codes(town: Town) -> list[str]:
    """Return the two halves that the customer was sent."""
    coming = next(text for text in reversed(town.said(ADA)) if "Your code for the door" in text)
    return re.findall(r": (\d\d)$", coming, re.MULTILINE)


async def test_the_customer_is_told_that_the_team_is_on_its_way(town: Town) -> None:
    """Setting out tells the customer once, with both names and the code, however often it is tapped."""
    await on_the_day(town)
    await town.taps(COLLECTOR, "set_out")
    await town.taps(COLLECTOR, "set_out")

    told = [text for text in town.said(ADA) if "on their way" in text]
    assert len(told) == 1
    assert "The collector" in told[0]
    assert "The safety_officer" in told[0]


async def test_at_an_early_visit_the_code_comes_as_soon_as_it_may(town: Town) -> None:
    """A visit for the very minute from which messages are allowed: the code comes then, not before."""
    await announced(town)
    for option in ("move", "2027-03-04", "0900"):
        await town.taps(ADA, option)
    await town.jump(days=2, hours=23, minutes=15)
    for chat_id in (COLLECTOR, OFFICER):
        await town.says(chat_id, "/today")
        await town.taps(chat_id, "visit")
    await _check_in(town)
    assert not any("Your code for the door" in text for text in town.said(ADA))

    await town.jump(minutes=15)

    assert sum("Your code for the door" in text for text in town.said(ADA)) == 1


async def test_after_an_early_end_nobody_is_said_to_be_there(town: Town) -> None:
    """Where the visit is over before messages are allowed, no code comes any more."""
    await announced(town)
    for option in ("move", "2027-03-04", "0900"):
        await town.taps(ADA, option)
    await town.jump(days=2, hours=23, minutes=15)
    await town.says(COLLECTOR, "/today")
    for option in ("visit", "check_in"):
        await town.taps(COLLECTOR, option)
    await town.does(COLLECTOR, "share", content=PLACE)
    await town.taps(COLLECTOR, "alone")

    await town.jump(minutes=15)

    assert not any("Your code for the door" in text for text in town.said(ADA))


async def test_the_team_never_sees_the_customers_half(town: Town) -> None:
    """The team's screen shows its own half alone, and the customer's answer is compared for them."""
    await ringing(town)
    await town.taps(COLLECTOR, "maybe_them")
    ours, theirs = codes(town)

    assert f"Our half is {ours}" in last(town, COLLECTOR).shown
    asked = last(town, COLLECTOR).shown.partition("\n")[2]  # without the progress
    assert theirs not in asked.replace(ours, "")
    await town.says(COLLECTOR, f"{theirs[0]} {theirs[1]}")
    assert "date of birth" in last(town, COLLECTOR).shown


async def test_a_wrong_answer_is_asked_again(town: Town) -> None:
    """A wrong half leads to asking again or to identity without it, never to the debt."""
    await ringing(town)
    await town.taps(COLLECTOR, "maybe_them")
    await town.says(COLLECTOR, codes(town)[0])
    assert "not their half" in last(town, COLLECTOR).shown

    await town.taps(COLLECTOR, "go_on")

    assert "date of birth" in last(town, COLLECTOR).shown


async def test_a_forged_code_keeps_the_door_shut(town: Town) -> None:
    """A customer who hears the wrong half is told what to do; scheduler and team hear of it at once."""
    await ringing(town)
    await town.taps(ADA, "wrong")

    assert "keep the door closed" in last(town, ADA).shown
    assert "+44 20 7946 0000" in last(town, ADA).shown
    assert any("code at their door is wrong" in text for text in town.said(SCHEDULER))
    assert all(any("Stay outside" in text for text in town.said(chat)) for chat in (COLLECTOR, OFFICER))


async def test_a_visit_called_off_on_the_way(town: Town) -> None:
    """A customer may call it off until the bell rings: the visit is cancelled and the team told not to ring."""
    await on_the_day(town)
    await town.taps(COLLECTOR, "set_out")
    await town.taps(ADA, "not_now")

    assert "nobody will ring" in last(town, ADA).shown
    assert any("do not ring" in text for text in town.said(COLLECTOR))
    await town.taps(COLLECTOR, "check_in")
    assert "no longer open" in last(town, COLLECTOR).shown


@pytest.mark.parametrize(
    ("option", "line"),
    [
        ("someone_else", "It is a personal matter"),
        ("child", "Ask the child nothing"),
        ("nobody", "Do not ask the neighbours"),
        ("refuses", "You can reach us in the chat"),
        ("interpreter", "No child and no neighbour interprets"),
    ],
)
async def test_who_opens_the_door(town: Town, option: str, line: str) -> None:
    """Whoever opens but the customer: the team says its line, discloses nothing and leaves."""
    await ringing(town)
    await town.taps(COLLECTOR, option)

    assert line in last(town, COLLECTOR).shown
    await town.taps(COLLECTOR, last_option(town))
    assert not any("1,240" in text for text in town.said(COLLECTOR))
    assert any("You are checked out" in text for text in town.said(COLLECTOR))


def last_option(town: Town) -> str:
    """Return the first button of the collector's newest question."""
    buttons = town.chat(COLLECTOR).messages[-1].buttons()
    return next(iter(buttons))["callback_data"].rpartition(":")[2]


@pytest.mark.parametrize(
    ("option", "hold", "line"),
    [
        ("disputed", "dispute", "we stop here until this has been checked"),
        ("represented", "representative", "turn to the one who speaks for you"),
        ("wants_stop", "stop", "no more messages and no more visits"),
    ],
)
async def test_what_comes_up_is_held_at_once(town: Town, option: str, hold: str, line: str) -> None:
    """A dispute, a representative or a stop said at the door opens its hold before the line is read out."""
    await interviewing(town)
    await town.taps(COLLECTOR, "cards")
    await town.taps(COLLECTOR, option)

    assert line in last(town, COLLECTOR).shown
    assert hold in await holds_of(town)


async def test_the_self_harm_path(town: Town) -> None:
    """The path is fixed, the scheduler hears at its first step, the local line is shown, and the case is held."""
    await interviewing(town)
    await town.taps(COLLECTOR, "cards")
    await town.taps(COLLECTOR, "self_harm")
    assert any("talk of self-harm" in text for text in town.said(SCHEDULER))

    for option in ("next", "next", "yes", "no"):
        await town.taps(COLLECTOR, option)
    assert "116 123" in last(town, COLLECTOR).shown
    for option in ("next", "next"):
        await town.taps(COLLECTOR, option)

    assert "Everything is paused" in last(town, COLLECTOR).shown
    assert "vulnerable" in await holds_of(town)


async def test_a_worry_can_be_handed_over(town: Town) -> None:
    """The cards lead back to the question when all is well, and to a hold and a person when it is not."""
    await interviewing(town)
    for option in ("cards", "wellbeing", "follow", "good", "doubt", "gently"):
        await town.taps(COLLECTOR, option)
    assert "what made it difficult" in last(town, COLLECTOR).shown

    for option in ("cards", "wellbeing", "decide", "pause"):
        await town.taps(COLLECTOR, option)

    assert "No more talk of money" in last(town, COLLECTOR).shown
    assert "vulnerable" in await holds_of(town)
    assert any("needs more care" in text for text in town.said(SCHEDULER))


async def test_nobody_visits_alone(town: Town) -> None:
    """“I am alone” ends the visit and asks the scheduler, before the door and after it."""
    await on_the_day(town)
    await town.taps(COLLECTOR, "check_in")
    await town.does(COLLECTOR, "share", content=PLACE)
    await town.taps(COLLECTOR, "alone")

    assert "nobody visits alone" in last(town, COLLECTOR).shown
    assert any("one of the team is alone" in text for text in town.said(SCHEDULER))


async def test_a_question_is_skipped_with_a_reason(town: Town) -> None:
    """Skip asks why and goes on; thinking better of it leads back."""
    await interviewing(town)
    await town.taps(COLLECTOR, "skip")
    await town.taps(COLLECTOR, "keep")
    assert "what made it difficult" in last(town, COLLECTOR).shown

    await town.taps(COLLECTOR, "skip")
    await town.says(COLLECTOR, "A neighbour came by.")

    assert "live on at the moment" in last(town, COLLECTOR).shown


async def test_lines_are_said_in_the_customers_language(town: Town) -> None:
    """What is to be said aloud stands in the customer's language, with the colleague's own beneath."""
    await ringing(town)
    async with town.inst.store.begin() as tx:
        await chats.set_locale(tx, ADA, "zh_Hans")
    await town.taps(COLLECTOR, "maybe_them")

    shown = last(town, COLLECTOR).shown
    assert "我们这一半是" in shown
    assert "Our half is" in shown
    assert shown.index("我们这一半是") < shown.index("Our half is")


async def test_the_collector_reads_back_what_was_said(town: Town) -> None:
    """Before the end the answers stand on the screen, to be read to the customer."""
    await interviewing(town)
    for option in ("illness", "none"):
        await town.taps(COLLECTOR, option)
    await town.says(COLLECTOR, "3")
    await town.says(COLLECTOR, "1")
    for option in ("heavy", "nothing", "wants_to"):
        await town.taps(COLLECTOR, option)
    await town.says(COLLECTOR, "A little each month from May.")
    for option in ("plan", "no", "none", "in_a_month", "leave_it"):
        await town.taps(COLLECTOR, option)

    shown = last(town, COLLECTOR).shown
    for line in ("Illness", "People in the household: 3", "More than they can carry", "A little each month"):
        assert line in shown


async def test_both_sides_give_their_account(town: Town) -> None:
    """Customer and collector each confirm five facts; who remembers it differently is heard by a person."""
    await interviewing(town)
    for option in ("illness", "none", "untold", "none", "nothing", "unsure", "no_idea", "nothing"):
        await town.taps(COLLECTOR, option)
    for option in ("next", "no_agreement", "check_out"):
        await town.taps(COLLECTOR, option)
    for option in ("good", "good", "good", "check_out", "calm"):
        await town.taps(OFFICER, option)
    assert "What was looked at together" not in last(town, ADA).shown
    assert "The visit was on" in last(town, ADA).shown

    for _ in range(5):
        await town.taps(COLLECTOR, "yes")
    await town.taps(ADA, "yes")
    await town.taps(ADA, "yes")
    await town.taps(ADA, "no")
    await town.says(ADA, "One of them raised their voice.")
    assert "looked at together: nothing" in last(town, ADA).shown
    await town.taps(ADA, "yes")
    await town.taps(ADA, "yes")

    assert "a person will look at what was different" in last(town, ADA).shown
    assert "It is on record" in last(town, COLLECTOR).shown
    assert any("remembers the visit differently" in text for text in town.said(SCHEDULER))
    papers = [one for one in town.chat(SCHEDULER).messages if one.content.get("document")]
    assert len(papers) == 2, "one when the team had left, one with both accounts"


async def test_a_collector_looks_back_whenever_they_like(town: Town) -> None:
    """Their own account is at nobody's door: neither the evening nor a hold since the visit comes in its way."""
    await interviewing(town)
    for option in ("leave", "asked_to_leave"):
        await town.taps(COLLECTOR, option)
    for option in ("check_out", "calm"):
        await town.taps(OFFICER, option)
    await town.jump(hours=12)
    for _ in range(5):
        await town.taps(COLLECTOR, "yes")

    assert "It is on record" in last(town, COLLECTOR).shown


async def test_a_duress_word_calls_for_help_without_a_sign(town: Town) -> None:
    """The word in a harmless note alerts scheduler and colleague; the screen shows what it shows after any note."""
    await town.staff()
    await town.says(COLLECTOR, "/word Umbrella")
    town_said = len(town.said(SCHEDULER))
    await _visit_of_ada(town)
    for option in ("maybe_them", "no_code", "note"):
        await town.taps(COLLECTOR, option)
    await town.says(COLLECTOR, "I left my umbrella in the car.")

    assert "date of birth" in last(town, COLLECTOR).shown
    assert not any("SOS" in text for text in town.said(COLLECTOR)[-3:])
    assert any("SOS." in text for text in town.said(SCHEDULER)[town_said:])
    assert any("SOS." in text for text in town.said(OFFICER))


async def test_cue_words_offer_a_card(town: Town) -> None:
    """A note that speaks of self-harm is followed by the offer of its card; one tap opens it."""
    await interviewing(town)
    await town.taps(COLLECTOR, "note")
    await town.says(COLLECTOR, "He said he wants to die.")
    assert "may be about self-harm" in last(town, COLLECTOR).shown
    await town.taps(COLLECTOR, "card")

    assert "Stay, calm and close by" in last(town, COLLECTOR).shown


async def test_a_customer_in_despair_is_given_a_number(town: Town) -> None:
    """A customer who writes of ending their life gets the local line at once; a person is told."""
    await announced(town)
    await town.says(ADA, "I don't want to live any more")

    assert any("116 123" in text for text in town.said(ADA))
    assert any("Please call now" in text for text in town.said(SCHEDULER))


async def test_a_call_for_help_rings_until_somebody_takes_it(town: Town) -> None:
    """SOS comes again every minute until a scheduler has it, then not any more."""
    await interviewing(town)
    await town.taps(COLLECTOR, "sos")
    await town.jump(minutes=1)
    await town.jump(minutes=1)
    assert sum("SOS" in text for text in town.said(SCHEDULER)) == 3

    await town.taps(SCHEDULER, "take")
    for _ in range(3):
        await town.jump(minutes=1)

    assert sum("SOS" in text for text in town.said(SCHEDULER)) == 3


async def test_the_safety_officer_sees_pauses_and_ends(town: Town) -> None:
    """The officer sees how far the talk is, can ask for a pause that the collector hears at once, and end it all."""
    await interviewing(town)
    for _ in range(3):
        await town.taps(OFFICER, "good")
    assert "is here: the talk" in last(town, OFFICER).shown

    await town.taps(OFFICER, "pause")
    assert "asks for a pause" in last(town, COLLECTOR).shown
    await town.taps(OFFICER, "end_it")

    assert any("has ended this visit" in text for text in town.said(COLLECTOR))
    assert any("the safety officer ended the visit" in text for text in town.said(SCHEDULER))
