"""No word leaves for anybody but through the catalogues: in the made-up language all of it stands in brackets."""

import re
from dataclasses import replace

import pytest

from bot.i18n.pseudo import PseudoCatalogues
from bot.sandbox.world import Message
from tests.service.conftest import Town
from tests.service.journey import DESK, Journey, begin
from tests.service.test_bad_input import ADA
from tests.service.test_journeys import JOURNEYS
from tests.service.test_on_the_doorstep import COLLECTOR, interviewing
from tests.service.test_plans import budget, interview, pick

DESK_COMMANDS = (
    "/help",
    "/queue",
    "/board",
    "/plan",
    "/case A-1",
    "/import",
    "/drill",
    "/remind",
    "/off",
    "/report",
    "/huh",
)
NAMES = {"Ada", "Finch", "Elm", "Grove", "London"}
BRACKETS = re.compile(r"«[^«»]*»")
COMMAND = re.compile(r"/\w+")
WORD = re.compile(r"[^\W\d_]{2,}")


def outside(shown: str) -> list[str]:
    """Return the words that stand in no brackets (what is filled in stands within them), commands and names apart."""
    while (less := BRACKETS.sub("", shown)) != shown:
        shown = less
    return [word for word in WORD.findall(COMMAND.sub("", shown)) if word not in NAMES]


def listen(town: Town) -> list[Message]:
    """Let the town speak the made-up language from here on; return what the bot says, as it is said."""
    town.inst = replace(town.inst, catalogues=PseudoCatalogues(town.inst.catalogues))
    said: list[Message] = []
    town.world.on_message = said.append
    return said


def untranslated(said: list[Message]) -> list[tuple[list[str], str]]:
    """Return every text and button that has words of its own, with them."""
    texts = (text for one in said for text in (one.shown, *(button["text"] for button in one.buttons())))
    return [(words, text) for text in texts if (words := outside(text))]


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
async def test_all_that_a_customer_reads_is_translated(town: Town, journey: Journey) -> None:
    """And what comes of it at the desk, on screens and on buttons."""
    said = listen(town)
    await begin(town, "en")
    await journey(town)

    assert untranslated(said) == []
    assert len(said) > 10


async def test_all_that_is_said_in_a_visit_is_translated(town: Town) -> None:
    """From checking in to a plan that is laid out, proposed and accepted."""
    said = listen(town)
    await interviewing(town)
    await interview(town)
    await budget(town)
    await pick(town, "a")
    await town.taps(ADA, "accept")
    for command in ("/help", "/today", "/next", "/off", "/word", "/huh"):
        await town.says(COLLECTOR, command)

    assert untranslated(said) == []
    assert len(said) > 30


async def test_all_that_the_desk_reads_is_translated(town: Town) -> None:
    """Each of its commands."""
    await begin(town, "en")
    said = listen(town)
    for command in DESK_COMMANDS:
        await town.says(DESK, command)

    assert untranslated(said) == []
    assert len(said) >= len(DESK_COMMANDS)
