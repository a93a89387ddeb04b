"""What the services need of the messenger, told as a shape; `bot.telegram` fits it and `bot.app` puts it in."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.service.outbound.outgoing import Call
from flows.engine import SendPrompt

Button = tuple[str, str]  # label, and an action `verb:subject[:extra]` or an https link


class Calls(Protocol):
    """Builds calls. Every `html` is already escaped where it holds somebody's words."""

    def say(self, chat_id: int, html: str) -> Call:
        """Send a text; an open reply keyboard goes away."""

    def ask(
        self,
        chat_id: int,
        html: str,
        prompt: SendPrompt,
        labels: Mapping[str, str],
        session_id: int,
        edit: int | None = None,
    ) -> Call:
        """Send a prompt with its options labelled by id, or put it in place of message `edit`."""

    def close(self, chat_id: int, message_id: int) -> Call:
        """Take a prompt's buttons away."""

    def edit(self, chat_id: int, message_id: int, html: str) -> Call:
        """Put a text in place of an earlier one."""

    def answer(self, query_id: str, text: str = "") -> Call:
        """Answer a tap, silently or with a short notice."""

    def menu(
        self, chat_id: int, html: str, rows: Sequence[Sequence[Button]], edit: int | None = None
    ) -> Call:
        """Send a text with action buttons, or put it in place of message `edit`."""

    def quietly(self, call: Call) -> Call:
        """Let a message come without a sound."""

    def photo(self, chat_id: int, content: bytes, html: str) -> Call:
        """Send a picture (PNG) with a caption."""

    def document(self, chat_id: int, name: str, content: bytes, html: str) -> Call:
        """Send a file with a caption."""

    def original(self, chat_id: int, name: str, evidence_id: int, html: str) -> Call:
        """Send the original of a piece of evidence, as the file that it is."""

    def venue(self, chat_id: int, latitude: float, longitude: float, title: str, address: str) -> Call:
        """Send a map pin."""

    def aloud(self, html: str) -> str:
        """Mark a line that is to be said word for word."""

    def escape(self, words: str) -> str:
        """Make somebody's words safe to stand in html."""
