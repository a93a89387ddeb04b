"""The co-signed account of a visit: each side's answers are kept beside the other's, never in their place."""

from typing import TYPE_CHECKING

from bot.service.conversations.scene import note
from bot.service.desk.queue.alerts import alert
from bot.service.field.report_work import ask_for_report
from bot.service.performances.done import Done
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

FACTS = ("when", "who", "conduct", "offered", "agreed")


async def keep_account(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Note which facts this side remembers differently; a person looks at it when there are any."""
    conversation = scene.conversation
    values = conversation.session.values
    different = [fact for fact in FACTS if values.get(f"account_{fact}") == "no"]
    note(scene, "account.given", different=different)
    if conversation.person_id is None and conversation.visit_id is not None:
        await ask_for_report(talk.batch.tx, conversation.visit_id, talk.batch.now)
    if not different:
        return Done("agrees")
    await alert(
        talk.batch,
        talk.changes,
        "account_differs",
        case_id=conversation.case_id or 0,
        visit_id=conversation.visit_id,
    )
    return Done("differs")
