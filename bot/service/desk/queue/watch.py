"""What nobody taps: links that stay closed, promises that no payment kept."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.i18n.text import T
from bot.service.audit_line import SYSTEM, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.colleagues import desk
from bot.service.desk.queue.alerts import alert
from bot.service.desk.queue.patience import patience_for
from bot.service.installation import Installation
from bot.service.outbound.colleague import tell
from bot.service.outbound.outgoing import Lane, Outgoing
from bot.store import alerts, cases, promises
from flows.rules import Waiting

LIMIT = 200  # items of a kind that one look raises
LOOK_EVERY = timedelta(hours=1)
WITH_A_PERSON = (
    "instalment_help",
    "paid_claim",
    "receipt_came",
    "hardship",
    "dispute",
    "representative",
)  # somebody looks at the payment already

DIGEST = T("queue/digest", "New in the queue: {count}. /queue shows them.")


@dataclass(slots=True)
class Looked:
    """What a look came to: how many items are new, whether more wait to be raised, what the sender can take."""

    raised: int = 0
    again: bool = False
    outgoing: list[Outgoing] = field(default_factory=list)


async def look(inst: Installation, *, hands_over: bool = False) -> Looked:
    """Raise an item for each link and promise that has waited too long, and tell the desk how many there are."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now(), hands_over)
        await batch.load([])
        found = [len(await _closed_links(batch)), len(await _broken_promises(batch))]
        looked = Looked(sum(found), again=LIMIT in found)
        if looked.raised:
            for person in await desk(batch):
                await tell(batch, batch.changes, person, DIGEST, lane=Lane.BULK, count=looked.raised)
        await batch.changes.write(tx)
        looked.outgoing = batch.changes.queued
    return looked


async def _closed_links(batch: Batch) -> list[int]:
    """Raise the cases whose link was sent long ago and not opened; again only after as long once more."""
    raised: list[int] = []
    for jurisdiction in batch.inst.library.packs:
        after = patience_for(batch.inst, jurisdiction, Waiting.LINK, batch.now)
        if after is not None:
            limit = LIMIT - len(raised)
            rows = await cases.unopened(batch.tx, jurisdiction, batch.now - after, "link_unopened", limit)
            for row in rows:
                await alert(batch, batch.changes, "link_unopened", case_id=row.id)
            raised += [row.id for row in rows]
    return raised


async def _broken_promises(batch: Batch) -> list[int]:
    """Close promises that no payment kept as broken; a person looks unless one already does."""
    raised: list[int] = []
    for row in await promises.past(batch.tx, batch.now.date(), WITH_A_PERSON, batch.now, LIMIT):
        case = await batch.case(row.case_id)
        grace = patience_for(batch.inst, case.jurisdiction, Waiting.PROMISE, batch.now)
        today = batch.now.astimezone(ZoneInfo(case.timezone)).date()
        if grace is None or today - row.due_on <= grace:
            continue
        await promises.close(batch.tx, row.id, "broken", batch.now)
        batch.changes.audit.append(
            audit_line(batch.now, SYSTEM, "promise.broken", About(case.id, row.visit_id))
        )
        if not await alerts.open_of_case(batch.tx, case.id, ["promise_unanswered"]):
            await alert(batch, batch.changes, "promise_broken", case_id=case.id)
            raised.append(case.id)
    return raised
