"""Runs the benchmarks and writes their tables: `python -m tests.bench [--quick] [SECTION ...]`.

The sections are checklist, kill, broadcast, alarm, timers, planning, intake, rules and page. A full run takes about a
quarter of an hour and writes RESULTS.md and results.json; a section that is run alone replaces its own figures there.
`--quick` shows that everything runs; its figures mean nothing and are only printed.
"""

import json
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench import alarm, broadcast, checklist, intake, kill, page, planning, rules, timers

RESULTS = Path(__file__).with_name("RESULTS.md")
FIGURES = Path(__file__).with_name("results.json")
PACKAGES = ("python-telegram-bot", "aiogram", "aiohttp", "httptools", "uvloop", "SQLAlchemy", "APScheduler")
HEAD = """# Figures

Made by `python -m tests.bench` (`pip install -e '.[bench]'` first). Medians, with the range of the rounds behind them.
Ratios are of the same round, and the order of the bots rotates: machines differ and are shared, so a ratio says more
than an absolute figure, and a difference of a fifth says nothing. People and their stand-in for Telegram are one
process, each bot is another; they speak plain HTTP over the loopback interface.
"""
SECTIONS = {
    "checklist": (
        "The ten-step checklist: each press answered, the next step shown in place",
        checklist.section,
    ),
    "kill": ("The same, killed under full load and started again", kill.section),
    "broadcast": ("A broadcast while one person a second taps a button", broadcast.section),
    "alarm": ("A call for help while 3,000 messages wait for customers", alarm.section),
    "timers": ("Timers that wait", timers.section),
    "planning": ("A week's plan", planning.section),
    "intake": ("A lender's file of 100,000 rows, read and checked", intake.section),
    "rules": ("One question to the rules", rules.section),
    "page": ("The demo's page in a browser, the whole system behind it", page.section),
}


def machine() -> str:
    """Return what the figures were measured on."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {versions}."


def _known() -> dict[str, Any]:
    """Return the sections that were measured earlier."""
    return dict(json.loads(FIGURES.read_text("utf-8"))) if FIGURES.exists() else {}


def _page(sections: dict[str, Any]) -> str:
    parts = [HEAD, machine()]
    parts += [
        f"\n## {SECTIONS[name][0]}\n\n{sections[name]['text']}" for name in SECTIONS if name in sections
    ]
    return "\n".join(parts) + "\n"


def main(words: list[str]) -> None:
    """Run what was asked for; print it, and write it down unless it was a quick look."""
    quick = "--quick" in words
    wanted = [word for word in words if word != "--quick"]
    if not {*wanted} <= {*SECTIONS}:
        sys.exit(str(__doc__))
    wanted = wanted or list(SECTIONS)
    sections = {} if quick else _known()
    for name in wanted:
        text, figures = SECTIONS[name][1](quick=quick)
        sections[name] = {"text": text, "figures": figures}
        if not quick:
            FIGURES.write_text(json.dumps(sections, indent=1) + "\n", "utf-8")
            RESULTS.write_text(_page(sections), "utf-8")
    sys.stdout.write(_page(sections))


if __name__ == "__main__":
    main(sys.argv[1:])
