"""Taking a whole file back, as long as nothing has been sent from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.service.audit_line import CLI, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.invites import CUSTOMER_VALID
from bot.service.desk.payments import AWAIT_PAYMENT
from bot.service.desk.queue.alerts import alert
from bot.service.installation import Installation
from bot.store import alerts, audit, batch_cases, batches


@dataclass(frozen=True, slots=True)
class Undone:
    """How it went. `obstacles`, kind to number of cases: why nothing was done. `reopened` promises are open again."""

    cases: int = 0
    reopened: int = 0
    obstacles: Mapping[str, int] = field(default_factory=dict)


async def take_back(inst: Installation, batch_id: int, actor: str = CLI) -> Undone | None:
    """Make everything as it was before a batch, in one transaction, or nothing; None for one that cannot be undone.

    The cases are held meanwhile, so that nothing can go out to them between the look and the deed.
    """
    async with inst.store.begin() as tx:
        now = inst.clock.now()
        row = await batches.by_id(tx, batch_id)
        if row is None or row.state not in (*batches.UNDOABLE, "undoing"):
            return None
        count = await batch_cases.lock_cases(tx, batch_id)
        obstacles = await batch_cases.obstacles(tx, row, row.created_at + CUSTOMER_VALID)
        if obstacles:
            await batches.change(tx, batch_id, state="taken", held_until=None)
            return Undone(obstacles=obstacles)
        waited = await alerts.settled_with_batch(tx, row, AWAIT_PAYMENT)
        reopened = await batch_cases.take_back(tx, batch_id, now)
        await batches.change(tx, batch_id, state="undone", undone_at=now, held_until=None)
        await audit.append(tx, [audit_line(now, actor, "batch.undone", batch=batch_id, cases=count)])
        batch = Batch(inst, tx, now)
        for case_id in reopened:
            await alert(batch, batch.changes, "promise_reopened", case_id=case_id)
        for item in waited:
            await alert(batch, batch.changes, item.kind, case_id=item.case_id, visit_id=item.visit_id)
        await batch.changes.write(tx)
    return Undone(count, len(reopened))
