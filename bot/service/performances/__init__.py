"""What a script can have done, by name: each row is one `do:` of `flows/scripts`, with the outcomes it may have."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.service.performances import (
    account,
    arrival,
    calls,
    desk_holds,
    door,
    holds,
    identity,
    match,
    notice,
    own_times,
    promise,
    queue,
    reschedule,
    solutions,
    stopping,
    their_data,
    treatment,
)
from bot.service.performances.done import Done
from flows.engine import EffectDone, Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk


Deed = Callable[["Talk", "Scene", Perform], Awaitable[Done]]


class Performance(NamedTuple):
    """A deed, the outcomes that a script must be ready for, and the session values that it needs.

    `gives` has, by outcome, the values that it sets for later steps.
    """

    deed: Deed
    outcomes: frozenset[str]
    needs: frozenset[str]
    gives: Mapping[str, tuple[str, ...]]


def _row(
    deed: Deed,
    *outcomes: str,
    needs: tuple[str, ...] = (),
    gives: Mapping[str, tuple[str, ...]] | None = None,
) -> Performance:
    return Performance(deed, frozenset(outcomes), frozenset(needs), gives or {})


AGREEMENT = ("agreement",)
STOPPED = ("stopped_messages", "stopped_conversations", "stopped_visits")


PERFORMANCES: Mapping[str, Performance] = {
    "set_language": _row(identity.set_language, "done", needs=("language",)),
    "check_identity": _row(
        identity.check_identity,
        "right",
        "wrong",
        "locked",
        needs=("id_last4",),
        gives={"wrong": ("tries_left",)},
    ),
    "report_not_me": _row(identity.report_not_me, "done"),
    "welcome": _row(identity.welcome, "visit", "no_visit"),
    "confirm_visit": _row(notice.confirm_visit, "done", "gone", "not_lawful"),
    "no_answer_to_notice": _row(notice.no_answer_to_notice, "done"),
    "offer_days": _row(
        reschedule.offer_days, "some", "none", "own_times", gives={"some": ("days",), "own_times": ("days",)}
    ),
    "offer_slots": _row(reschedule.offer_slots, "some", "none", needs=("day",), gives={"some": ("slots",)}),
    "book_slot": _row(reschedule.book_slot, "booked", "taken", "gone", needs=("slot",)),
    "stop_messages": _row(holds.stop_messages, "done"),
    "open_hold": _row(holds.open_hold, "paused", "noted"),
    "resume_messages": _row(holds.resume_messages, "done"),
    "look_up_times": _row(own_times.look_up_times, "some", "none"),
    "bar_time": _row(own_times.bar_time, "kept", "none_left", "clash", "unclear", needs=("weekday", "hours")),
    "clear_times": _row(own_times.clear_times, "done"),
    "show_visit": _row(own_times.show_visit, "done"),
    "ask_for_data": _row(their_data.ask_for_data, "asked", "asked_before", "unknown"),
    "alert_scheduler": _row(holds.alert_scheduler, "done"),
    "set_out": _row(arrival.set_out, "done", "too_early", "not_possible", "closed"),
    "check_code": _row(arrival.check_code, "right", "wrong", needs=("code",)),
    "report_wrong_code": _row(arrival.report_wrong_code, "done"),
    "call_off": _row(arrival.call_off, "done", "at_the_door"),
    "may_call": _row(
        calls.may_call,
        "allowed",
        "not_now",
        "refused",
        gives={"not_now": ("call_rule",), "refused": ("call_rule",)},
    ),
    "keep_call": _row(calls.keep_call, "done"),
    "may_check_in": _row(door.may_check_in, "open", "too_early", "closed"),
    "check_in": _row(door.check_in, "both_in", "waiting", "too_early", "closed"),
    "partner_status": _row(door.partner_status, "both_in", "waiting", "closed"),
    "establish_identity": _row(door.establish_identity, "done"),
    "end_visit": _row(door.end_visit, "done"),
    "ask_for_pause": _row(door.ask_for_pause, "done"),
    "record_outcome": _row(door.record_outcome, "done"),
    "keep_account": _row(account.keep_account, "agrees", "differs"),
    "check_out": _row(door.check_out, "done"),
    "raise_sos": _row(door.raise_sos, "done"),
    "make_promise": _row(
        promise.make_promise, "done", "not_lawful", needs=("promise_amount", "promise_date")
    ),
    "mark_paid_claim": _row(promise.mark_paid_claim, "done"),
    "withdraw_paid_claim": _row(promise.withdraw_paid_claim, "done"),
    "stop_everything": _row(
        stopping.stop_everything, "done", "already", needs=("stop_reason",), gives={"done": STOPPED}
    ),
    "decide_treatment": _row(treatment.decide_treatment, "done", needs=("treatment", "overruling_reason")),
    "desk_hold": _row(
        desk_holds.desk_hold,
        "held",
        "unknown",
        "needs_day",
        "too_often",
        "past",
        needs=("hold_kind", "hold_until", "hold_note"),
    ),
    "desk_lift": _row(desk_holds.desk_lift, "lifted", "gone", needs=("hold", "lift_reason")),
    "work_out_plans": _row(
        solutions.work_out_plans,
        "plans",
        "none",
        "cannot_pay",
        "incomplete",
        "bad_day",
        needs=("first_day",),
        gives={
            "plans": ("plans", "first_due"),
            "none": ("first_due",),
            "cannot_pay": ("first_due",),
            "incomplete": ("first_due",),
        },
    ),
    "propose_plan": _row(
        solutions.propose_plan, "shown", "waiting", "no_chat", "gone", needs=("plan", "first_due")
    ),
    "accept_plan": _row(solutions.accept_plan, "accepted", "gone", "stale", needs=AGREEMENT),
    "decline_plan": _row(solutions.decline_plan, "done", needs=AGREEMENT),
    "lapse_plan": _row(solutions.lapse_plan, "done", needs=AGREEMENT),
    "take_back_plan": _row(solutions.take_back_plan, "done", "too_late", needs=AGREEMENT),
    "record_payment": _row(
        match.record_payment,
        "kept",
        "recorded",
        "known",
        "refused",
        "gone",
        needs=("item", "day", "amount", "reference"),
    ),
    "send_answer": _row(
        queue.send_answer, "sent", "later", "refused", "no_chat", "gone", needs=("item", "answer_words")
    ),
    "resolve_item": _row(queue.resolve_item, "done", "gone", needs=("item", "note")),
}


async def perform(talk: "Talk", scene: "Scene", order: Perform) -> EffectDone:
    """Do what the script orders, within this transaction and undone with it."""
    await talk.secure()
    done = await PERFORMANCES[order.name].deed(talk, scene, order)
    return EffectDone(scene.batch.now, done.outcome, done.values)
