"""A payment that a customer says they made, found by a scheduler in the lender's own books."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.casework.money import AmountRefused, to_minor
from bot.i18n import formats
from bot.service.conversations.turns import note
from bot.service.desk.payments import book, instant_of, payment_row
from bot.service.performances.done import Done
from bot.store import alerts, cases, payments
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.conversations.turns import Scene

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
    amount = _minor(values["amount"], formats.currency_digits(case.currency))
    if amount <= 0 or day > today:
        return Done("refused")
    reference = None if values["reference"] == NONE else str(values["reference"])
    (held,) = await cases.hold_by_refs(batch.tx, [case.case_ref])
    if reference is not None and await payments.known(batch.tx, [], [reference]):
        return Done("known")
    row = payment_row(case.id, instant_of(day, case.timezone), amount, reference, batch.now)
    await book(batch, [held], [row], f"person:{conversation.person_id}")
    batch.stale(case_id=case.id)
    note(scene, "item.matched", item=item.id, item_kind=item.kind)
    after = await alerts.by_id(batch.tx, item.id)
    return Done("kept" if after is None or after.closed_at is not None else "recorded")


def _minor(named: object, digits: int) -> int:
    """Return an amount in minor units; nothing for one that the currency has no coins for."""
    try:
        return to_minor(Decimal(str(named)), digits)
    except AmountRefused:
        return 0
