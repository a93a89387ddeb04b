"""Visits word for word, in three languages, as the customer, the team and the scheduler read them.

With DOORSTEP_REWRITE_TRANSCRIPTS=1 the transcripts are written anew; then read what changed, aloud.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reviewed import hold
from tests.service.visits import at_the_door, before, in_danger, in_the_talk, with_evidence
from tests.service.visits.morning import OPTIONS, Moment, live_until_morning
from tests.service.visits.visit import Story, copied, lived_on
from tests.service.visits.ways import to_the_bell, to_the_talk

FOLDER = Path(__file__).parent / "visits"
LANGUAGES = [pytest.param(one, marks=pytest.mark.xdist_group(f"visits-{one}")) for one in OPTIONS]
BEGINNINGS = {
    "morning": before.STORIES,
    "bell": at_the_door.STORIES,
    "talk": (*in_the_talk.STORIES, *in_danger.STORIES, *with_evidence.STORIES),
}
WAYS = {"bell": ("morning", to_the_bell), "talk": ("bell", to_the_talk)}
STORIES = [(beginning, story) for beginning, stories in BEGINNINGS.items() for story in stories]
Moments = Callable[[str, str], Moment]


@pytest.fixture(scope="session")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Moments:
    """The moments at which stories begin, each lived once a language."""
    lived: dict[tuple[str, str], Moment] = {}

    def moment(locale: str, beginning: str) -> Moment:
        if (locale, beginning) not in lived:
            folder = tmp_path_factory.mktemp(f"{beginning}-{locale}") / "data"
            earlier, way = WAYS.get(beginning, ("", None))
            if way is None:
                lived[locale, beginning] = asyncio.run(live_until_morning(locale, folder))
            else:
                lived[locale, beginning] = asyncio.run(lived_on(moment(locale, earlier), folder, way))
        return lived[locale, beginning]

    return moment


@pytest.mark.parametrize(("beginning", "story"), STORIES, ids=lambda one: getattr(one, "__name__", one))
@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_visit(moments: Moments, tmp_path: Path, beginning: str, story: Story, locale: str) -> None:
    """What everybody reads in this visit is what is written down."""
    found = asyncio.run(told(moments(locale, beginning), tmp_path / "data", story))

    hold(found, FOLDER / f"{story.__name__}.{locale}.txt")


async def told(moment: Moment, folder: Path, story: Story) -> str:
    """Play a story from a moment on; return its transcript."""
    async with copied(moment, folder) as visit:
        await story(visit)
        return "\n".join([(story.__doc__ or "").strip(), *visit.lines, ""])
