"""What a report says."""

from collections.abc import Mapping

from bot.casework.evaluation import Finding, Measure, Step, Trial, Worth
from bot.i18n.text import T
from flows.script import Text

STEPS: Mapping[Step, Text] = {
    Step.CASE: T("report/step_case", "Cases"),
    Step.LINKED: T("report/step_linked", "Link opened"),
    Step.IDENTIFIED: T("report/step_identified", "Identified"),
    Step.ANNOUNCED: T("report/step_announced", "Visit announced"),
    Step.CONFIRMED: T("report/step_confirmed", "Visit confirmed"),
    Step.MET: T("report/step_met", "Somebody was met"),
    Step.RIGHT_PARTY: T("report/step_right_party", "Right party"),
    Step.AGREEMENT: T("report/step_agreement", "Agreement"),
    Step.FIRST_KEPT: T("report/step_first_kept", "First payment kept"),
    Step.KEPT_30: T("report/step_kept_30", "Kept for 30 days"),
    Step.KEPT_60: T("report/step_kept_60", "Kept for 60 days"),
    Step.KEPT_90: T("report/step_kept_90", "Kept for 90 days"),
    Step.SETTLED: T("report/step_settled", "Settled"),
}
MEASURES: Mapping[Measure, Text] = {
    Measure.CONTACT: T("report/rate_contact", "Visits at which somebody opened"),
    Measure.RIGHT_PARTY: T("report/rate_right_party", "Right party, where somebody was met"),
    Measure.AGREEMENT: T("report/rate_agreement", "Agreement, with the right party"),
    Measure.FIRST_KEPT: T("report/rate_first_kept", "First payment kept, of agreements"),
    Measure.KEPT_30: T("report/rate_kept_30", "Kept for 30 days, of agreements"),
    Measure.KEPT_60: T("report/rate_kept_60", "Kept for 60 days, of agreements"),
    Measure.KEPT_90: T("report/rate_kept_90", "Kept for 90 days, of agreements"),
    Measure.SETTLED: T("report/rate_settled", "Settled, of cases"),
    Measure.POLITE: T("report/rate_polite", "Calm and polite, as customers say"),
    Measure.RESPECTED: T("report/rate_respected", "Treated with respect, as customers say afterwards"),
    Measure.HELPED: T("report/rate_helped", "It helped, as customers say afterwards"),
    Measure.COMPLAINT: T("report/rate_complaint", "Cases with a complaint"),
    Measure.SAFETY: T("report/rate_safety", "Visits with a safety event"),
    Measure.FALSE_ALARM: T("report/rate_false_alarm", "Visits with a false alarm"),
}
COLUMNS: Mapping[str, Text] = {
    "team": T("report/column_team", "Team"),
    "area": T("report/column_area", "Area"),
    "grade": T("report/column_grade", "Ability and willingness to pay"),
    "script": T("report/column_script", "Version of the visit's script"),
}
SLICE = T("report/slice", "{column}: {value} ({cases} cases)")
TRIALS: Mapping[Trial, Text] = {
    Trial.VISIT: T("report/trial_visit", "Visits"),
    Trial.REMINDER: T("report/trial_reminder", "Reminders"),
}
FINDINGS: Mapping[tuple[Trial, Finding], Text] = {
    (Trial.VISIT, Finding.MORE): T(
        "report/visit_more", "With visits more customers paid: {low} to {high} more in a hundred."
    ),
    (Trial.VISIT, Finding.LESS): T(
        "report/visit_less", "With visits fewer customers paid: {low} to {high} fewer in a hundred."
    ),
    (Trial.VISIT, Finding.NOT_SEEN): T(
        "report/visit_not_seen",
        "Whether visits change anything cannot be seen: from {low} fewer to {high} more paid in a hundred.",
    ),
    (Trial.REMINDER, Finding.MORE): T(
        "report/reminder_more",
        "With reminders more first payments were kept: {low} to {high} more in a hundred.",
    ),
    (Trial.REMINDER, Finding.LESS): T(
        "report/reminder_less",
        "With reminders fewer first payments were kept: {low} to {high} fewer in a hundred.",
    ),
    (Trial.REMINDER, Finding.NOT_SEEN): T(
        "report/reminder_not_seen",
        "Whether reminders change anything cannot be seen: from {low} fewer to {high} more first payments kept in a "
        "hundred.",
    ),
}
TOO_FEW = T("report/too_few", "Too few to say: a comparison needs 30 in each group.")
WORTH: Mapping[Worth, Text] = {
    Worth.PAYS: T(
        "report/worth_pays", "This kind of visit pays: a case brings in {low} to {high} more than it costs."
    ),
    Worth.DOES_NOT_PAY: T(
        "report/worth_not",
        "This kind of visit does not pay: a case costs {low} to {high} more than it brings in.",
    ),
    Worth.NOT_SEEN: T(
        "report/worth_not_seen",
        "Whether this kind of visit pays cannot be seen: from a loss of {low} to a gain of {high} a case.",
    ),
    Worth.TOO_FEW: T("report/worth_too_few", "Too few to say whether this kind of visit pays."),
    Worth.NO_COST: T(
        "report/worth_no_cost",
        "What a visit costs in {currency} is not set (DOORSTEP_VISIT_COST), so whether it pays cannot be said.",
    ),
}
NOT_COMPARED = T(
    "report/not_compared",
    "Nobody was held out long enough ago, so nobody can say what would have come without visits and reminders.",
)
HOLD_OUT_OFF = T(
    "report/hold_out_off", "To find out, set DOORSTEP_HOLD_OUT_VISITS or DOORSTEP_HOLD_OUT_REMINDERS."
)
ALL_KINDS = T("report/all_kinds", "{trial}: all")
ONE_KIND = T("report/one_kind", "{trial}: {kind}")

HEADING = T("report/heading", "Cases taken in from {first} to {last}, as of {today}")
FUNNEL = T("report/funnel", "From a case to settled")
FUNNEL_ACROSS = T("report/funnel_across", "of all cases, with 95% intervals")
RATES = T("report/rates", "What came of it")
RATES_ACROSS = T("report/rates_across", "with 95% intervals")
COMPARED = T("report/compared", "Does it change anything?")
TREATED = T("report/treated", "treated")
HELD_OUT = T("report/held_out", "held out")
COST_HEADING = T("report/cost_heading", "Paid since the first visit, against the cost of visits")
NO_MONEY = T("report/no_money", "No visit has taken place.")
MONEY = T("report/money", "Paid since the first visit: {amount}; cost of visits: {cost} ({visits} visits)")
RECOVERED = T("report/recovered", "Paid: {amount}")
COST = T("report/cost", "Cost: {amount}")
COST_UNKNOWN = T("report/cost_unknown", "not set")
SAFETY = T("report/safety", "Complaints and safety")
FEW = T("report/few", "Dashed or hatched: fewer than 30, too few to lean on")
LINE = T("report/line", "{label}: {share} ({low} to {high}; {hits} of {cases})")
LINE_FEW = T("report/line_few", "{label}: {share} ({low} to {high}; {hits} of {cases}, few)")
LINE_NOTHING = T("report/line_nothing", "{label}: nothing to count yet")
IS_FEW = T("report/is_few", "few")
NO_CASES = T("report/no_cases", "No case was taken in from {first} to {last}.")
ALARMS = T("report/alarms", "Alarms: {count}, of which false: {false}, real: {real}, not judged: {unjudged}")
REFUSALS = T("report/refusals", "Refused by the rules: {refused}, made to wait: {waited}")
WORKING = T("report/working", "I am working on the report. This can take some seconds.")
FAILED = T("report/failed", "The report could not be made. Please try again; the log says more.")
HOW = T(
    "report/how",
    "Please write the first and the last day on which the cases were taken in: /report 2026-07-01 2026-09-30. Without "
    "days it is the last 180.",
)
WORKBOOK = T("report/workbook", "All figures, by team, area, grade and script version.")

SHEETS: Mapping[str, Text] = {
    "funnel": T("report/sheet_funnel", "Funnel"),
    "rates": T("report/sheet_rates", "Rates"),
    "slices": T("report/sheet_slices", "Slices"),
    "effects": T("report/sheet_effects", "Comparisons"),
    "money": T("report/sheet_money", "Money"),
    "refusals": T("report/sheet_refusals", "Refusals"),
}
HEADERS: Mapping[str, Text] = {
    "step": T("report/head_step", "Step"),
    "rate": T("report/head_rate", "Rate"),
    "hits": T("report/head_hits", "Counted"),
    "of": T("report/head_of", "Of"),
    "share": T("report/head_share", "Share"),
    "low": T("report/head_low", "From"),
    "high": T("report/head_high", "To"),
    "few": T("report/head_few", "Few"),
    "column": T("report/head_column", "By"),
    "value": T("report/head_value", "Value"),
    "cases": T("report/head_cases", "Cases"),
    "trial": T("report/head_trial", "Comparison"),
    "treated": T("report/head_treated", "Treated"),
    "held_out": T("report/head_held_out", "Held out"),
    "says": T("report/head_says", "What it says"),
    "currency": T("report/head_currency", "Currency"),
    "visits": T("report/head_visits", "Visits"),
    "recovered": T("report/head_recovered", "Paid since the first visit"),
    "cost": T("report/head_cost", "Cost of visits"),
    "rule": T("report/head_rule", "Rule"),
    "title": T("report/head_title", "What it says"),
    "refused": T("report/head_refused", "Refused"),
    "waited": T("report/head_waited", "Made to wait"),
}
