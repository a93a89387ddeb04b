"""Who does what waits: everything that the server's loops do, by the name of what waits for it.

Each of them looks for work itself; here they are asked only when there is some, which `waiting` finds out at once.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.service.archive import their_data_work
from bot.service.desk.evaluation import work as evaluation_work
from bot.service.desk.files import work as files_work
from bot.service.desk.planning.planner import make_waiting
from bot.service.desk.reminders import previews
from bot.service.field import pack_work, report_work
from bot.service.installation import Installation
from bot.service.solutions import paper_work
from bot.store import batches, evidence, plan_runs, reminders, upcoming
from bot.store.timers import SLOW

MESSAGE, TIMER, PLAN, PREVIEW, FILE, EVIDENCE = "message", "timer", "plan", "preview", "file", "evidence"

Work = Callable[[Installation], Awaitable[Any]]
MAKERS: Mapping[str, Work] = {
    PLAN: make_waiting,
    PREVIEW: previews.work,
    "report": report_work.work,
    "visit_pack": pack_work.work,
    "agreement_paper": paper_work.work,
    "their_data": their_data_work.work,
    "evaluation": evaluation_work.work,
}


async def waiting(inst: Installation) -> list[str]:
    """Return what waits to be done at this instant: timers and messages, else papers by their names and the rest."""
    now, wall = inst.clock.now(), inst.clock.wall()
    async with inst.store.read() as tx:
        due = await upcoming.due(tx, now)
        papers = [name for name in SLOW if name in due]
        quick = [TIMER] if due - {MESSAGE, *SLOW} else []
        quick += [MESSAGE] if MESSAGE in due else []
        if quick:
            return quick
        found = [PLAN] if await plan_runs.waiting(tx) else []
        found += [PREVIEW] if await reminders.next_to_look(tx) else []
        found += [FILE] if await batches.work_waits(tx, now - files_work.ANSWERED_WITHIN) else []
        return found + papers + ([EVIDENCE] if await evidence.waits(tx, now, wall) else [])
