"""How fast may be sent: Telegram's budget as a pure calculation over a monotonic clock.

At most one message each 1/rate seconds for the whole bot, and in one chat a short burst and then one a second.
Paced at 29 a second with a burst of 1 there is no 429, whether the limit is a bucket or a strict second.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

LATE = 0.005  # seconds: a timer that wakes so late loses no time; what is later is not made up for
UNPACED = frozenset({"answerCallbackQuery", "getMe", "setMyCommands"})


@dataclass(slots=True)
class Pace:
    """Seconds of a monotonic clock; `rate` messages a second, None for an own API server without limits."""

    rate: float | None = 29.0
    chat_rate: float = 1.0
    chat_burst: float = 4.0
    _next: float = 0.0
    _lanes: dict[int, float] = field(default_factory=dict)
    _chats: dict[int, float] = field(default_factory=dict)

    def wait(self, now: float, lane: int, chat_id: int) -> float:
        """Return how many seconds this message must still wait; 0: it may go now."""
        if self.rate is None:
            return max(0.0, self._lanes.get(lane, 0.0) - now)
        free_at = max(self._next, self._lanes.get(lane, 0.0), self._chat_free_at(chat_id))
        return max(0.0, free_at - now)

    def wait_for_slot(self, now: float) -> float:
        """Return how many seconds until the bot as a whole may send again."""
        return 0.0 if self.rate is None else max(0.0, self._next - now)

    def _chat_free_at(self, chat_id: int) -> float:
        debt_until = self._chats.get(chat_id, 0.0)
        return debt_until - self.chat_burst / self.chat_rate + 1.0 / self.chat_rate

    def sent(self, now: float, chat_id: int) -> None:
        """Count a message."""
        if self.rate is None:
            return
        due = self._next if now - self._next < LATE else now
        self._next = due + 1.0 / self.rate
        self._chats[chat_id] = max(now, self._chats.get(chat_id, 0.0)) + 1.0 / self.chat_rate
        if len(self._chats) > 10_000:  # noqa: PLR2004 - forget the chats that owe nothing
            self._chats = {chat: until for chat, until in self._chats.items() if until > now}

    def struck(self, now: float, lane: int, seconds: float) -> None:
        """Telegram asked this lane to wait."""
        self._lanes[lane] = max(self._lanes.get(lane, 0.0), now + seconds)
        if self.rate is not None:
            self._next = max(self._next, now + 1.0 / self.rate)

    @property
    def lanes(self) -> Mapping[int, float]:
        """Until when each lane that was struck is closed."""
        return self._lanes
