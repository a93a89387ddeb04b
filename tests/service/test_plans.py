"""A plan from the household's figures at the door to its last instalment, word for word in three languages.

The conversations stand in `plans/`: ▶ what is tapped or typed, ◀ what is read, with whose phone it is. With
DOORSTEP_REWRITE_TRANSCRIPTS=1 they are written anew; then read what changed.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from bot.errors import InputRefused
from bot.sandbox.world import Message
from bot.service.desk.cases.look import case_detail
from bot.service.desk.invites import invite_staff
from bot.service.desk.payments import record_payment
from bot.service.desk.queue.watch import look
from bot.store import chats, tables
from tests.reviewed import hold
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, last
from tests.service.test_on_the_doorstep import COLLECTOR, OFFICER, holds_of, interviewing

FOLDER = Path(__file__).parent / "plans"
LANGUAGES = ("en", "zh_Hans", "zh_Hant")
SAM, TESS = 901, 904
NAMES = {ADA: "Ada", COLLECTOR: "Cora", SAM: "Sam", TESS: "Tess"}
BUDGET = ("500", "120", "60", "80", "300", "40", "30", "0")  # housing to priority debts


async def interview(town: Town, *, income: str = "1500", spare: str = "150", proposal: str = "") -> None:
    """Go from the reason to the way forward: illness, wages, three people, no other debts."""
    await town.taps(COLLECTOR, "illness")
    await town.taps(COLLECTOR, "wages")
    await town.says(COLLECTOR, income)
    await town.says(COLLECTOR, "3")
    await town.says(COLLECTOR, "1")
    await town.taps(COLLECTOR, "none")
    await town.says(COLLECTOR, spare)
    await town.taps(COLLECTOR, "wants_to")
    await (town.says(COLLECTOR, proposal) if proposal else town.taps(COLLECTOR, "no_idea"))


async def budget(town: Town) -> None:
    """Go from the way forward to the plans: a budget, no other debts, no lump sum, the first day in a month."""
    for option in ("plan", "go_on"):
        await town.taps(COLLECTOR, option)
    for amount in BUDGET:
        await town.says(COLLECTOR, amount)
    for option in ("none", "none", "in_a_month"):
        await town.taps(COLLECTOR, option)


async def pick(town: Town, letter: str) -> None:
    """Pick a plan and have it shown."""
    await town.taps(COLLECTOR, letter)
    await town.taps(COLLECTOR, "yes")


async def details(town: Town) -> dict[str, Any]:
    """Return what the command line shows of the case."""
    return await case_detail(town.inst, "A-1")


class Transcript:
    """Writes down what everybody reads and does; buttons stand under their message."""

    def __init__(self, town: Town) -> None:
        self.lines: list[str] = []
        self._town = town

    def begin(self) -> None:
        """Write down what comes from here on."""
        town = self._town
        town.world.on_message = self._bot
        town.world.on_person = lambda message: self._write(f"{NAMES[message.chat_id]} ▶", message.shown)
        town.world.on_tap = lambda chat, label: self._write(f"{NAMES[chat.id]} ▶", f"[{label}]")

    def _bot(self, message: Message) -> None:
        if message.chat_id not in NAMES:
            return
        self._write(f"{NAMES[message.chat_id]} ◀", message.shown)
        for row in message.keyboard.get("inline_keyboard", []):
            self.lines.append(f"       [{' | '.join(button['text'] for button in row)}]")

    def _write(self, mark: str, words: str) -> None:
        shown = "\n       ".join((words or "(file)").splitlines())
        self.lines.append(f"{mark} {shown}")


Story = Callable[[Town, Transcript], Awaitable[None]]


async def accepted(town: Town, transcript: Transcript) -> None:
    """A plan that the team may grant: picked, read back, accepted, shown again, taken back."""
    await interview(town)
    transcript.begin()
    await budget(town)
    await pick(town, "a")
    await town.taps(ADA, "accept")
    await town.says(ADA, "/plan")
    await town.taps(ADA, "unplan")
    await town.taps(ADA, "take_back")
    await town.says(ADA, "/plan")


async def declined(town: Town, transcript: Transcript) -> None:
    """A plan that is declined, without a question why."""
    await interview(town)
    await budget(town)
    transcript.begin()
    await pick(town, "a")
    await town.taps(ADA, "decline")
    await town.says(ADA, "/plan")


async def changed(town: Town, transcript: Transcript) -> None:
    """A longer plan needs two people; Ada asks a question, gets an answer, then accepts."""
    await interview(town, spare="45")
    await budget(town)
    transcript.begin()
    await pick(town, "a")
    await town.taps(SAM, "item")
    await town.taps(SAM, "grantplan")
    await town.taps(SAM, "item")
    await town.taps(SAM, "grantplan")
    await town.taps(TESS, "item")
    await town.taps(TESS, "grantplan")
    await town.taps(ADA, "question")
    await town.says(ADA, "What happens if I fall ill again?")
    await town.taps(SAM, "item")
    await town.taps(SAM, "answeritem")
    await town.says(
        SAM, "Tell us here, and we look at the plan again. Nobody comes without asking you first."
    )
    await town.taps(SAM, "send")
    await town.taps(SAM, "written")
    await town.taps(ADA, "accept")


async def cannot_pay(town: Town, transcript: Transcript) -> None:
    """Nothing can be paid: no figure, no plan, a pause and a person."""
    await interview(town, income="900")
    await budget(town)
    transcript.begin()
    await town.taps(COLLECTOR, "back")
    await town.taps(COLLECTOR, "in_a_month")
    await town.taps(COLLECTOR, "pause")


async def agreed(town: Town) -> None:
    """Bring a plan from the door to the end of the visit: accepted, the first of its instalments a month ahead."""
    await interview(town)
    await budget(town)
    await pick(town, "a")
    await town.taps(ADA, "accept")
    for option in ("next", "plan_offered", "check_out"):
        await town.taps(COLLECTOR, option)
    for option in ("good", "good", "good", "check_out", "calm"):
        await town.taps(OFFICER, option)
    town.clock.instant = town.clock.instant.replace(hour=9, minute=30)


async def reminded(town: Town, transcript: Transcript) -> None:
    """Three days and one day before, on the day, one and three days after; paid then; the next is not possible."""
    await agreed(town)
    transcript.begin()
    for day in (28, 2, 1, 1, 2):
        await town.jump(days=day)
    await record_payment(town.inst, "A-1", Decimal(140))
    await town.jump(days=25)
    await town.taps(ADA, "cannot")


async def hold_against(town: Town, story: Story, locale: str) -> None:
    """Live through a story in a language, and hold what everybody reads against what was reviewed."""
    await interviewing(town)
    token = await invite_staff(town.inst, role="scheduler", name="Tess Wood", badge="T", locale=locale)
    await town.does(TESS, "open", payload=token)
    async with town.inst.store.begin() as tx:
        for chat_id in NAMES:
            await chats.set_locale(tx, chat_id, locale)
    transcript = Transcript(town)
    await story(town, transcript)
    hold("\n".join(transcript.lines) + "\n", FOLDER / f"{story.__name__}.{locale}.txt")


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize(
    "story", [accepted, declined, changed, cannot_pay, reminded], ids=lambda one: one.__name__
)
async def test_word_for_word(town: Town, story: Story, locale: str) -> None:
    """What everybody reads is what was reviewed."""
    await hold_against(town, story, locale)


async def test_nothing_is_agreed_by_the_team_or_by_silence(town: Town) -> None:
    """A plan that is only shown binds nobody; after two weeks without an answer it is closed and a person looks."""
    await interviewing(town)
    await interview(town)
    await budget(town)
    await pick(town, "a")
    assert {one["status"] for one in (await details(town))["promises"]} == {"proposed"}
    assert "plan_in_force" not in await holds_of(town)

    before = len(town.said(ADA))
    await town.jump(days=14, hours=1)

    assert [one["status"] for one in (await details(town))["agreements"]] == ["lapsed"]
    (asked,) = town.said(ADA)[before:]
    assert "A short look back at the visit" in asked, "and nobody was pushed"


async def test_an_accepted_plan_is_paid_to_its_end(town: Town) -> None:
    """Each payment keeps its instalments, nine tenths are enough, and the last one closes plan and hold."""
    await interviewing(town)
    await interview(town)
    await budget(town)
    await pick(town, "a")
    await town.taps(ADA, "accept")
    assert "plan_in_force" in await holds_of(town)
    rows = (await details(town))["promises"]
    assert sum(Decimal(one["amount"]) for one in rows) == Decimal("1240.50")

    first = Decimal(rows[0]["amount"])
    await record_payment(town.inst, "A-1", (first * Decimal("0.9")).quantize(Decimal("0.01")) - 1)
    assert [one["status"] for one in (await details(town))["promises"]].count("kept") == 0
    await record_payment(town.inst, "A-1", Decimal(1))
    assert [one["status"] for one in (await details(town))["promises"]].count("kept") == 1
    await record_payment(
        town.inst, "A-1", Decimal("1240.50") - (first * Decimal("0.9")).quantize(Decimal("0.01"))
    )

    found = await details(town)
    assert {one["status"] for one in found["promises"]} == {"kept"}
    assert [one["status"] for one in found["agreements"]] == ["kept"]
    assert "plan_in_force" not in await holds_of(town)


async def test_a_broken_instalment_goes_to_a_person_and_may_be_paid_late(town: Town) -> None:
    """Three days after an instalment a person looks; a payment after that makes it late, not broken for ever."""
    await interviewing(town)
    await interview(town)
    await budget(town)
    await pick(town, "a")
    await town.taps(ADA, "accept")
    due_on = (await details(town))["promises"][0]["due_on"]
    town.clock.instant = (
        town.clock.instant.replace(hour=12) + (due_on - town.clock.instant.date()) + timedelta(days=4)
    )
    await look(town.inst)
    assert [one["status"] for one in (await details(town))["promises"]][:2] == ["broken", "open"]

    await record_payment(town.inst, "A-1", Decimal(150))

    assert [one["status"] for one in (await details(town))["promises"]][:2] == ["late", "open"]


async def test_more_than_was_worked_out_needs_two_people(town: Town) -> None:
    """At the customer's own wish a plan may go beyond the figures: one agrees, and the same one cannot agree twice."""
    await interviewing(town)
    await interview(town, spare="45")
    await budget(town)
    await town.taps(COLLECTOR, "more")
    await town.says(COLLECTOR, "300")
    await pick(town, "a")
    await town.taps(SAM, "grantplan")
    await town.taps(SAM, "grantplan")

    assert "Accept plan" not in last(town, ADA).keyboard.__repr__()
    (made,) = (await details(town))["agreements"]
    assert (made["basis"], made["authority"], made["status"]) == ("override", "second", "waiting")
    assert made["granted_by"] == "sc"
    assert made["seconded_by"] is None


async def test_the_budget_is_read_back(town: Town) -> None:
    """What was told of the household stands in the read-back before the end, amounts as amounts."""
    await interviewing(town)
    await interview(town)
    await budget(town)
    await town.taps(COLLECTOR, "think")

    shown = last(town, COLLECTOR).shown
    for line in (
        "Rent or mortgage a month: £500",
        "Owed to others in all: None",
        "First payment: In a month",
    ):
        assert line in shown


async def test_a_name_that_messages_have_no_room_for_is_refused(town: Town) -> None:
    """Of a colleague, as of their badge: customers read both in nearly every message about a visit."""
    for name, badge in (("N" * 101, "T"), ("Tess Wood", "T" * 41)):
        with pytest.raises(InputRefused, match="shorten"):
            await invite_staff(town.inst, role="scheduler", name=name, badge=badge, locale="en")


async def test_without_a_chat_the_plan_is_signed_on_paper(town: Town) -> None:
    """Who has no open chat gets a paper; only their signature, seen by two of the desk, makes it agreed."""
    await interviewing(town)
    token = await invite_staff(town.inst, role="scheduler", name="Tess Wood", badge="T", locale="en")
    await town.does(TESS, "open", payload=token)
    await interview(town)
    await budget(town)
    async with town.inst.store.begin() as tx:
        await tx.execute(update(tables.cases).values(chat_id=None))
    await pick(town, "a")
    assert any("It comes to you as a paper" in text for text in town.said(SAM))
    assert any(one.content.get("document") for one in town.chat(SAM).messages)
    assert [one["status"] for one in (await details(town))["agreements"]] == ["shown"]

    await town.taps(SAM, "signedplan")
    await town.taps(SAM, "signedplan")
    assert "A colleague must look at it, too" in town.chat(SAM).notices[-1]
    assert [one["status"] for one in (await details(town))["agreements"]] == ["shown"]
    await town.taps(TESS, "signedplan")

    found = await details(town)
    assert [one["status"] for one in found["agreements"]] == ["accepted"]
    assert {one["status"] for one in found["promises"]} == {"open"}
