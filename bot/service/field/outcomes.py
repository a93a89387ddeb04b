"""How a visit ended, by the code that is kept: the disposition in words, whatever button it was chosen with."""

from collections.abc import Mapping

from bot.i18n.text import T
from flows.script import Text

OUTCOMES: Mapping[str, Text] = {
    "third_party": T("outcome/third_party", "Another adult opened"),
    "minor": T("outcome/minor", "A child opened"),
    "nobody_home": T("outcome/nobody_home", "Nobody opened"),
    "refused": T("outcome/refused", "Did not want to talk"),
    "not_now": T("outcome/not_now", "Not a good moment"),
    "recording_declined": T("outcome/recording_declined", "Did not want to be recorded"),
    "distress": T("outcome/distress", "Somebody was not well"),
    "interpreter": T("outcome/interpreter", "No common language"),
    "alone": T("outcome/alone", "One of the team was alone"),
    "asked_to_leave": T("outcome/asked_to_leave", "The team was asked to leave"),
    "safety_stop": T("outcome/safety_stop", "Ended for safety"),
    "crisis": T("outcome/crisis", "Talk of self-harm"),
    "ended": T("outcome/ended", "Ended by the colleague"),
    "held_outside": T("outcome/held_outside", "Called off while the team was there"),
    "held": T("outcome/held", "Ended for the customer's sake"),
    "hardship": T("outcome/hardship", "Hardship"),
    "dispute": T("outcome/dispute", "Dispute"),
    "represented": T("outcome/represented", "Represented"),
    "vulnerable": T("outcome/vulnerable", "Vulnerable"),
    "wants_stop": T("outcome/wants_stop", "Wants to stop"),
}
AGREED: Mapping[str, Text] = {
    "plan_offered": T("agreed/plan_offered", "nothing yet; a plan to look at in the chat"),
    "plan_requested": T("agreed/plan", "a plan is to be worked out"),
    "not_now": T("agreed/another_time", "another time"),
}  # what the outcome says was agreed; of all others nothing was
PROMISE = T("agreed/promise", "{amount} on {day}")
OFFERED: Mapping[str, Text] = {
    "promise": T("offered/promise", "a date and an amount"),
    "plan": T("offered/plan", "a plan"),
    "hardship": T("offered/hardship", "help from the hardship team"),
}  # by what was chosen as the way forward
