"""Buttons outside any conversation: each verb with who may press it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.service.desk import days_off, plan_cards
from bot.service.field import brief
from bot.service.field import day as field
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import CLOSED, NO_LONGER_OPEN, NOT_YOURS, SENT_AGAIN, TAKEN
from bot.service.person import DESK_ROLES, FIELD_ROLES
from bot.store import alerts, outbox

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


async def _take(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Take an alert, so that two schedulers do not work on the same one unknowingly."""
    if talk.staff is None:
        return ""
    taken = await alerts.take(talk.batch.tx, reference.subject_id, talk.staff.id, talk.batch.now)
    if taken:
        return ""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    if row is None or row.taken_by is None:
        return talk.plain(NO_LONGER_OPEN)
    holder = await talk.batch.person(row.taken_by)
    return talk.plain(TAKEN).format(name=holder.name)


async def _done(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Close an alert and take its buttons away."""
    closed = await alerts.close(talk.batch.tx, reference.subject_id, talk.batch.now)
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
    return talk.plain(CLOSED if closed else NO_LONGER_OPEN)


async def _again(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """A person decided that a message of unknown fate is to be sent again."""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    sent = (
        row is not None
        and row.subject_id is not None
        and await outbox.send_again(talk.batch.tx, row.subject_id, talk.batch.now)
    )
    await alerts.close(talk.batch.tx, reference.subject_id, talk.batch.now)
    return talk.plain(SENT_AGAIN if sent else NO_LONGER_OPEN)


async def _visit(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    return await field.open_visit(talk, reference)


ACTIONS: Mapping[str, Action] = {
    "take": Action(_take, DESK_ROLES),
    "done": Action(_done, (*DESK_ROLES, *FIELD_ROLES)),
    "again": Action(_again, DESK_ROLES),
    "approve": Action(plan_cards.approve_tapped, DESK_ROLES),
    "pick": Action(plan_cards.pick_tapped, DESK_ROLES),
    "other": Action(plan_cards.other_tapped, DESK_ROLES),
    "retime": Action(plan_cards.retime_tapped, DESK_ROLES),
    "leave": Action(plan_cards.leave_tapped, DESK_ROLES),
    "brief": Action(brief.brief_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "off": Action(days_off.off_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "on": Action(days_off.on_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "back": Action(days_off.back_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "visit": Action(_visit, FIELD_ROLES),
}
