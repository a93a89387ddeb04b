"""Telegram's limits, as a bucket or as a strict second: which of the two it uses is not published."""

import time
from collections import deque
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from bot.sandbox.refusal import Refusal

RETRY_AFTER = 3  # seconds
COUNTED = ("send", "edit", "copy", "forward")  # what makes a message or changes one
FREE = frozenset({"sendChatAction"})


def counts(method: str) -> bool:
    """Is a call of this method one of the messages that are limited?"""
    return method.startswith(COUNTED) and method not in FREE


@dataclass(slots=True)
class Limits:
    """`per_second` messages for the whole bot, 0 for none.

    A strike closes the door for `RETRY_AFTER` seconds; knocking meanwhile is a strike, too, but does not prolong it.
    """

    model: Literal["off", "bucket", "window"] = "off"
    per_second: int = 30
    strikes: int = 0
    _level: float = 0.0
    _seen_at: float = 0.0
    _recent: deque[float] = field(default_factory=deque)
    _closed_until: float = 0.0

    def spend(self, method: str) -> None:
        """Count a call. Raises a 429 when it is one too many."""
        if self.model == "off" or not counts(method):
            return
        now = time.monotonic()
        if now >= self._closed_until and self._fits(now):
            return
        if now >= self._closed_until:
            self._closed_until = now + RETRY_AFTER
        self.strikes += 1
        left = ceil(self._closed_until - now)
        raise Refusal(429, f"Too Many Requests: retry after {left}", left)

    def _fits(self, now: float) -> bool:
        if self.model == "bucket":
            self._level = max(0.0, self._level - (now - self._seen_at) * self.per_second)
            self._seen_at = now
            self._level += 1
            return self._level <= self.per_second
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        self._recent.append(now)
        return len(self._recent) <= self.per_second
