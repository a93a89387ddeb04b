"""The stand-in for Telegram and the people before it, in one process, obeying a word a line on standard input."""

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

from bot.sandbox.server import SandboxServer

Obey = Callable[[str], dict[str, Any]]


def percentile(sorted_ms: list[float], share: float) -> float:
    """Return a percentile of figures that are in order; 0 when there are none."""
    return sorted_ms[min(len(sorted_ms) - 1, int(len(sorted_ms) * share))] if sorted_ms else 0.0


def _tell(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


async def stand(server: SandboxServer, obey: Obey) -> None:
    """Serve; answer each word with a line of JSON, until standard input ends."""
    _tell({"url": await server.start()})
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        answer = obey(line.strip())
        await server.world.tell()
        _tell(answer | {"polls": server.world.calls["getUpdates"], "strikes": server.limits.strikes})
    await server.stop()
