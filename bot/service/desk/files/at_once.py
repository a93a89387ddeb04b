"""What a file sets off at once: a hold for somebody who is vulnerable, word of a chat that is barred from now on."""

from collections.abc import Sequence
from datetime import datetime

from bot.service.conversations.batch import Batch
from bot.service.customer.holds import open_hold
from bot.service.desk.cases.holds import unfit
from bot.service.installation import Installation
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import messenger_barred
from bot.service.outbound.receipts import keep
from bot.store import holds
from bot.store.engine import Tx

VULNERABLE = "vulnerable"


async def set_off(
    inst: Installation, tx: Tx, now: datetime, batch_id: int, vulnerable: Sequence[int], moved: Sequence[int]
) -> None:
    """Put cases on hold whose customers the file tells to be `vulnerable`; look at the chats of those that `moved`.

    `moved` are cases whose customers have a chat and are under other rules now.
    """
    batch = Batch(inst, tx, now)
    for case_id in vulnerable:
        await _hold(batch, case_id, batch_id)
    for case_id in moved:
        await _look_at_chat(batch, case_id)
    await batch.changes.write(tx)


async def _hold(batch: Batch, case_id: int, batch_id: int) -> None:
    """Open the hold as the rules of the place have it, unless there is one."""
    case = await batch.case(case_id)
    known = {row.kind for row in await holds.active(batch.tx, case_id, batch.now)}
    if VULNERABLE not in known and await unfit(batch, case, VULNERABLE, None) is None:
        await open_hold(batch, batch.changes, case, VULNERABLE, by=holds.by_batch(batch_id))


async def _look_at_chat(batch: Batch, case_id: int) -> None:
    """Tell the scheduler where the messenger may not be used any more; nothing goes out there, as the gate sees to."""
    case = await batch.case(case_id)
    barred = messenger_barred(batch.inst, case, batch.now)
    if barred is not None:
        receipt_id = keep(batch.changes, barred, case_id=case_id)
        await tell_refused(batch, batch.changes, barred, receipt_id, case_id=case_id, visit_id=None)
