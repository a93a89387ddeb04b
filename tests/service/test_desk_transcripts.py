"""The queue, the board, a reminder and a stop, word for word in three languages, as two schedulers and Ada read them.

With DOORSTEP_REWRITE_TRANSCRIPTS=1 the transcripts are written anew; then read what changed.
"""

import os
from pathlib import Path

import pytest

from bot.sandbox.world import Chat, Message
from bot.service.desk.invites import invite_staff
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA

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

    async def open(self, locale: str) -> None:
        """Sign everybody in and bring Ada to the notice of her visit."""
        for role, name, chat_id in (
            ("scheduler", "Sam Reed", SAM),
            ("scheduler", "Tess Wood", TESS),
            ("collector", "Cora Lane", 902),
            ("safety_officer", "Sol Hart", 903),
        ):
            token = await invite_staff(self.town.inst, role=role, name=name, badge=name[0], locale=locale)
            await self.town.does(chat_id, "open", payload=token)
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
    rows = message.keyboard.get("inline_keyboard", [])
    buttons = [f"[{' | '.join(button['text'] for button in row)}]" for row in rows]
    return "\n      ".join([*message.shown.splitlines(), *buttons])


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
    path = FOLDER / f"desk.{locale}.txt"
    told = "\n".join(desk.lines) + "\n"
    if os.environ.get("DOORSTEP_REWRITE_TRANSCRIPTS"):
        path.write_text(told, "utf-8")

    assert told == path.read_text("utf-8")
