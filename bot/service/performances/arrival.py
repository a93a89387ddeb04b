"""On the way and at the door: the customer is told, and both sides prove themselves by the visit code."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.casework.visit_code import same_digits
from bot.service.conversations.scene import note
from bot.service.customer.coming import announce_team
from bot.service.customer.stop import cancel_visits
from bot.service.desk.queue.alerts import alert
from bot.service.field.code import code_of
from bot.service.outbound.texts import CALLED_OFF, WRONG_CODE
from bot.service.performances.done import Done
from bot.store import visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk
    from flows.script import Text

SET_OUT = timedelta(
    hours=3
)  # how long before the visit the customer may be told that somebody is on their way


async def set_out(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The team is on its way; the customer is told with names and code."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    if visit.status not in visits.GOING_ON:
        return Done("closed")
    if talk.batch.now < visit.starts_at - SET_OUT:
        return Done("too_early")
    note(scene, "visit.set_out")
    return Done("done" if await announce_team(talk, visit) else "not_possible")


async def check_code(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Compare what the person at the door answered with the customer's half."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    given = str(scene.conversation.session.values["code"])
    right = same_digits(given, code_of(talk.batch.inst, visit).customer)
    note(scene, "visit.code_right" if right else "visit.code_wrong")
    return Done("right" if right else "wrong")


async def report_wrong_code(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The people at the customer's door do not know the code: every scheduler is alerted, the team stays outside."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    note(scene, "visit.code_disputed")
    await alert(talk.batch, talk.changes, "wrong_code", case_id=visit.case_id, visit_id=visit.id)
    await _tell_team(talk, visit, WRONG_CODE)
    return Done("done")


async def call_off(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer does not want the visit after all; before the door it is cancelled, there the team is told to go."""
    visit = await talk.batch.visit(scene.conversation.visit_id or 0)
    await cancel_visits(talk.batch, talk.changes, visit.case_id, "called_off")
    note(scene, "visit.called_off")
    await alert(talk.batch, talk.changes, "called_off", case_id=visit.case_id, visit_id=visit.id)
    await _tell_team(talk, visit, CALLED_OFF)
    return Done("at_the_door" if visit.status == "under_way" else "done")


async def _tell_team(talk: "Talk", visit: Any, text: "Text") -> None:
    for person_id in (visit.collector_id, visit.safety_officer_id):
        person = await talk.batch.person(person_id)
        if person.chat_id is not None:
            colleague = await talk.elsewhere(person.chat_id)
            await colleague.say(text)
