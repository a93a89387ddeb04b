"""The desk word for word in three languages: files, plan, queue, board, reminder, stop, as everybody there reads them.

With DOORSTEP_REWRITE_TRANSCRIPTS=1 the transcripts are written anew; then read what changed.
"""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.sandbox.world import Chat, Message
from bot.service.desk.invites import invite_staff
from tests.reviewed import hold
from tests.service.conftest import HEADER, Town
from tests.service.test_bad_input import ADA
from tests.service.test_files_in import row
from tests.service.test_files_in_chat import send

FOLDER = Path(__file__).parent / "transcripts"
LANGUAGES = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}
SAM, TESS = 901, 904
NAMES = {SAM: "Sam", TESS: "Tess", ADA: "Ada"}


class Desk:
    """A town with two schedulers of one language, and what is read and tapped there."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.lines: list[str] = []
        self._read: dict[tuple[int, int], str] = {}

    async def sign_in(self, locale: str) -> None:
        """Sign everybody in."""
        for role, name, chat_id in (
            ("scheduler", "Sam Reed", SAM),
            ("scheduler", "Tess Wood", TESS),
            ("collector", "Cora Lane", 902),
            ("safety_officer", "Sol Hart", 903),
        ):
            token = await invite_staff(self.town.inst, role=role, name=name, badge=name[0], locale=locale)
            await self.town.does(chat_id, "open", payload=token)
        self._new()

    async def open(self, locale: str) -> None:
        """Sign everybody in and bring Ada to the notice of her visit."""
        await self.sign_in(locale)
        (link,) = await self.town.cases("A-1")
        await self.town.does(ADA, "open", payload=link)
        await self.town.taps(ADA, LANGUAGES[locale])
        await self.town.says(ADA, "482X")
        await self.town.plan()
        self._new()

    async def taps(self, chat_id: int, option: str, *, times: int = 1) -> None:
        """Tap a button and note what everybody reads then."""
        _, data = self.town.button(chat_id, option)
        label = next(
            button["text"]
            for message in reversed(self.town.chat(chat_id).messages)
            for button in message.buttons()
            if button["callback_data"] == data
        )
        self.lines.append(f"{NAMES[chat_id]} ▶ [{label}]" + (f" ×{times}" if times > 1 else ""))
        notices = len(self.town.chat(chat_id).notices)
        await self.town.taps(chat_id, option, times=times)
        self.lines += [f"{NAMES[chat_id]} ◁ {one}" for one in self._notices(self.town.chat(chat_id), notices)]
        self.lines += self._new()

    async def says(self, chat_id: int, words: str) -> None:
        """Write something and note what everybody reads then."""
        self.lines.append(f"{NAMES[chat_id]} ▶ {words}")
        await self.town.says(chat_id, words)
        self.lines += self._new()

    async def sends(self, chat_id: int, name: str, rows: list[str]) -> None:
        """Send a workbook and note what everybody reads then."""
        self.lines.append(f"{NAMES[chat_id]} ▶ ({name})")
        book = Workbook()
        for line in csv.reader(rows):
            book.active.append(line)
        book.save(out := BytesIO())
        await send(self.town, name, out.getvalue())
        self.lines += self._new()

    def hold(self, path: Path) -> None:
        """Hold what was noted against the transcript."""
        hold("\n".join(self.lines) + "\n", path)

    def _notices(self, chat: Chat, before: int) -> list[str]:
        return [one for one in chat.notices[before:] if one]

    def _new(self) -> list[str]:
        """Return what is new or edited on the phones since the last look."""
        lines = []
        for chat_id, name in NAMES.items():
            for message in self.town.chat(chat_id).messages:
                shown = _shown(message)
                key = (chat_id, message.message_id)
                if message.by_bot and self._read.get(key) != shown:
                    lines.append(f"{name} {'◁ ✎' if key in self._read else '◁'} {shown}")
                self._read[key] = shown
        return lines


def _shown(message: Message) -> str:
    sent = {"photo": "(picture)", "document": "(file)"}
    kind = " ".join(words for name, words in sent.items() if name in message.content)
    rows = message.keyboard.get("inline_keyboard", [])
    buttons = [f"[{' | '.join(button['text'] for button in row)}]" for row in rows]
    return "\n      ".join([*f"{kind} {message.shown}".strip().splitlines(), *buttons])


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_a_day_at_the_desk(town: Town, locale: str) -> None:
    """Claim, a second take refused, a note; board down to the case; a reminder after its preview; a stop."""
    desk = Desk(town)
    await desk.open(locale)
    await town.says(ADA, "/complain")
    await town.taps(ADA, "person")
    desk.lines += desk._new()
    await desk.taps(SAM, "take")
    await desk.taps(TESS, "take")
    await desk.says(TESS, "/queue")
    await desk.taps(SAM, "resolve")
    await desk.taps(SAM, "spoken")
    await desk.says(TESS, "/board")
    await desk.taps(TESS, "stage")
    town.clock.instant = town.clock.instant.replace(day=2, hour=9, minute=15)
    await desk.says(SAM, "/remind")
    await desk.taps(SAM, "silent")
    await desk.taps(SAM, "remindgo", times=2)
    await town.says(ADA, "/complain")
    await town.taps(ADA, "person")
    desk.lines += desk._new()
    await desk.taps(TESS, "item")
    await desk.taps(TESS, "stopitem")
    await desk.taps(TESS, "represented")
    desk.hold(FOLDER / f"desk.{locale}.txt")


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_a_spreadsheet_becomes_visits(town: Town, locale: str) -> None:
    """A workbook in, its bad row back, a correction undone; then the plan, some of it approved."""
    desk = Desk(town)
    await desk.sign_in(locale)
    good = [row(ref) for ref in ("A-1", "A-2", "A-3")]
    await desk.sends(SAM, "march.xlsx", [HEADER, *good, row("A-4", phone="12", amount="a lot")])
    await desk.taps(SAM, "accept", times=2)
    await desk.sends(SAM, "april.xlsx", [HEADER, row("A-1", amount="900"), row("A-2")])
    await desk.taps(SAM, "accept")
    await desk.taps(SAM, "undo")
    await desk.says(SAM, "/import")
    await desk.says(SAM, "/plan")
    await desk.taps(SAM, "pick")
    await desk.taps(SAM, "leave")
    await desk.taps(SAM, "approve")
    await desk.says(SAM, "/plan")
    await desk.says(SAM, "/case A-1")
    desk.hold(FOLDER / f"spreadsheet.{locale}.txt")
