"""The machine when things go wrong: it dies and is started anew, and Telegram has its weather."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from bot.sandbox.methods import METHODS
from bot.service.field.evidence import work as evidence_work
from bot.service.installation import Installation
from bot.service.outbound import delivery
from bot.service.outbound.outgoing import Call, Outgoing, Result, State
from bot.twin.fate import Death, Fate, MortalStore
from bot.twin.invariants import Arrival
from bot.twin.machine import Machine, StillClock
from bot.twin.weather import Trouble, Weather

AGAIN = timedelta(seconds=30)  # after a call that is known not to have arrived


class MortalMachine(Machine):
    """A machine that dies and comes back. `arrivals` is what reached customers, told by Telegram's side."""

    def __init__(self, inst: Installation, clock: StillClock, fate: Fate, weather: Weather) -> None:
        super().__init__(inst, clock)
        object.__setattr__(inst, "store", MortalStore(inst.store, fate))
        self._fate, self._weather = fate, weather
        self.arrivals: list[Arrival] = []

    async def settle(self) -> None:
        """Let everything come of this moment, however often the process dies over it; in an outage nothing does."""
        if self._weather.outage(self.clock.now()) is not None:
            return
        await self.insists(super().settle)

    async def insists(self, order: Callable[[], Awaitable[None]]) -> None:
        """Give an order, and once more whenever the process has died over it."""
        while True:
            try:
                await order()
            except Death:
                await self._rise()
            else:
                return

    async def _rise(self) -> None:
        """Start anew, as the server does: what was half-sent is in doubt, and what was held is let go."""
        self._left_over = True  # what was kept may not have been handled
        self._fate.awake = False
        await delivery.recover(self.inst)
        await evidence_work.recover(self.inst)
        self._fate.awake = True

    async def keep(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep updates, some of which come twice. What is not kept when the process dies, Telegram gives once more."""
        await super().keep([*updates, *(one for one in updates if self._weather.comes_twice())])

    def call(self, row: Outgoing, call: Call) -> Result:
        """Call Telegram, in whatever weather."""
        trouble = self._weather.of_call()
        if trouble in (Trouble.TOO_MANY, Trouble.LOST_BEFORE):
            return Result(row.id, State.READY, fault=trouble, retry_at=self.clock.now() + AGAIN)
        self._fate.may_strike()
        result = super().call(row, call)
        if result.state is State.SENT and row.contact and call.method in SAYING:
            self.arrivals.append(Arrival(row.id, self.clock.now()))
        self._fate.may_strike()
        if trouble is Trouble.LOST_AFTER and result.state is State.SENT:
            if row.contact:
                return Result(row.id, State.UNKNOWN, fault=trouble)
            return Result(row.id, State.READY, fault=trouble, retry_at=self.clock.now() + AGAIN)
        return result


SAYING = frozenset(name for name in METHODS if name.startswith("send"))
