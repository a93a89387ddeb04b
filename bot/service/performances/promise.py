"""A promise to pay, as the customer named it."""

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.casework.money import coins_of
from bot.i18n import formats
from bot.ids import new_id
from bot.service.conversations.scene import note
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.desk.queue.claim_card import KINDS as CLAIMS
from bot.service.performances.done import Done
from bot.store import promises
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


async def make_promise(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Take the promise down if its day lies ahead and it asks for no more than is outstanding."""
    values = scene.conversation.session.values
    case = await talk.batch.case(scene.conversation.case_id or 0)
    digits = formats.currency_digits(case.currency)
    amount = coins_of(values["promise_amount"], digits)
    due_on = date.fromisoformat(str(values["promise_date"]))
    today = talk.batch.now.astimezone(ZoneInfo(case.timezone)).date()
    if due_on < today or not 0 < amount <= case.outstanding:
        return Done("not_lawful")
    row = {
        "id": new_id(),
        "case_id": case.id,
        "visit_id": scene.conversation.visit_id,
        "amount": amount,
        "due_on": due_on,
        "status": "open",
        "created_at": talk.batch.now,
    }
    await promises.replace_open(talk.batch.tx, row)
    note(scene, "promise.made", due_on=due_on.isoformat())
    return Done("done")


async def mark_paid_claim(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer says they have paid: a person checks."""
    await alert(talk.batch, talk.changes, "paid_claim", case_id=scene.conversation.case_id or 0)
    return Done("done")


async def withdraw_paid_claim(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer was mistaken: nobody need look for that payment any more."""
    await settle_itself(talk.batch, talk.changes, scene.conversation.case_id or 0, *CLAIMS)
    return Done("done")
