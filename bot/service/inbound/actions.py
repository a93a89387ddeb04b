"""Buttons outside any conversation: each verb with who may press it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.service.desk import import_chat, plan, queue, risk_chat
from bot.service.desk.timeline_chat import turn_history
from bot.service.field import day as field
from bot.service.field.heed import open_card
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import APPROVED, NO_LONGER_OPEN, NOT_YOURS
from bot.service.person import DESK_ROLES, FIELD_ROLES

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

Act = Callable[["Talk", Tap, ActionTap], Awaitable[str]]


class Action(NamedTuple):
    """What a verb does and which roles have it."""

    act: Act
    roles: tuple[str, ...]


async def act(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Do what the button says, if this person may; return the notice that the tap is answered with."""
    action = ACTIONS.get(reference.verb)
    if action is None:
        return talk.plain(NO_LONGER_OPEN)
    if talk.staff is None or talk.staff.role not in action.roles:
        return talk.plain(NOT_YOURS)
    await talk.secure()
    return await action.act(talk, tap, reference)


async def _visit(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    return await field.open_visit(talk, reference)


async def _approve(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Approve every proposed visit that is still free and lawful."""
    approved = await plan.approve(talk.batch)
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    await talk.say(APPROVED, count=len(approved))
    return ""


ACTIONS: Mapping[str, Action] = {
    "queue": Action(queue.turn_page, DESK_ROLES),
    "item": Action(queue.open_item, DESK_ROLES),
    "take": Action(queue.take, DESK_ROLES),
    "over": Action(queue.take_over, DESK_ROLES),
    "putback": Action(queue.put_back, DESK_ROLES),
    "resolve": Action(queue.resolve, DESK_ROLES),
    "again": Action(queue.send_again, DESK_ROLES),
    "casefile": Action(queue.case_of, DESK_ROLES),
    "accept": Action(import_chat.accept, DESK_ROLES),
    "decline": Action(import_chat.decline, DESK_ROLES),
    "undo": Action(import_chat.undo, DESK_ROLES),
    "history": Action(turn_history, DESK_ROLES),
    "approve": Action(_approve, DESK_ROLES),
    "visit": Action(_visit, FIELD_ROLES),
    "decide": Action(risk_chat.choose, DESK_ROLES),
    "treat": Action(risk_chat.treat, DESK_ROLES),
    "card": Action(open_card, FIELD_ROLES),
}
