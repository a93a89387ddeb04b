"""The words of the approach brief, by section and code."""

from collections.abc import Mapping

from bot.casework.brief import Section
from bot.i18n.text import T
from flows.script import Text

BRIEF_HEADING = T("brief/heading", "Brief for {case_ref}: {day}, {time}")
BRIEF_FACTS = T(
    "brief/facts", "{name}\n{address}\nOutstanding: {outstanding}, overdue since {since}\nTeam: {team}"
)
BRIEF_NOTES = T("brief/notes", "Notes: {notes}")
SECTIONS: Mapping[Section, Text] = {
    Section.KNOW: T("brief/know", "Good to know"),
    Section.AVOID: T("brief/avoid", "Please avoid"),
    Section.IF: T("brief/if", "If it goes otherwise"),
}
ADVICE: Mapping[str, Text] = {
    "not_confirmed": T("brief/not_confirmed", "The customer has not confirmed yet. Go only once they have."),
    "chose_the_time": T("brief/chose_the_time", "The customer chose this time: be on the minute."),
    "vulnerable": T(
        "brief/vulnerable",
        "Noted as vulnerable: speak slowly, ask what would help, offer a break or another day.",
    ),
    "first_visit": T(
        "brief/first_visit", "The first visit: say who you are and show both badges before anything else."
    ),
    "been_before": T(
        "brief/been_before",
        "We have been here before: read the last outcome, and do not ask everything anew.",
    ),
    "keeps_promises": T(
        "brief/keeps_promises", "Has mostly kept what was agreed: say that you have seen it."
    ),
    "income_unknown": T(
        "brief/income_unknown", "We do not know the income: listen first, then look at sums together."
    ),
    "big_household": T(
        "brief/big_household", "Several people live here: find a place where you can talk in private."
    ),
    "before_identity": T(
        "brief/before_identity",
        "Not a word about money or the bank before you know who is in front of you; none to neighbours or family.",
    ),
    "reproach": T(
        "brief/reproach", "No reproach for earlier agreements that failed: ask what got in the way."
    ),
    "decide_today": T(
        "brief/decide_today", "Do not ask for a decision today. A good plan can wait for tomorrow."
    ),
    "interpreter_child": T(
        "brief/interpreter_child",
        "The customer may speak another language than you: do not let a child interpret.",
    ),
    "inside_uninvited": T(
        "brief/inside_uninvited", "We were asked to leave last time: stay outside unless you are asked in."
    ),
    "nobody_home": T("brief/nobody_home", "Nobody at home: leave nothing that names a debt, note it and go."),
    "nobody_home_again": T(
        "brief/nobody_home_again",
        "Nobody was at home before: do not ask neighbours; the scheduler looks for another way.",
    ),
    "asked_to_leave": T(
        "brief/asked_to_leave", "Asked to leave: leave at once, tap “Asked to leave” outside."
    ),
    "upset": T(
        "brief/upset",
        "Somebody is upset: lower your voice, step back, tap “Tension”. In danger: leave, then SOS.",
    ),
    "too_much": T(
        "brief/too_much",
        "It becomes too much for them: stop, thank them, and let the scheduler arrange what follows.",
    ),
}
