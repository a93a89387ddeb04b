"""A payment that a customer says they made, found by a scheduler in the lender's own books."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.casework.money import coins_of
from bot.i18n import formats
from bot.service.conversations.scene import note
from bot.service.desk.payments import enter, instant_of
from bot.service.performances.done import Done
from bot.store import alerts, cases
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

TODAY, NONE = "today", "none"  # the choices of the script


async def record_payment(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Record what came in, once for each reference; what waited for it closes by itself."""
    batch, conversation = talk.batch, scene.conversation
    values = conversation.session.values
    item = await alerts.by_id(batch.tx, int(str(values["item"])))
    if item is None or item.closed_at is not None or item.taken_by != conversation.person_id:
        return Done("gone")
    case = await batch.case(item.case_id)
    today = batch.now.astimezone(ZoneInfo(case.timezone)).date()
    day = today if values["day"] == TODAY else date.fromisoformat(str(values["day"]))
    amount = coins_of(values["amount"], formats.currency_digits(case.currency))
    if amount <= 0 or day > today:
        return Done("refused")
    reference = None if values["reference"] == NONE else str(values["reference"])
    (held,) = await cases.hold_by_refs(batch.tx, [case.case_ref])
    paid_at, actor = instant_of(day, case.timezone), conversation.actor
    if await enter(batch, held, paid_at, amount, reference, actor) is None:
        return Done("known")
    batch.stale(case_id=case.id)
    note(scene, "item.matched", item=item.id, item_kind=item.kind)
    after = await alerts.by_id(batch.tx, item.id)
    return Done("kept" if after is None or after.closed_at is not None else "recorded")
