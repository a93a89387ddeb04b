"""The words of plans and agreements outside the scripts."""

from collections.abc import Mapping

from bot.i18n.text import T
from flows.script import Text

EVEN = T("terms/even", "{count} × {amount}, the last one {last}")
ALL_EVEN = T("terms/all_even", "{count} × {amount}")
UNEVEN = T("terms/uneven", "{count} payments, from {amount} to {last}")
ONCE = T("terms/once", "one payment of {amount}")
SPAN = T("terms/span", "from {first_day} to {last_day}")
ON = T("terms/on", "on {first_day}")
IN_ALL = T("terms/in_all", "in all {total}")
COSTS = T("terms/costs", "of which {cost} interest and fees ({yearly} % a year)")
RUNNING = T("terms/running", "your usual instalment of {running} is in it")
WAIVED = T("terms/waived", "{waived} is given up once it is kept")
ROW = T("terms/row", "{number}. {day}: {amount}")
GRANT_OF = T("grants/of", "{letter}: {grants}")
GRANTS: Mapping[str, Text] = {
    "team": T("grants/team", "you may grant it"),
    "scheduler": T("grants/scheduler", "a scheduler must agree"),
    "second": T("grants/second", "two schedulers must agree"),
}
SHORT = T("agreement/short", "{instalments}, {span}, in all {total}.")
COOLING_DAYS = T(
    "agreement/cooling_days",
    "After accepting you can still take it back within {days} days, without giving a reason.",
)
FIRST_DUE = T("agreement/first_due", "The first payment is {amount} on {day}.")
BASIS: Mapping[str, Text] = {
    "statement": T("approval/statement", "At most {monthly} a month, by the whole statement:"),
    "own_word": T("approval/own_word", "{monthly} a month by their own word, the statement has gaps:"),
    "override": T(
        "approval/override", "{monthly} a month at their own wish, which is more than was worked out:"
    ),
}

STATUSES: Mapping[str, Text] = {
    "waiting": T("agreement/waiting", "{creditor} is looking at it; nothing is agreed yet"),
    "accepted": T("agreement/accepted", "agreed on {day}"),
}
COOLING = T("agreement/cooling", "You can take it back until the end of {day}, without giving a reason.")
NEXT_DUE = T("agreement/next_due", "Next: {amount} on {day}.")
PAID_SO_FAR = T("agreement/paid_so_far", "Paid so far: {count} of {all}.")
CHANGED = T("agreement/changed", "If something changes, tell us with /help and we will look at it again.")
TAKE_BACK = T("agreement/take_back", "Take it back")

MISSING = T("approval/missing", "Not told: {missing}")
BURDEN: Mapping[str, Text] = {
    "green": T("approval/green", "all debts together stay light for this income"),
    "amber": T("approval/amber", "all debts together are heavy for this income"),
    "red": T("approval/red", "all debts together are too heavy for this income"),
}
GRANT = T("alert/grant", "Agree")
REFUSE = T("alert/refuse", "Do not agree")
SIGNED = T("alert/signed", "Signed on paper")
SIGNED_KEPT = T("approval/signed", "Noted: the plan is agreed, by signature.")
ANOTHER_PERSON = T("approval/another", "You have said so already. A colleague must look at it, too.")
GRANTED = T("approval/granted", "The plan goes to the customer's chat.")
FIRST_OF_TWO = T("approval/first_of_two", "Noted. A second colleague is asked now.")
REFUSED = T("approval/refused", "Noted. The customer is told that this plan is not possible.")
PLAN_REFUSED = T(
    "agreement/refused",
    "The plan that you looked at together is not possible for us in this form. Nothing was agreed. A person from "
    "{creditor} will talk with you about other ways: {contact}",
)
NO_CHAT = T(
    "approval/no_chat", "The customer has no open chat. The plan comes to you as a paper to be signed."
)

PAPER_TITLE = T("paper/title", "Agreement {case_ref}")
PAPER_SUBTITLE = T("paper/subtitle", "{creditor} and {name}, agreed on {day}")
PAPER_SECTIONS: Mapping[str, Text] = {
    "terms": T("paper/terms", "What was agreed"),
    "schedule": T("paper/schedule", "Instalments"),
    "rights": T("paper/rights", "Good to know"),
}
PAPER_ROWS: Mapping[str, Text] = {
    "plan": T("paper/plan", "Plan"),
    "payments": T("paper/payments", "Payments"),
    "dates": T("paper/dates", "When"),
    "debt": T("paper/debt", "What it settles"),
    "total": T("paper/total", "In all"),
    "cost": T("paper/cost", "Interest and fees"),
    "waived": T("paper/waived", "Given up once it is kept"),
    "promise": T("paper/promise", "Promised besides"),
    "accepted": T("paper/accepted", "Accepted by"),
    "sign": T("paper/sign", "I accept this plan"),
    "granted": T("paper/granted", "Granted by"),
    "back": T("paper/back", "Taking it back"),
    "change": T("paper/change", "If it does not work out"),
    "complaint": T("paper/complaint", "If something was not right"),
}
OFFER_TITLE = T("paper/offer_title", "Plan for {case_ref}")
OFFER_SUBTITLE = T("paper/offer_subtitle", "{creditor} and {name}; nothing is agreed before it is signed")
TO_SIGN = T("paper/to_sign", "Day, name and signature: \n\n")
ON_PAPER = T("paper/on_paper", "{name}, by signature; recorded on {day}, {time}")
PAPER_CAPTION_OFFER = T(
    "paper/caption_offer", "{case_ref}: a plan to be signed. Nothing is agreed before that."
)
IN_CHAT = T("paper/in_chat", "{name}, in their own chat on {day}, {time}")
CHANGE = T(
    "paper/change_how", "Tell us in the chat with /help or here: {contact}. We look at it again together."
)
COMPLAINT = T("paper/complaint_how", "Send /complain in the chat, or reach us here: {contact}.")
PAPER_CAPTION = T("paper/caption", "What we agreed, for your records.")
PAPER_CAPTION_DESK = T("paper/caption_desk", "{case_ref}: the agreement, as the customer has it.")
PAPER_FOOTER = T("paper/footer", "Made by Doorstep on {day}, {time}.")
