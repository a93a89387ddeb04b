"""`python -m bot.sandbox`: the stand-in as a process of its own; prints its URL as a line of JSON when it is ready."""

import argparse
import asyncio
import json
import signal
import sys

from bot.sandbox.limits import Limits
from bot.sandbox.server import SandboxServer
from bot.sandbox.world import TOKEN, World


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM."""
    server = SandboxServer(World(), token=arguments.token, latency=arguments.latency_ms / 1000)
    server.limits = Limits(arguments.limit)
    url = await server.start(arguments.port)
    sys.stdout.write(json.dumps({"url": url, "token": arguments.token}) + "\n")
    sys.stdout.flush()
    stopped = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopped.set)
    await stopped.wait()
    await server.stop()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--limit", choices=("off", "bucket", "window"), default="off")
    parser.add_argument("--latency-ms", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args()))


main()
