"""A visit that not both have checked out of: a day after its end nobody is at that door any more.

The visit ends then, and what follows a visit begins; else its case would never be visited again, and a promise made at
the door never be reminded of. The alarm about the team is not touched: it is for a person to close.
"""

from datetime import timedelta
from typing import Any

from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.customer.follow_up import start_follow_up
from bot.service.field.report_work import ask_for_report
from bot.service.field.watch import expected_end
from bot.service.timer_row import timer_row
from bot.store import timers, visits

KIND = "visit_over"
AFTER = timedelta(days=1)  # as long as the team's own conversations wait


async def expect_end(batch: Batch, visit: Any) -> None:
    """Set the timer that ends this visit in any case, by its expected end."""
    await timers.cancel_subject(batch.tx, KIND, visit.id)
    await timers.put(
        batch.tx, [timer_row(KIND, visit.id, expected_end(visit) + AFTER, "over", visit.sequence)]
    )


async def end_visit(batch: Batch, row: Any) -> bool:
    """End a visit that has not ended; how it went stays as far as somebody has said it."""
    if not await visits.move_status(batch.tx, row.subject_id, visits.GOING_ON, "ended"):
        return True
    batch.stale(visit_id=row.subject_id)
    visit = await batch.visit(row.subject_id)
    batch.changes.audit.append(audit_line(batch.now, SYSTEM, "visit.over", About(visit.case_id, visit.id)))
    collector = await batch.person(visit.collector_id)
    if collector.chat_id is not None:
        await batch.load([collector.chat_id])
        await start_follow_up(Talk(batch, collector.chat_id, changes=batch.changes), visit)
    await ask_for_report(batch.tx, visit.id, batch.now)
    return True
