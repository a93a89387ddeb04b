"""What a team put on record at the door on a customer's word: told in their own chat, with how to correct it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.i18n.text import T
from bot.ids import new_id
from bot.service.desk.cases.casefile import CaseFile
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel
from flows.rules import Purpose
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

RECORDED: Mapping[str, Text] = {
    "stop": T(
        "recorded/stop",
        "Our team wrote down at your door that you want to hear no more from us. So nobody visits you, and you get no "
        "more messages here. If that is not what you meant, write /start. To talk to a person: {contact}",
    ),
    "asked_to_leave": T(
        "recorded/asked_to_leave",
        "Our team was asked to leave at your door, and is leaving. Until a person at {creditor} has looked at it, "
        "nobody visits you, and we do not write to you unless you write to us. If it was different, or you want it "
        "different, tell us with /complain. To talk to a person: {contact}",
    ),
}


async def tell_recorded(talk: "Talk", case: CaseFile, kind: str) -> None:
    """Tell a customer of a hold that a team opened, where there is something to say: it is the hold's one confirmation.

    Only in a chat in which they have shown who they are, and as far as the rules allow it.
    """
    if kind not in RECORDED or case.chat_id is None or case.identified_at is None:
        return
    customer = await talk.elsewhere(case.chat_id)
    chat = talk.batch.chat(case.chat_id)
    if chat is None or chat.unreachable_at is not None:
        return
    settings = talk.batch.inst.settings
    html = customer.text(RECORDED[kind], creditor=settings.creditor, contact=settings.contact)
    parcel = Parcel(
        call=talk.batch.inst.calls.say(case.chat_id, html),
        key=f"h{new_id()}",
        chat_id=case.chat_id,
        lane=Lane.CONFIRMATIONS,
        purpose=Purpose.OPT_OUT_CONFIRMATION,
        unasked=True,
    )
    await to_customer(talk.batch, talk.changes, case, parcel)
