"""A customer's way through something, as their chat and the desk's show it; kept in `journeys/` once it was read."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.sandbox.world import Message
from tests.reviewed import hold
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA

FOLDER = Path(__file__).parent / "journeys"
LANGUAGES = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}
DESK = 901
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


async def complaint_typed(town: Town) -> None:
    """A complaint in one line."""
    await town.says(ADA, "/complain She shouted at my door.")


async def hold_journey(town: Town, journey: Journey, locale: str) -> None:
    """Go the way, and hold what is read on it against what was reviewed."""
    transcript = Transcript(town, ADA)
    await journey(town)
    hold(
        "\n".join([journey.__doc__ or "", "", *transcript.lines, ""]),
        FOLDER / f"{journey.__name__}.{locale}.txt",
    )
