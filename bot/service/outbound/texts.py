"""What Doorstep says outside the scripts: short notices, hints, headings. Scripts hold everything else."""

from collections.abc import Mapping

from bot.casework.cues import Card
from bot.i18n.text import T
from flows.script import Text

NO_LONGER_OPEN = T("tap/closed", "This button is no longer open. Please use the newest message.")
GROUP = T("chat/group", "I only work in a private chat. Please open one with me.")
EDITED = T("chat/edited", "I cannot take changes to an earlier message. Please send it again as a new one.")
WRITTEN_BEFORE = T(
    "chat/written_before",
    "This was sent before the question that is open now, so I did not take it as its answer. If it is one, please send "
    "it again.",
)
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
MAY_NOT_GO_ON = T(
    "chat/may_not_go_on", "I cannot go on with this here at the moment. A colleague has been told."
)
STEP_CLOSED = T(
    "chat/step_closed",
    "The rules do not allow to speak of the matter at this moment, so the next step stays closed. Please say nothing "
    "of it. If you are with the customer, say goodbye kindly. Your scheduler has been told.",
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
OTHER_WAY = T(
    "link/other_way",
    "Thank you for opening the link. We may not talk with you in this app, so please reach us another way: {contact}",
)
WELCOME_STAFF = T(
    "link/welcome_staff", "Welcome, {name}. You are signed in as {role}. /help shows what you can do."
)
SIGNED_OUT = T(
    "link/signed_out",
    "You have been signed in on another phone, so this one is signed out. If that was not you, please call your "
    "scheduler now.",
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
    "off": T("command/off", "days off"),
    "word": T("command/word", "your word for silent help"),
    "queue": T("command/queue", "what needs a person"),
    "board": T("command/board", "cases by stage"),
    "remind": T("command/remind", "send a reminder now"),
    "report": T("command/report", "do the visits work?"),
    "import": T("command/import", "take in a spreadsheet"),
    "case": T("command/case", "look at a case"),
    "drill": T("command/drill", "practise an alarm"),
}
SCHEDULER_PLAN = T("command/scheduler_plan", "propose and approve visits")

NO_CASE = T("queue/no_case", "Not about a case")
SOMEBODY = T("visit/somebody", "somebody of the team")
ENDED_BY_PARTNER = T(
    "visit/ended_by_partner",
    "Your colleague has ended this visit. If you are there, please leave together now.",
)
PAUSE = T(
    "visit/pause", "Your colleague asks for a pause. Take a step back, and no more about the matter for now."
)
STAGES_AT_DOOR: Mapping[str, Text] = {
    "before": T("visit_stage/before", "before the door"),
    "door": T("visit_stage/door", "at the door"),
    "identity": T("visit_stage/identity", "identity"),
    "talk": T("visit_stage/talk", "the talk"),
    "way_forward": T("visit_stage/way_forward", "a way forward"),
    "closing": T("visit_stage/closing", "saying goodbye"),
    "over": T("visit_stage/over", "over"),
}
WRONG_CODE = T(
    "visit/wrong_code",
    "The customer says that the code at the door was wrong. Stay outside, show your badges, and wait for your "
    "scheduler's call.",
)
CALLED_OFF = T(
    "visit/called_off",
    "The customer does not want the visit after all. Please do not ring; if you are there, leave.",
)
CARD_OFFERS: Mapping[Card, Text] = {
    Card.SELF_HARM: T(
        "cue/self_harm", "You wrote of something that may be about self-harm. Is the card of use?"
    ),
    Card.WELLBEING: T(
        "cue/wellbeing", "You wrote of something that may weigh on them. Are the cards of use?"
    ),
    Card.LEAVE: T("cue/leave", "That reads as if you should go. Do you want to end the visit?"),
}
OPEN_CARD = T("cue/open", "Open")
CRISIS_OFFER = T(
    "cue/crisis",
    "What you wrote sounds very heavy. You can talk to somebody in confidence at any hour: {crisis_line}. If you are "
    "in danger right now, please call the emergency number. A person here has been told, and money can wait.",
)
WORD_HOW = T(
    "word/how",
    "Write your own word after the command, at least four characters, for example: /word umbrella. Typed in any "
    "message during a visit, it calls for help without a sign on the screen.",
)
WORD_KEPT = T(
    "word/kept",
    "Your word is set. Typed in any message during a visit, it calls for help without a sign on the screen. Please "
    "delete your message with the word from this chat now.",
)
CALENDAR_SUMMARY = T("calendar/summary", "Appointment at home")
CALENDAR_CAPTION = T("calendar/caption", "For your calendar.")

NOTHING = T("summary/nothing", "nothing")
SUMMARY = T("summary/heading", "Visit {case_ref}: what the team found")
SUMMARY_LABELS: Mapping[str, Text] = {
    "answered_by": T("summary/answered_by", "At the door"),
    "right_party": T("summary/right_party", "Identity"),
    "reason": T("summary/reason", "Reason for the arrears"),
    "income_source": T("summary/income_source", "Income from"),
    "income_amount": T("summary/income_amount", "Income a month"),
    "household": T("summary/household", "People in the household"),
    "dependants": T("summary/dependants", "Children or in need of care"),
    "other_debts": T("summary/other_debts", "Other debts"),
    "ability": T("summary/ability", "Can spare a month"),
    "willingness": T("summary/willingness", "Willingness"),
    "proposal": T("summary/proposal", "Their own proposal"),
    "way_forward": T("summary/way_forward", "Way forward"),
    "housing": T("summary/housing", "Rent or mortgage a month"),
    "utilities": T("summary/utilities", "Electricity, water, heating a month"),
    "care": T("summary/care", "Medicine, school, care a month"),
    "travel": T("summary/travel", "Getting about a month"),
    "food": T("summary/food", "Food and housekeeping a month"),
    "communications": T("summary/communications", "Telephone, internet, leisure a month"),
    "personal": T("summary/personal", "Clothes and personal things a month"),
    "priority_debts": T("summary/priority_debts", "Debts that come first, a month"),
    "other_debts_total": T("summary/other_debts_total", "Owed to others in all"),
    "lump_sum": T("summary/lump_sum", "Could be paid at once"),
    "first_day": T("summary/first_day", "First payment"),
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
NOTICE_LINES = (
    T("letter/greeting", "Good day,"),
    T(
        "notice_letter/purpose",
        "Two people from {creditor} would like to visit you, to hear how things are and how we could help.",
    ),
    T(
        "notice_letter/visit",
        "When: {day}, {time}\nWho: {collector} (badge {collector_badge}), who will talk with you, and {safety_officer} "
        "(badge {safety_officer_badge}), who looks after everybody's safety.",
    ),
    T(
        "notice_letter/rights",
        "It is your home: you decide whether you open the door, who is with you, and when the visit ends. You may "
        "choose another time or another way to talk, or say no.",
    ),
    T(
        "notice_letter/answer",
        "Please tell us beforehand whether this suits you: {contact}. If you do not, nobody will come.",
    ),
    T("letter/thanks", "Thank you, and kind regards\n{creditor}"),
)
LETTER_HINT = T("letter/hint", "Your link:")
LETTER_CONTACT = T("letter/contact", "You would rather talk to a person? {contact}")
