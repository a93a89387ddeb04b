"""What can need a person: each kind with its urgency, its words and the buttons of its own, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from bot.i18n.text import T
from flows.rules import Waiting
from flows.script import Text


class Urgency(IntEnum):
    """How soon a person must look; the queue is in this order, and within it by age."""

    NOW = 0  # somebody may be in danger
    TODAY = 1  # the customer waits for an answer, or was wronged
    SOON = 2
    LATER = 3


MARKS: Mapping[Urgency, str] = {
    Urgency.NOW: "🔴",
    Urgency.TODAY: "🟠",
    Urgency.SOON: "🟡",
    Urgency.LATER: "⚪",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    `label` names it in lists, `words` say what happened, `deeds` are its own buttons (`bot.service.desk.queue.card`).
    `told`: every scheduler gets a message at once, else it only stands in the queue. `per_subject`: each message
    that it is about is an item of its own, else there is one for a case. `partner`: the colleague on the visit
    is told, too. `rings`: it is repeated every minute until somebody has taken it. `due`: for how long it may wait
    by the rules, so that `words` can name the day (`by`).
    """

    urgency: Urgency
    label: Text
    words: Text
    deeds: tuple[str, ...] = ()
    told: bool = True
    per_subject: bool = False
    partner: bool = False
    rings: bool = False
    due: Waiting | None = None


KINDS: Mapping[str, Kind] = {
    "sos": Kind(
        Urgency.NOW,
        T("kind/sos", "SOS"),
        T("alert/sos", "SOS. {who}, visit {case_ref}, {address}. Please act now."),
        partner=True,
        rings=True,
    ),
    "drill": Kind(
        Urgency.NOW,
        T("kind/drill", "drill"),
        T(
            "alert/drill",
            "DRILL, no real alarm: a practice call for help, {case_ref}. Please tap “I take it”.",
        ),
        rings=True,
    ),
    "not_checked_out": Kind(
        Urgency.NOW,
        T("kind/not_checked_out", "team overdue"),
        T(
            "alert/not_checked_out",
            "{case_ref}: {who} has not checked out of the visit. Please call them now.",
        ),
        partner=True,
        rings=True,
    ),
    "not_checked_in": Kind(
        Urgency.NOW,
        T("kind/not_checked_in", "nobody came"),
        T(
            "alert/not_checked_in",
            "{case_ref}: the customer expects the visit now and nobody of the team has checked in. Please call the "
            "team, then the customer.",
        ),
    ),
    "one_missing": Kind(
        Urgency.NOW,
        T("kind/one_missing", "one of the team missing"),
        T(
            "alert/one_missing",
            "{case_ref}: {who} has not checked in, the other one is there and waits out of sight. Nobody starts alone. "
            "Please call them, then the customer.",
        ),
    ),
    "kit_missing": Kind(
        Urgency.NOW,
        T("kind/kit_missing", "badge, letter or phone missing"),
        T(
            "alert/kit_missing",
            "{case_ref}: {who} lacks something without which no visit takes place (badge, authorisation letter, "
            "neutral card, charged phone, recorder) and cannot fetch it in time. Please call them: somebody brings "
            "it, or the visit is called off.",
        ),
    ),
    "ended_unsafe": Kind(
        Urgency.NOW,
        T("kind/ended_unsafe", "ended for safety"),
        T("alert/ended_unsafe", "{case_ref}: visit ended for safety. Please call the team."),
    ),
    "ended_asked_to_leave": Kind(
        Urgency.NOW,
        T("kind/ended_asked_to_leave", "ended on request"),
        T(
            "alert/ended_asked_to_leave",
            "{case_ref}: visit ended, the team was asked to leave. No further contact of that kind until you have "
            "looked.",
        ),
    ),
    "ended_alone": Kind(
        Urgency.NOW,
        T("kind/ended_alone", "one of the team alone"),
        T(
            "alert/ended_alone",
            "{case_ref}: visit ended, one of the team is alone. Please call them and decide what to do.",
        ),
    ),
    "wrong_code": Kind(
        Urgency.NOW,
        T("kind/wrong_code", "wrong visit code"),
        T(
            "alert/wrong_code",
            "{case_ref}: the customer says that the visit code at their door is wrong. Please call them now."
            " The team was told to stay outside.",
        ),
    ),
    "self_harm_words": Kind(
        Urgency.NOW,
        T("kind/self_harm_words", "words of self-harm"),
        T(
            "alert/self_harm_words",
            "{case_ref}: the customer wrote something that may be about self-harm. A crisis line was given. Please "
            "call now.",
        ),
    ),
    "self_harm": Kind(
        Urgency.NOW,
        T("kind/self_harm", "self-harm"),
        T(
            "alert/self_harm",
            "{case_ref}: talk of self-harm at the door. Please call the team now.",
        ),
    ),
    "distress": Kind(
        Urgency.NOW,
        T("kind/distress", "not well"),
        T(
            "alert/distress",
            "{case_ref}: somebody at the door was not well. The team is leaving.",
        ),
    ),
    "called_off": Kind(
        Urgency.NOW,
        T("kind/called_off", "called off"),
        T(
            "alert/called_off",
            "{case_ref}: the customer called the visit off at short notice. Please agree another time with "
            "them.",
        ),
    ),
    "no_team": Kind(
        Urgency.TODAY,
        T("kind/no_team", "nobody could stand in"),
        T(
            "alert/no_team",
            "{case_ref}: nobody could stand in, so the visit is called off and the customer is told. Please approve "
            "another time in /plan.",
        ),
    ),
    "interpreter": Kind(
        Urgency.NOW,
        T("kind/interpreter", "interpreter needed"),
        T(
            "alert/interpreter",
            "{case_ref}: no common language at the door. Please find an interpreter.",
        ),
    ),
    "ended_by_safety": Kind(
        Urgency.TODAY,
        T("kind/ended_by_safety", "ended by the safety officer"),
        T(
            "alert/ended_by_safety",
            "{case_ref}: the safety officer ended the visit. Please ask how they both are.",
        ),
    ),
    "ended_held": Kind(
        Urgency.NOW,
        T("kind/ended_held", "ended for their sake"),
        T(
            "alert/ended_held",
            "{case_ref}: visit ended by the safety officer for the customer's sake.",
        ),
    ),
    "hardship": Kind(
        Urgency.TODAY,
        T("kind/hardship", "asks for help"),
        T(
            "alert/hardship",
            "{case_ref}: the customer asks for help. Please call them. On hold until you lift it in /case {case_ref}.",
        ),
        ("answeritem", "phoneplan"),
    ),
    "vulnerable": Kind(
        Urgency.TODAY,
        T("kind/vulnerable", "health or family"),
        T(
            "alert/vulnerable",
            "{case_ref}: health or family plays a part, the customer says. Please call, gently. On hold until you lift "
            "it in /case {case_ref}.",
        ),
    ),
    "complaint": Kind(
        Urgency.TODAY,
        T("kind/complaint", "complaint"),
        T(
            "alert/complaint",
            "{case_ref}: a complaint. /case {case_ref} shows it. Please read and answer it; the last day for it is "
            "{by}.",
        ),
        ("answeritem",),
        due=Waiting.COMPLAINT,
    ),
    "dispute": Kind(
        Urgency.TODAY,
        T("kind/dispute", "dispute"),
        T(
            "alert/dispute",
            "{case_ref}: the customer says something is wrong. /case {case_ref} shows what. On hold until you have "
            "checked it and lift the hold.",
        ),
        ("answeritem",),
    ),
    "not_me": Kind(
        Urgency.TODAY,
        T("kind/not_me", "wrong person"),
        T(
            "alert/not_me",
            "{case_ref}: the person who opened the link says it is not them. Nothing was disclosed.",
        ),
    ),
    "representative": Kind(
        Urgency.TODAY,
        T("kind/representative", "representative"),
        T(
            "alert/representative",
            "{case_ref}: somebody speaks for the customer; /case {case_ref} shows who. Please turn to them. On hold "
            "until you lift it.",
        ),
    ),
    "unknown_delivery": Kind(
        Urgency.TODAY,
        T("kind/unknown_delivery", "delivery unknown"),
        T(
            "alert/unknown_delivery",
            "{case_ref}: it is not known whether a message arrived. It was not repeated.",
        ),
        deeds=("again",),
        per_subject=True,
    ),
    "not_delivered": Kind(
        Urgency.TODAY,
        T("kind/not_delivered", "not delivered"),
        T(
            "alert/not_delivered",
            "{case_ref}: a message to the customer could not be delivered and is not repeated by itself. Please reach "
            "them another way, or send it again.",
        ),
        deeds=("again",),
        per_subject=True,
    ),
    "vulnerability": Kind(
        Urgency.TODAY,
        T("kind/vulnerability", "needs more care"),
        T(
            "alert/vulnerability",
            "{case_ref}: the team noticed signs that the customer needs more care. On hold. Please hand over"
            " in person.",
        ),
    ),
    "account_differs": Kind(
        Urgency.TODAY,
        T("kind/account_differs", "accounts differ"),
        T(
            "alert/account_differs",
            "{case_ref}: one side remembers the visit differently. Both accounts are in the case; please look.",
        ),
    ),
    "person": Kind(
        Urgency.TODAY,
        T("kind/person", "wants a person"),
        T("alert/person", "{case_ref}: the customer would like to talk to a person."),
        ("answeritem",),
    ),
    "not_now": Kind(
        Urgency.TODAY,
        T("kind/not_now", "not a good moment"),
        T(
            "alert/not_now",
            "{case_ref}: the moment of the visit did not suit the customer. Please agree another time with them.",
        ),
    ),
    "recording_declined": Kind(
        Urgency.TODAY,
        T("kind/recording_declined", "no recording"),
        T(
            "alert/recording_declined",
            "{case_ref}: the customer does not want to be recorded, and visits must be recorded there. Please find "
            "another way with them.",
        ),
    ),
    "other_time": Kind(
        Urgency.TODAY,
        T("kind/other_time", "another time"),
        T(
            "alert/other_time",
            "{case_ref}: the customer needs another time than the free ones. Please agree one with them.",
        ),
    ),
    "notice_not_possible": Kind(
        Urgency.TODAY,
        T("kind/notice_not_possible", "not told in time"),
        T(
            "alert/notice_not_possible",
            "{case_ref}: the customer could not be told in time. The visit was cancelled.",
        ),
    ),
    "visit_not_lawful": Kind(
        Urgency.TODAY,
        T("kind/visit_not_lawful", "visit not allowed any more"),
        T(
            "alert/visit_not_lawful",
            "{case_ref}: the customer said yes to a visit that the rules do not allow any more. It was cancelled, and "
            "they were told that nobody comes.",
        ),
    ),
    "no_time_left": Kind(
        Urgency.SOON,
        T("kind/no_time_left", "no time suits"),
        T(
            "alert/no_time_left",
            "{case_ref}: the times that the customer has left out leave none at which a visit is lawful. They were "
            "told that a person looks for another way.",
        ),
    ),
    "no_answer": Kind(
        Urgency.SOON,
        T("kind/no_answer", "silent"),
        T(
            "alert/no_answer",
            "{case_ref}: no answer to the visit notice and to one reminder. The visit is not confirmed.",
        ),
    ),
    "refused": Kind(
        Urgency.SOON,
        T("kind/refused", "refused by a rule"),
        T("alert/refused", "{case_ref}: a message was not sent, the rules do not allow it."),
    ),
    "data_request": Kind(
        Urgency.SOON,
        T("kind/data_request", "asks for their data"),
        T(
            "alert/data_request",
            "{case_ref}: the customer asks for a copy of their data. The last day for it is {by}. “Send them the file” "
            "makes it and sends it into their chat: their own answers, visits, agreements and payments.",
        ),
        ("senddata",),
        due=Waiting.DATA_REQUEST,
    ),
    "channel_barred": Kind(
        Urgency.SOON,
        T("kind/channel_barred", "chat not permitted"),
        T(
            "alert/channel_barred",
            "{case_ref}: the rules of this place do not let us write to the customer here. Nothing was sent."
            " Please call, or send a letter.",
        ),
    ),
    "step_refused": Kind(
        Urgency.SOON,
        T("kind/step_refused", "step refused"),
        T(
            "alert/step_refused",
            "{case_ref}: a step of the conversation was not opened, the rules do not allow it. Please look "
            "at this case.",
        ),
    ),
    "paid_claim": Kind(
        Urgency.SOON,
        T("kind/paid_claim", "says paid"),
        T("alert/paid_claim", "{case_ref}: the customer says they have paid. Please check."),
        ("matchpayment", "notfound", "answeritem"),
    ),
    "receipt_came": Kind(
        Urgency.TODAY,
        T("kind/receipt_came", "receipt sent in"),
        T(
            "alert/receipt_came",
            "{case_ref}: the customer sent the receipt of a payment, or its reference. Please look for it again.",
        ),
        ("matchpayment", "notfound", "answeritem"),
    ),
    "plan_approval": Kind(
        Urgency.TODAY,
        T("kind/plan_approval", "plan to agree to"),
        T(
            "alert/plan_approval",
            "{case_ref}: a plan was picked and needs your word. Details show it, and what it rests on.",
        ),
        deeds=("grantplan", "refuseplan"),
        per_subject=True,
    ),
    "plan_second": Kind(
        Urgency.TODAY,
        T("kind/plan_second", "plan to agree to, second person"),
        T(
            "alert/plan_second",
            "{case_ref}: a colleague has agreed to a plan, and a second person must. Details show it.",
        ),
        deeds=("grantplan", "refuseplan"),
        per_subject=True,
    ),
    "plan_question": Kind(
        Urgency.TODAY,
        T("kind/plan_question", "question about a plan"),
        T(
            "alert/plan_question",
            "{case_ref}: the customer has a question about their plan. Details show it. The plan stays open; the last "
            "day for an answer is {by}.",
        ),
        ("answeritem", "phoneplan"),
        due=Waiting.QUESTION,
    ),
    "plan_wanted": Kind(
        Urgency.TODAY,
        T("kind/plan_wanted", "wants a plan"),
        T(
            "alert/plan_wanted",
            "{case_ref}: the customer would like a plan, and none could be worked out in the visit. Please get in "
            "touch with them.",
        ),
        ("phoneplan",),
    ),
    "plan_no_chat": Kind(
        Urgency.TODAY,
        T("kind/plan_no_chat", "plan, but no chat"),
        T(
            "alert/plan_no_chat",
            "{case_ref}: a plan is ready, and the customer has no open chat. It comes to you as a paper: please have "
            "it signed. Nothing is agreed before you have their signature.",
        ),
        deeds=("signedplan",),
        per_subject=True,
    ),
    "plan_signature": Kind(
        Urgency.TODAY,
        T("kind/plan_signature", "signature to look at"),
        T(
            "alert/plan_signature",
            "{case_ref}: {who} has the customer's signature under a plan. Please look at the paper, too, and confirm "
            "it. Nothing is agreed before that.",
        ),
        deeds=("signedplan",),
        per_subject=True,
    ),
    "plan_stale": Kind(
        Urgency.TODAY,
        T("kind/plan_stale", "plan accepted too late"),
        T(
            "alert/plan_stale",
            "{case_ref}: the customer wanted to accept a plan whose first day has passed. Please make it anew with "
            "them.",
        ),
        ("phoneplan",),
    ),
    "plan_unanswered": Kind(
        Urgency.SOON,
        T("kind/plan_unanswered", "plan unanswered"),
        T(
            "alert/plan_unanswered",
            "{case_ref}: a plan was not answered and is closed. Nothing was agreed. Please see whether they need "
            "somebody.",
        ),
        ("phoneplan",),
        told=False,
    ),
    "plan_taken_back": Kind(
        Urgency.SOON,
        T("kind/plan_taken_back", "plan taken back"),
        T(
            "alert/plan_taken_back",
            "{case_ref}: the customer took their plan back, as they may. Its reminders have ended.",
        ),
        ("phoneplan",),
    ),
    "instalment_help": Kind(
        Urgency.TODAY,
        T("kind/instalment_help", "cannot pay this time"),
        T(
            "alert/instalment_help",
            "{case_ref}: the customer cannot pay this instalment. Please talk with them about another way.",
        ),
        ("answeritem", "phoneplan"),
    ),
    "plan_declined": Kind(
        Urgency.LATER,
        T("kind/plan_declined", "plan declined"),
        T("alert/plan_declined", "{case_ref}: the customer declined a plan. Nothing was agreed."),
        told=False,
    ),
    "plan_kept": Kind(
        Urgency.LATER,
        T("kind/plan_kept", "plan kept"),
        T(
            "alert/plan_kept",
            "{case_ref}: every instalment is paid. Please thank them, confirm it in writing, and book what was to be "
            "given up.",
        ),
    ),
    "promise_unanswered": Kind(
        Urgency.SOON,
        T("kind/promise_unanswered", "promise unanswered"),
        T("alert/promise_unanswered", "{case_ref}: no payment and no answer since the agreed day."),
        ("phoneplan",),
    ),
    "promise_broken": Kind(
        Urgency.SOON,
        T("kind/promise_broken", "broken promise"),
        T("alert/promise_broken", "{case_ref}: the agreed day is over and no payment has come in."),
        ("phoneplan",),
        told=False,
    ),
    "promise_reopened": Kind(
        Urgency.SOON,
        T("kind/promise_reopened", "promise open again"),
        T(
            "alert/promise_reopened",
            "{case_ref}: a payment was taken back, so the promise is open again, without a reminder. "
            "Please follow it up.",
        ),
        told=False,
    ),
    "unreachable": Kind(
        Urgency.SOON,
        T("kind/unreachable", "unreachable"),
        T("alert/unreachable", "{case_ref}: the chat cannot be reached any more."),
    ),
    "identity_locked": Kind(
        Urgency.SOON,
        T("kind/identity_locked", "locked"),
        T(
            "alert/identity_locked",
            "{case_ref}: three wrong answers to the identity question. Locked for a day.",
        ),
    ),
    "link_opened_twice": Kind(
        Urgency.SOON,
        T("kind/link_opened_twice", "link opened twice"),
        T(
            "alert/link_opened_twice",
            "{case_ref}: the link was opened from a second account and refused.",
        ),
    ),
    "evidence_lost": Kind(
        Urgency.SOON,
        T("kind/evidence_lost", "evidence lost"),
        T(
            "alert/evidence_lost",
            "{case_ref}: something that {who} sent in during the visit could not be fetched from Telegram. They were "
            "asked to send it again; please see that they do.",
        ),
        per_subject=True,
    ),
    "paper_failed": Kind(
        Urgency.SOON,
        T("kind/paper_failed", "paper not made"),
        T(
            "alert/paper_failed",
            "{case_ref}: a paper (report of a visit, visit pack, agreement or copy of their data) could not be made, "
            "three times. Please look at the log, and hand it over another way if somebody waits for it.",
        ),
    ),
    "fault": Kind(
        Urgency.SOON,
        T("kind/fault", "message set aside"),
        T(
            "alert/fault",
            "{case_ref}: a message could not be handled three times and was set aside. Please look at the log.",
        ),
    ),
    "staff_fault": Kind(
        Urgency.SOON,
        T("kind/staff_fault", "a colleague's message set aside"),
        T(
            "alert/staff_fault",
            "{who}: what they sent could not be handled three times and was set aside. Please ask what they needed, "
            "and look at the log.",
        ),
        per_subject=True,
    ),
    "hold_ended": Kind(
        Urgency.SOON,
        T("kind/hold_ended", "hold ended"),
        T(
            "alert/hold_ended",
            "{case_ref}: a hold has come to its end. Nothing begins again by itself: please decide what comes next.",
        ),
        per_subject=True,
    ),
    "unfinished": Kind(
        Urgency.SOON,
        T("kind/unfinished", "began and stopped"),
        T(
            "alert/unfinished",
            "{case_ref}: the customer began to tell us something and stopped a day ago. Please see whether they need "
            "somebody. They were not written to again.",
        ),
    ),
    "resumed": Kind(
        Urgency.LATER,
        T("kind/resumed", "wants messages again"),
        T(
            "alert/resumed",
            "{case_ref}: the customer wants messages again. Nothing was sent because of it.",
        ),
    ),
    "stopped": Kind(
        Urgency.LATER,
        T("kind/stopped", "stopped"),
        T("alert/stopped", "{case_ref}: the customer asked us to stop. Nothing more will be sent."),
    ),
    "stop": Kind(
        Urgency.LATER,
        T("kind/stop", "told the team to stop"),
        T(
            "alert/stop",
            "{case_ref}: the customer told the team to stop. Nothing more will be sent.",
        ),
    ),
    "link_unopened": Kind(
        Urgency.LATER,
        T("kind/link_unopened", "link not opened"),
        T("alert/link_unopened", "{case_ref}: the customer has not opened the link. Please try another way."),
        told=False,
    ),
}
DRILL = "drill"
OTHER = Kind(
    Urgency.SOON, T("kind/other", "other"), T("alert/other", "{case_ref}: please look at this case.")
)
BY_URGENCY: Mapping[str, int] = {name: int(kind.urgency) for name, kind in KINDS.items()}


def kind_of(name: str) -> Kind:
    """Return the kind of this name; one that a script made up is shown as any other case to look at."""
    return KINDS.get(name, OTHER)
