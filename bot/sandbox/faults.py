"""What can go wrong between the bot and Telegram, to be switched on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["drop_before", "drop_after", "delay", "server_error", "too_many", "gone"]
DOWNLOAD = "download"  # stands for a method where a file is fetched


@dataclass(slots=True)
class Fault:
    """Strikes the next `count` calls of `method` (any when empty) to `chat_id` (any when None).

    `drop_before`: the connection closes and nothing was done; `drop_after`: it was done, the answer is lost. Of a
    file that is fetched (`DOWNLOAD`) `drop_after` sends the first half, and `gone` knows it no more.
    """

    kind: Kind
    method: str = ""
    chat_id: int | None = None
    count: int = 1
    seconds: float = 0.0
    containing: str = ""
    on_strike: Callable[[], object] | None = None  # told at the moment at which the answer is lost

    def strikes(self, method: str, params: dict[str, Any]) -> bool:
        """Does it strike this call? Each strike uses one up."""
        fits = (
            self.count > 0
            and self.method in ("", method)
            and self.chat_id in (None, params.get("chat_id"))
            and self.containing in str(params.get("text", ""))
        )
        self.count -= fits
        return fits
