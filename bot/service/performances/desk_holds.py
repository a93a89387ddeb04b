"""A scheduler opens or lifts a hold, as the conversation described it."""

from datetime import date
from typing import TYPE_CHECKING

from bot.service.customer.holds import lift_hold, open_hold
from bot.service.desk.cases.holds import end_of_day, unfit
from bot.service.performances.done import Done
from bot.store import holds
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


async def desk_hold(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Open the hold that the scheduler described, if the rules know it."""
    values, conversation = scene.conversation.session.values, scene.conversation
    case = await talk.batch.case(conversation.case_id or 0)
    chosen, said = str(values["hold_until"]), str(values["hold_note"])
    day = None if chosen == "rules" else date.fromisoformat(chosen)
    kind, until = str(values["hold_kind"]), end_of_day(day, case.timezone)
    why = await unfit(talk.batch, case, kind, until)
    if why is not None:
        return Done(why.code)
    note = "" if said == "skip" else said
    by = conversation.actor
    await open_hold(talk.batch, talk.changes, case, kind, by=by, until=until, note=note)
    return Done("held")


async def desk_lift(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Lift the hold with the reason that was given."""
    values = scene.conversation.session.values
    row = await holds.by_id(talk.batch.tx, int(str(values["hold"])))
    by = scene.conversation.actor
    reason = str(values["lift_reason"])
    lifted = row is not None and await lift_hold(talk.batch, talk.changes, row, by=by, reason=reason)
    return Done("lifted" if lifted else "gone")
