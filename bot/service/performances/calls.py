"""Calling a customer who wants an answer: may it be now, and that it was."""

from typing import TYPE_CHECKING

from bot.service.desk import calls
from bot.service.desk.cases.looked import note_look
from bot.service.desk.rules.titles import title_of
from bot.service.outbound.gate import judge_other_way
from bot.service.outbound.receipts import keep
from bot.service.performances.done import Done
from flows.engine import Perform
from flows.rules import Channel, ContactOutcome, Outcome, Purpose

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

ENDINGS = {Outcome.ALLOWED: "allowed", Outcome.WAIT: "not_now", Outcome.REFUSED: "refused"}


async def may_call(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """May this customer be called now about what they asked? `call_rule` says what stands in the way.

    Whoever may is shown the number: that is a look at the case.
    """
    case = await talk.batch.case(scene.conversation.case_id or 0)
    verdict = await judge_other_way(talk.batch, case, Channel.PHONE, Purpose.ANSWER)
    note_look(talk, case.id)
    title = title_of(talk.batch.inst.catalogues, scene.locale, verdict)
    if verdict.outcome is not Outcome.ALLOWED:
        keep(talk.changes, verdict, case_id=case.id)
    return Done(ENDINGS[verdict.outcome], {"call_rule": title})


async def keep_call(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Keep the call with its outcome; it counts from here on."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    outcome = ContactOutcome(str(order.args["outcome"]))
    await calls.keep_call(talk, case, scene.conversation.visit_id, outcome, Purpose.ANSWER)
    return Done("done")
