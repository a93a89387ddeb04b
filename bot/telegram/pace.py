"""How fast may be sent: Telegram's budget as a pure calculation over a monotonic clock.

The budget is a number of places, as many as messages are allowed in a second. A call holds its place from when it
leaves until one second after its answer came. The server counts it somewhere between the two, so that two calls in
one place are counted at least a second apart: no second at the server, wherever it begins, holds more calls than
there are places, however long their ways take. A bucket of that size cannot overflow either.

Slow lanes leave one place free and take theirs evenly, so that a reply finds a place at once, and where several come
together waits for no more than the next place that comes free.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from bot.service.outbound.outgoing import SLOW

SECOND = 1.0  # over which Telegram counts
LATE = 0.005  # seconds: a timer that wakes so late loses no time; what is later is not made up for
UNPACED = frozenset({"answerCallbackQuery", "getMe", "setMyCommands"})


@dataclass(slots=True)
class Places:
    """The places that calls hold: while they are under way, and for a second after each answer."""

    under_way: int = 0
    resting: deque[float] = field(default_factory=deque)  # until when, soonest first

    def left_resting(self, now: float) -> list[float]:
        """Return until when those rest that still do."""
        return [until for until in self.resting if until > now]

    def rest(self, now: float) -> None:
        """An answer came."""
        while self.resting and self.resting[0] <= now:
            self.resting.popleft()
        self.under_way -= 1
        self.resting.append(now + SECOND)


def free_at(now: float, under_way: int, resting: Sequence[float], room: int) -> float:
    """Return from when on fewer than `room` places are held; infinite while that depends on an answer."""
    excess = under_way + len(resting) - room
    if excess < 0:
        return now
    return resting[excess] if excess < len(resting) else inf


@dataclass(slots=True)
class Pace:
    """Seconds of a monotonic clock; `limit` messages in a second, None for an own API server without limits."""

    limit: int | None = 30
    chat_rate: float = 1.0
    chat_burst: float = 4.0
    _quick: Places = field(default_factory=Places)
    _slow: Places = field(default_factory=Places)
    _slow_from: float = 0.0
    _lanes: dict[int, float] = field(default_factory=dict)
    _chats: dict[int, float] = field(default_factory=dict)

    def wait(self, now: float, lane: int, chat_id: int) -> float:
        """Return how many seconds this message must still wait; 0: it may go now; infinite: for an answer."""
        if self.limit is None:
            return max(0.0, self._lanes.get(lane, 0.0) - now)
        wait = max(self._lanes.get(lane, 0.0), self._chat_free_at(chat_id)) - now
        return max(0.0, wait, self.wait_for_place(now, lane))

    def wait_for_place(self, now: float, lane: int) -> float:
        """Return how many seconds until a call of this lane finds a place; infinite: for an answer."""
        if self.limit is None:
            return 0.0
        quick, slow, room = self._quick, self._slow, max(1, self.limit - 1)
        resting = slow.left_resting(now)
        taken_ahead = max(0, slow.under_way + len(resting) - room)  # in places that come free by then
        held = sorted([*quick.left_resting(now), *resting[taken_ahead:]])
        place_at = free_at(now, quick.under_way + slow.under_way, held, self.limit)
        if lane in SLOW:
            place_at = max(place_at, free_at(now, slow.under_way, resting, room), self._slow_from)
        return max(0.0, place_at - now)

    def is_crowded(self, now: float) -> bool:
        """Are most places held, so that the budget, and not what there is to send, sets the pace?"""
        if self.limit is None:
            return False
        places = (self._quick, self._slow)
        return 2 * sum(one.under_way + len(one.left_resting(now)) for one in places) > self.limit

    def _chat_free_at(self, chat_id: int) -> float:
        debt_until = self._chats.get(chat_id, 0.0)
        return debt_until - self.chat_burst / self.chat_rate + 1.0 / self.chat_rate

    def take(self, at: float, lane: int, chat_id: int) -> None:
        """Take the place of a message that leaves at `at`, which may be as far ahead as `wait` said."""
        if self.limit is None:
            return
        self._places(lane).under_way += 1
        if lane in SLOW:
            due = self._slow_from if at - self._slow_from < LATE else at
            self._slow_from = due + SECOND / self.limit
        self._chats[chat_id] = max(at, self._chats.get(chat_id, 0.0)) + 1.0 / self.chat_rate
        if len(self._chats) > 10_000:  # noqa: PLR2004 - forget the chats that owe nothing
            self._chats = {chat: until for chat, until in self._chats.items() if until > at}

    def answered(self, now: float, lane: int) -> None:
        """Its answer came, or will not come: its place is free a second later."""
        if self.limit is not None:
            self._places(lane).rest(now)

    def _places(self, lane: int) -> Places:
        return self._slow if lane in SLOW else self._quick

    def struck(self, now: float, lane: int, seconds: float) -> None:
        """Telegram asked this lane to wait."""
        self._lanes[lane] = max(self._lanes.get(lane, 0.0), now + seconds)

    @property
    def lanes(self) -> Mapping[int, float]:
        """Until when each lane that was struck is closed."""
        return self._lanes
