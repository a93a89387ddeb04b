"""A running bot closes its days, and a command finds what somebody changed in the file behind its back."""

import asyncio
import json
import sqlite3
import sys
from datetime import timedelta
from typing import Any

from bot.sandbox.stage import Stage

TAMPER = "UPDATE audit SET actor = 'somebody' WHERE line = 1 AND case_id IS NOT NULL"
HEADER = "case_ref,name,phone,id_last4,jurisdiction,timezone,address,currency,outstanding,overdue_since"
ROW = "A-1,Ada Finch,+442079460101,482X,UK,Europe/London,12 Elm Grove,GBP,1240.50,2026-11-02"


async def verified(stage: Stage) -> tuple[int | None, dict[str, Any]]:
    """Return how `audit verify` ends and what it says."""
    words = (sys.executable, "-m", "bot", "audit", "verify", "--json")
    process = await asyncio.create_subprocess_exec(
        *words, env=stage.environment, cwd=stage.folder, stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(120):
        out, _ = await process.communicate()
    return process.returncode, json.loads(out)


async def test_a_day_is_closed_and_a_change_is_found(stage: Stage) -> None:
    """The bot makes the head of the day that is over; a line changed with the triggers gone is named, with exit 1."""
    await stage.doorstep("init")
    (stage.folder / "cases.csv").write_text(f"{HEADER}\n{ROW}\n")
    await stage.doorstep("import", "cases.csv")
    today = stage.now().date()
    stage.jump(stage.now() + timedelta(days=1))
    await stage.start_bot()
    found = await verified(stage)
    async with asyncio.timeout(180):
        while found[1]["heads"] == 0:
            found = await verified(stage)
    assert (found[0], found[1]["day"], found[1]["whole"]) == (0, today.isoformat(), True)
    assert await stage.stop_bot() == 0

    with sqlite3.connect(next((stage.folder / "data").glob("*.sqlite3"))) as database:
        database.execute("DROP TRIGGER audit_refuses_update")
        database.execute(TAMPER)
    database.close()

    code, said = await verified(stage)
    assert (code, said["case_ref"], said["where"], said["what"]) == (1, "A-1", "line 1", "changed")
