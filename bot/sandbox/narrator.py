"""Tells a story as it happens: every message with its time and whose phone it is on."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.world import Chat, Message, World


class Narrator:
    """Writes lines through `write`; times are shown in `zone`."""

    def __init__(self, zone: str, write: Callable[[str], object]) -> None:
        self._zone = ZoneInfo(zone)
        self._write = write
        self._names: dict[int, str] = {}
        self.kept: list[str] = []  # promises that held
        self.broken: list[str] = []

    def watch(self, world: World) -> None:
        """Listen to every message of a world."""
        world.on_message = self._bot_said
        world.on_person = self._person_said
        world.on_tap = self._tapped

    def follow(self, chat_id: int, name: str) -> None:
        """Call a chat by a name."""
        self._names[chat_id] = name

    def heading(self, text: str) -> None:
        """Begin a scene."""
        self._write(f"\n== {text} ==\n")

    def command(self, words: Sequence[str], output: str) -> None:
        """Tell a command and what it printed; codes for cameras are left out."""
        self._write(f"\n$ doorstep {' '.join(words)}\n")
        for line in output.splitlines():
            if line.strip() and not set(line) <= set("█▀▄ \u2580\u2584\u2588"):
                self._write(f"  {line}\n")

    def jumped(self, to: datetime) -> None:
        """Tell that time has moved."""
        self._write(f"\n-- the clock moves to {to.astimezone(self._zone):%a %d %b %Y, %H:%M} --\n")

    def expect(self, promise: str, held: bool) -> None:  # noqa: FBT001 - a promise and whether it held
        """Note whether a promise held."""
        (self.kept if held else self.broken).append(promise)
        self._write(f"  {'ok ' if held else 'NOT'} {promise}\n")

    def _bot_said(self, message: Message) -> None:
        what = message.shown or next((key for key in message.content if key != "data"), "")
        files = [one["file_name"] for key, one in message.content.items() if key == "document"]
        edited = " (changed)" if message.history else ""
        self._tell(message, f"Doorstep{edited}", " ".join([*(f"[{name}]" for name in files), what]))
        labels = [button["text"] for button in message.buttons()]
        if labels:
            self._write(f"           [ {' | '.join(labels)} ]\n")

    def _person_said(self, message: Message) -> None:
        what = message.shown or ", ".join(message.content)
        self._tell(message, self._names.get(message.chat_id, "somebody"), what)

    def _tapped(self, chat: Chat, label: str) -> None:
        self._write(
            f"\n           {self._names.get(chat.id, 'somebody')} taps [ {label or 'an old button'} ]\n"
        )

    def _tell(self, message: Message, speaker: str, what: str) -> None:
        phone = self._names.get(message.chat_id, str(message.chat_id))
        at = f"{message.date.astimezone(self._zone):%H:%M}"
        lines = what.strip().splitlines() or [""]
        self._write(f"\n{at} {phone} · {speaker}\n")
        for line in lines:
            self._write(f"           {line}\n" if line else "\n")
