"""Buttons outside any conversation: each verb with who may press it."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.service.desk import board
from bot.service.desk.cases import holds_chat
from bot.service.desk.cases.timeline_chat import turn_history
from bot.service.desk.files import chat as import_chat
from bot.service.desk.planning import cards as plan_cards
from bot.service.desk.planning import days_off
from bot.service.desk.planning.by_phone import agree_by_phone, note_call
from bot.service.desk.queue import approvals, claims, drill
from bot.service.desk.queue import chat as queue
from bot.service.desk.reminders import chat as remind
from bot.service.desk.risk import chat as risk_chat
from bot.service.desk.rules.why import why
from bot.service.field import brief
from bot.service.field import day as field
from bot.service.field.evidence import section as evidence
from bot.service.field.heed import open_card
from bot.service.field.pack_work import pack_tapped
from bot.service.field.well import more, sos_tapped, well
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, NOT_YOURS
from bot.service.person import DESK_ROLES, FIELD_ROLES
from bot.service.solutions.chat import ask_take_back

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

Act = Callable[["Talk", Tap, ActionTap], Awaitable[str]]


CUSTOMER = "customer"  # whoever is not staff: what they may do is looked at by what it is about


class Action(NamedTuple):
    """What a verb does and which roles have it."""

    act: Act
    roles: tuple[str, ...]


async def act(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Do what the button says, if this person may; return the notice that the tap is answered with."""
    action = ACTIONS.get(reference.verb)
    if action is None:
        return talk.plain(NO_LONGER_OPEN)
    role = talk.staff.role if talk.staff is not None else CUSTOMER
    if role not in action.roles:
        return talk.plain(NOT_YOURS)
    await talk.secure()
    return await action.act(talk, tap, reference)


async def _visit(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    return await field.open_visit(talk, reference)


ACTIONS: Mapping[str, Action] = {
    "queue": Action(queue.turn_page, DESK_ROLES),
    "item": Action(queue.open_item, DESK_ROLES),
    "take": Action(queue.take, DESK_ROLES),
    "over": Action(queue.take_over, DESK_ROLES),
    "putback": Action(queue.put_back, DESK_ROLES),
    "resolve": Action(queue.resolve, DESK_ROLES),
    "hold": Action(holds_chat.ask_hold, DESK_ROLES),
    "lift": Action(holds_chat.ask_lift, DESK_ROLES),
    "again": Action(queue.send_again, DESK_ROLES),
    "senddata": Action(queue.send_data, DESK_ROLES),
    "answeritem": Action(queue.answer, DESK_ROLES),
    "phoneplan": Action(queue.plan_by_phone, DESK_ROLES),
    "matchpayment": Action(claims.match, DESK_ROLES),
    "notfound": Action(claims.not_found, DESK_ROLES),
    "casefile": Action(queue.case_of, DESK_ROLES),
    "stopitem": Action(queue.stop_case_of, DESK_ROLES),
    "reminditem": Action(queue.remind_case_of, DESK_ROLES),
    "board": Action(board.back, DESK_ROLES),
    "stage": Action(board.stage, DESK_ROLES),
    "today": Action(board.today, DESK_ROLES),
    "waits": Action(board.waits, DESK_ROLES),
    "showcase": Action(board.show_case, DESK_ROLES),
    "stopcase": Action(queue.stop_case, DESK_ROLES),
    "remindset": Action(remind.preview_set, DESK_ROLES),
    "remindgo": Action(remind.send, DESK_ROLES),
    "remindno": Action(remind.drop, DESK_ROLES),
    "why": Action(why, DESK_ROLES),
    "byphone": Action(agree_by_phone, DESK_ROLES),
    "called": Action(note_call, DESK_ROLES),
    "accept": Action(import_chat.accept, DESK_ROLES),
    "decline": Action(import_chat.decline, DESK_ROLES),
    "undo": Action(import_chat.undo, DESK_ROLES),
    "history": Action(turn_history, DESK_ROLES),
    "approve": Action(plan_cards.approve_tapped, DESK_ROLES),
    "pick": Action(plan_cards.pick_tapped, DESK_ROLES),
    "other": Action(plan_cards.other_tapped, DESK_ROLES),
    "retime": Action(plan_cards.retime_tapped, DESK_ROLES),
    "leave": Action(plan_cards.leave_tapped, DESK_ROLES),
    "pack": Action(pack_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "brief": Action(brief.brief_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "off": Action(days_off.off_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "on": Action(days_off.on_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "back": Action(days_off.back_tapped, (*DESK_ROLES, *FIELD_ROLES)),
    "visit": Action(_visit, FIELD_ROLES),
    "decide": Action(risk_chat.choose, DESK_ROLES),
    "treat": Action(risk_chat.treat, DESK_ROLES),
    "card": Action(open_card, FIELD_ROLES),
    "grantplan": Action(approvals.grant, DESK_ROLES),
    "refuseplan": Action(approvals.refuse, DESK_ROLES),
    "signedplan": Action(approvals.signed, DESK_ROLES),
    "unplan": Action(ask_take_back, (CUSTOMER,)),
    "evidence": Action(evidence.turn_page, DESK_ROLES),
    "original": Action(evidence.send_original, DESK_ROLES),
    "drill": Action(drill.ask, DESK_ROLES),
    "drillgo": Action(drill.start, DESK_ROLES),
    "drillno": Action(drill.drop, DESK_ROLES),
    "drillwell": Action(drill.answered, FIELD_ROLES),
    "well": Action(well, FIELD_ROLES),
    "more": Action(more, FIELD_ROLES),
    "sos": Action(sos_tapped, FIELD_ROLES),
}
