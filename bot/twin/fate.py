"""When the process dies: at the edges of a transaction or of a call to Telegram.

No other moment differs from these: within a transaction a death undoes it, as one just before its commit does, and
between them nothing is remembered but by the database and by Telegram.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random
from typing import Any

from bot.store.engine import Store, Tx


class Death(BaseException):
    """The process is gone. Nobody but whoever starts it anew may catch this."""


class Fate:
    """Kills the process now and then: `share` of the moments at which it could die."""

    def __init__(self, random: Random, share: float) -> None:
        self._random, self._share = random, share
        self.deaths = 0
        self.awake = True  # nothing dies while the twin itself looks on

    def may_strike(self) -> None:
        """Die here, or not. Raises `Death`."""
        if self.awake and self._share and self._random.random() < self._share:
            self.deaths += 1
            raise Death


class MortalStore:
    """A database whose user may die just before a commit, or just after it."""

    def __init__(self, store: Store, fate: Fate) -> None:
        self._store, self._fate = store, fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    @asynccontextmanager
    async def begin(self, *, patient: bool = False) -> AsyncIterator[Tx]:
        """Open a writing transaction, as `Store.begin` does."""
        async with self._store.begin(patient=patient) as tx:
            yield tx
            self._fate.may_strike()
        self._fate.may_strike()
