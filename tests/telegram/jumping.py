"""An event loop whose clock jumps to the next thing to do: minutes of waiting pass in no time, and always alike."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

TICK = 1e-7  # seconds: something passes with every look, as on any real clock


class _Selector(selectors.SelectSelector):
    """Instead of waiting it moves the clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise RuntimeError("everything waits for something that will never come")
        self.now += max(timeout, TICK)
        return super().select(0)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Its time is simulated seconds since it was made."""

    def __init__(self) -> None:
        self._jumping = _Selector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return the simulated time."""
        return self._jumping.now


def play(story: Coroutine[Any, Any, None], loop: JumpingLoop) -> None:
    """Run a coroutine to its end in simulated time."""
    try:
        loop.run_until_complete(story)
    finally:
        loop.close()
