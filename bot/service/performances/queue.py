"""What a scheduler does about an item of the queue: answer the customer, close it with a note."""

from typing import TYPE_CHECKING

from bot.i18n.text import T
from bot.service.conversations.scene import note
from bot.service.desk.queue.card import NOTE_PLACE
from bot.service.desk.queue.shown import refresh
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel
from bot.service.performances.done import Done
from bot.store import alerts
from flows.engine import Perform
from flows.rules import Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


ANSWER = T(
    "answer/message",
    "{name} of {creditor} answers you:\n\n{words}\n\nIf that leaves a question, please reach us here: {contact}",
)
WHAT_CAME_OF_IT = {Outcome.ALLOWED: "sent", Outcome.WAIT: "later", Outcome.REFUSED: "refused"}


async def send_answer(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Send the scheduler's own words into the customer's chat, at an hour and under holds as the rules allow it."""
    batch, conversation = talk.batch, scene.conversation
    row = await alerts.by_id(batch.tx, int(str(conversation.session.values["item"])))
    if row is None or row.closed_at is not None or row.taken_by != conversation.person_id:
        return Done("gone")
    case = await batch.case(row.case_id)
    if case.chat_id is None or case.identified_at is None:
        return Done("no_chat")
    customer = await talk.elsewhere(case.chat_id)
    html = customer.text(
        ANSWER,
        name=(await batch.person(conversation.person_id or 0)).name,
        words=conversation.session.values["answer_words"],
        creditor=batch.inst.settings.creditor,
        contact=batch.inst.settings.contact,
    )
    call = batch.inst.calls.say(case.chat_id, html)
    parcel = Parcel(call, scene.key(), case.chat_id, Lane.REMINDERS, Purpose.ANSWER, unasked=True)
    verdict = await to_customer(batch, talk.changes, case, parcel)
    note(scene, "item.answered", item=row.id, item_kind=row.kind)
    return Done(WHAT_CAME_OF_IT[verdict.outcome])


async def resolve_item(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Close the item if it still is this person's to close; the note is sealed under the case's key."""
    batch, conversation = talk.batch, scene.conversation
    values = conversation.session.values
    row = await alerts.by_id(batch.tx, int(str(values["item"])))
    if row is None:
        return Done("gone")
    sealed = batch.inst.vault.seal(conversation.key_id, str(values["note"]).encode(), NOTE_PLACE)
    was = values.get("alarm_was")
    verdict = str(was) if was is not None else None
    person_id = conversation.person_id or 0
    settled = await alerts.settle(batch.tx, row.id, person_id, sealed, batch.now, verdict=verdict)
    await refresh(batch, talk.changes, row.id)
    if not settled:
        return Done("gone")
    note(scene, "item.resolved", item=row.id, item_kind=row.kind, **({"verdict": verdict} if verdict else {}))
    return Done("done")
