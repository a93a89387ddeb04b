"""What Doorstep says outside the scripts: short notices, hints, headings. Scripts hold everything else."""

from collections.abc import Mapping

from bot.i18n.text import T
from flows.script import Text

NO_LONGER_OPEN = T("tap/closed", "This button is no longer open. Please use the newest message.")
GROUP = T("chat/group", "I only work in a private chat. Please open one with me.")
EDITED = T("chat/edited", "I cannot take changes to an earlier message. Please send it again as a new one.")
NOTHING_OPEN = T(
    "chat/nothing_open", "There is nothing open at the moment. /help shows what I can do for you."
)
UNKNOWN_COMMAND = T("chat/unknown_command", "I do not know this command. /help shows what I can do for you.")
STRANGER = T(
    "chat/stranger",
    "Hello. I work with personal links only. If you were given a link or a letter with a code, please open it. "
    "If you were not, there is nothing for you to do here.",
)
SET_ASIDE = T(
    "chat/set_aside",
    "Sorry, something went wrong on our side and I could not take your last message. A colleague has been told.",
)
LINK_USED = T(
    "link/used",
    "This link has been used already; each link works once. If it was not you, or you need a new one, "
    "please ask the people who sent it to you.",
)
LINK_EXPIRED = T(
    "link/expired", "This link is too old. Please ask the people who sent it to you for a new one."
)
LINK_UNKNOWN = T("link/unknown", "I do not know this link. Please check that you opened it whole.")
WELCOME_STAFF = T(
    "link/welcome_staff", "Welcome, {name}. You are signed in as {role}. /help shows what you can do."
)
FORWARDED_PLACE = T(
    "place/forwarded", "This location was not sent from your phone. Please share your own location."
)
ASK_AGAIN = T("chat/choose", "Please choose one of the buttons.")

REJECTED: Mapping[str, Text] = {
    "wants_choice": ASK_AGAIN,
    "no_amount": T(
        "reject/no_amount",
        "A number typed here changes nothing. Please choose one of the buttons; if none of them fits, write /help.",
    ),
    "wants_text": T("reject/text", "Please write your answer as a message."),
    "wants_number": T("reject/number", "Please write a number, for example 1200."),
    "wants_date": T("reject/date", "Please write the date like this: 2026-11-28."),
    "wants_location": T("reject/location", "Please share your location with the button below."),
    "wants_file": T("reject/file", "Please send a photo or a file."),
    "wants_contact": T("reject/contact", "Please share your contact with the button below."),
    "too_long": T("reject/too_long", "That is a little too long for me. Please shorten it."),
    "too_short": T("reject/too_short", "That is too short. Please write a little more."),
    "too_small": T("reject/too_small", "That number is too small. Please check it."),
    "too_large": T("reject/too_large", "That number is too large. Please check it."),
    "unknown_interrupt": T("reject/not_here", "That is not possible at this point."),
}
OUT_OF_BOUNDS = ("too_long", "too_short", "too_small", "too_large", "no_amount")

ROLES: Mapping[str, Text] = {
    "collector": T("role/collector", "collector"),
    "safety_officer": T("role/safety_officer", "safety officer"),
    "scheduler": T("role/scheduler", "scheduler"),
    "admin": T("role/admin", "administrator"),
}

COMMANDS: Mapping[str, Text] = {
    "visit": T("command/visit", "your visit"),
    "plan": T("command/plan", "what was agreed"),
    "rights": T("command/rights", "your rights"),
    "help": T("command/help", "help"),
    "language": T("command/language", "change the language"),
    "times": T("command/times", "times that do not suit you"),
    "complain": T("command/complain", "make a complaint"),
    "privacy": T("command/privacy", "your data"),
    "stop": T("command/stop", "stop messages"),
    "today": T("command/today", "today's visits"),
    "next": T("command/next", "the next visit"),
    "sos": T("command/sos", "call for help now"),
    "queue": T("command/queue", "what needs a person"),
    "board": T("command/board", "cases by stage"),
    "case": T("command/case", "look at a case"),
}
SCHEDULER_PLAN = T("command/scheduler_plan", "propose and approve visits")

ALERTS: Mapping[str, Text] = {
    "identity_locked": T(
        "alert/identity_locked", "{case_ref}: three wrong answers to the identity question. Locked for a day."
    ),
    "not_me": T(
        "alert/not_me",
        "{case_ref}: the person who opened the link says it is not them. Nothing was disclosed.",
    ),
    "link_opened_twice": T(
        "alert/link_opened_twice", "{case_ref}: the link was opened from a second account and refused."
    ),
    "no_answer": T(
        "alert/no_answer",
        "{case_ref}: no answer to the visit notice and to one reminder. The visit is not confirmed.",
    ),
    "notice_not_possible": T(
        "alert/notice_not_possible",
        "{case_ref}: the customer could not be told in time. The visit was cancelled.",
    ),
    "other_time": T(
        "alert/other_time",
        "{case_ref}: the customer needs another time than the free ones. Please agree one with them.",
    ),
    "person": T("alert/person", "{case_ref}: the customer would like to talk to a person."),
    "promise_unanswered": T(
        "alert/promise_unanswered", "{case_ref}: no payment and no answer since the agreed day."
    ),
    "not_checked_out": T(
        "alert/not_checked_out", "{case_ref}: somebody of the team has not checked out. Please call them."
    ),
    "ended_asked_to_leave": T(
        "alert/ended_asked_to_leave",
        "{case_ref}: visit ended, the team was asked to leave. No further contact of that kind until you have looked.",
    ),
    "ended_unsafe": T("alert/ended_unsafe", "{case_ref}: visit ended for safety. Please call the team."),
    "dispute": T(
        "alert/dispute",
        "{case_ref}: the customer says something is wrong. /case {case_ref} shows what. On hold until you have "
        "checked it and lift the hold.",
    ),
    "hardship": T(
        "alert/hardship",
        "{case_ref}: the customer asks for help. Please call them. On hold until you lift it in /case {case_ref}.",
    ),
    "vulnerable": T(
        "alert/vulnerable",
        "{case_ref}: health or family plays a part, the customer says. Please call, gently. On hold until you lift "
        "it in /case {case_ref}.",
    ),
    "representative": T(
        "alert/representative",
        "{case_ref}: somebody speaks for the customer; /case {case_ref} shows who. Please turn to them. On hold "
        "until you lift it.",
    ),
    "hold_ended": T(
        "alert/hold_ended",
        "{case_ref}: a hold has come to its end. Nothing begins again by itself: please decide what comes next.",
    ),
    "unfinished": T(
        "alert/unfinished",
        "{case_ref}: the customer began to tell us something and stopped a day ago. Please see whether they need "
        "somebody. They were not written to again.",
    ),
    "resumed": T(
        "alert/resumed", "{case_ref}: the customer wants messages again. Nothing was sent because of it."
    ),
    "stopped": T("alert/stopped", "{case_ref}: the customer asked us to stop. Nothing more will be sent."),
    "asked_to_leave": T("alert/asked_to_leave", "{case_ref}: the team was asked to leave and is leaving."),
    "sos": T("alert/sos", "SOS. {who}, visit {case_ref}, {address}. Please act now."),
    "complaint": T(
        "alert/complaint", "{case_ref}: a complaint. /case {case_ref} shows it. Please read and answer it."
    ),
    "unreachable": T("alert/unreachable", "{case_ref}: the chat cannot be reached any more."),
    "unknown_delivery": T(
        "alert/unknown_delivery",
        "{case_ref}: it is not known whether a message arrived. It was not repeated.",
    ),
    "paid_claim": T("alert/paid_claim", "{case_ref}: the customer says they have paid. Please check."),
    "fault": T(
        "alert/fault",
        "{case_ref}: a message could not be handled three times and was set aside. Please look at the log.",
    ),
    "refused": T("alert/refused", "{case_ref}: a message was not sent, the rules do not allow it."),
    "channel_barred": T(
        "alert/channel_barred",
        "{case_ref}: the rules of this place do not let us write to the customer here. Nothing was sent. "
        "Please call, or send a letter.",
    ),
    "step_refused": T(
        "alert/step_refused",
        "{case_ref}: a step of the conversation was not opened, the rules do not allow it. Please look at this case.",
    ),
    "other": T("alert/other", "{case_ref}: please look at this case."),
}
TAKE = T("alert/take", "I take it")
DONE = T("alert/done", "Done")
SEND_AGAIN = T("alert/send_again", "Send it again")
TAKEN = T("alert/taken", "{name} has taken this.")
CLOSED = T("alert/closed", "Done.")
ENDED_BY_PARTNER = T(
    "visit/ended_by_partner", "Your colleague has ended this visit. Please leave together now."
)
CALENDAR_SUMMARY = T("calendar/summary", "Appointment at home")
CALENDAR_CAPTION = T("calendar/caption", "For your calendar.")

SUMMARY = T("summary/heading", "Visit {case_ref}: what the team found")
SUMMARY_LABELS: Mapping[str, Text] = {
    "answered_by": T("summary/answered_by", "At the door"),
    "right_party": T("summary/right_party", "Identity"),
    "reason": T("summary/reason", "Reason for the arrears"),
    "income_source": T("summary/income_source", "Income from"),
    "income_amount": T("summary/income_amount", "Income a month"),
    "household": T("summary/household", "People in the household"),
    "ability": T("summary/ability", "Can spare a month"),
    "way_forward": T("summary/way_forward", "Way forward"),
    "promise_amount": T("summary/promise_amount", "Promised amount"),
    "promise_date": T("summary/promise_date", "Promised for"),
    "outcome": T("summary/outcome", "Outcome"),
}
LOCKED = T(
    "link/locked", "To protect your privacy this is closed for a day. Please open the link again tomorrow."
)
HELP_HEADING = T("help/heading", "What you can do here:")
NO_VISIT = T("visit/none", "No visit is planned at the moment.")
STOPPED = T(
    "stop/done",
    "Done. You will get no more messages from us here. If you want them again one day, write /start. "
    "To talk to a person: {contact}",
)
NO_VISITS_TODAY = T("today/none", "No visits today.")
TODAY = T("today/heading", "Today's visits: {count}")
OPEN_VISIT = T("today/open", "Open")
NOT_YOURS = T("today/not_yours", "This visit is not assigned to you.")
SOS_NO_VISIT = T(
    "sos/no_visit",
    "You have no open visit, so I do not know where you are. In danger, call the emergency number now.",
)
SOS_SENT = T("sos/sent", "Help has been alerted. In danger, call the emergency number now.")
NOTHING_AGREED = T("plan/nothing", "Nothing has been agreed so far.")
PROMISED = T(
    "plan/promised", "You would like to pay {amount} on {day}. If it does not work out, tell us with /help."
)

STATUSES: Mapping[str, Text] = {
    "proposed": T("status/proposed", "proposed"),
    "approved": T("status/approved", "not yet announced"),
    "noticed": T("status/noticed", "announced, not confirmed: please do not go"),
    "confirmed": T("status/confirmed", "confirmed"),
    "under_way": T("status/under_way", "under way"),
    "ended": T("status/ended", "ended"),
    "cancelled": T("status/cancelled", "cancelled"),
}
QUEUE_EMPTY = T("queue/empty", "Nothing is waiting for you.")
ALERT_SINCE = T("queue/since", "Since {day}, {time}")
BOARD = T("board/heading", "Cases by stage")
APPROVE_ALL = T("plan/approve_all", "Approve all")
PLAN_HEADING = T("plan/heading", "Proposed visits: {count}")
PLAN_EMPTY = T("plan/empty", "There is no visit to propose.")
APPROVED = T("plan/approved", "Approved visits: {count}. The customers will be told at the next lawful time.")
SENT_AGAIN = T("alert/sent_again", "It goes out again.")
CASE_WHICH = T("case/which", "Please write the case reference after the command, for example /case A-1001.")
UNKNOWN_CASE = T("case/unknown", "I know no case with this reference.")
CASE_SUMMARY = T(
    "case/summary",
    "{case_ref}: {name}\nStage: {stage}\nOutstanding: {outstanding}\nOverdue since: {since}",
)

STAGES: Mapping[str, Text] = {
    "imported": T("stage/imported", "imported"),
    "linked": T("stage/linked", "link opened"),
    "identified": T("stage/identified", "identified"),
    "settled": T("stage/settled", "settled"),
}

LETTER_LINES = (
    T("letter/greeting", "Good day,"),
    T(
        "letter/purpose",
        "{creditor} would like to get in touch with you and has set up a private chat for it. There you can read "
        "what it is about, choose a time that suits you, ask for help, or tell us that this letter reached the "
        "wrong person.",
    ),
    T(
        "letter/how",
        "Please scan the code with your phone, or type the link below. It opens Telegram and is meant for you alone: "
        "please do not pass it on. The chat asks for something that only you know before it says anything personal.",
    ),
    T("letter/thanks", "Thank you, and kind regards\n{creditor}"),
)
LETTER_HINT = T("letter/hint", "Your link:")
LETTER_CONTACT = T("letter/contact", "You would rather talk to a person? {contact}")
