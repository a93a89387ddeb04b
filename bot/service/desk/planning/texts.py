"""What the plan says to schedulers and field staff, and to customers whose team changes."""

from collections.abc import Mapping

from bot.casework.plan import KeptOut
from bot.documents.plan_entries import Standing
from bot.i18n.text import T
from flows.script import Text

WORKING = T("plan/working", "I am working on the plan. This can take some seconds.")
FAILED = T("plan/failed", "The plan could not be made. Please try again; the log says more.")
REASONS: Mapping[KeptOut, Text] = {
    KeptOut.STAFF: T("plan/why_staff", "there is no collector or no safety officer"),
    KeptOut.LANGUAGE: T("plan/why_language", "no collector speaks the customer's language"),
    KeptOut.AREA: T("plan/why_area", "nobody of one role works in this area"),
    KeptOut.HOURS: T("plan/why_hours", "nobody of one role works at that time"),
    KeptOut.BOOKED: T("plan/why_booked", "everybody who could go is on another visit, the way included"),
    KeptOut.LAW: T("plan/why_law", "the rules allow no time ({rule})"),
    KeptOut.TREATMENT: T("plan/why_treatment", "a visit is not the treatment for it"),
    KeptOut.UNANSWERED: T("plan/why_unanswered", "the last notice was not answered; please see /queue first"),
    KeptOut.HELD_OUT: T(
        "plan/why_held_out", "held out for comparison; a decision about the case (/case) ends that"
    ),
    KeptOut.FULL: T("plan/why_full", "the other visits of this plan leave no room"),
}
STANDINGS: Mapping[Standing, Text] = {
    Standing.PROPOSED: T("plan/standing_proposed", "to be approved"),
    Standing.FIXED: T("plan/standing_fixed", "approved or confirmed"),
    Standing.CONFLICT: T("plan/standing_conflict", "in conflict"),
}
WEEK_HEADING = T("plan/week_heading", "Visits from {first} to {last}")
NO_PLACE = T("plan/no_place", "Visits without a place on the map: {count}")
MORE_LATER = T("plan/more_later", "The picture shows the first week of the plan.")
CONFLICTS = T("plan/conflicts", "No longer possible: {count}")
LEFT_OUT = T("plan/left_out", "Without a visit: {count}")
MORE = T("plan/more", "and {count} more")
ONE_BY_ONE = T("plan/one_by_one", "One by one")
APPROVE = T("plan/approve", "Approve")
OTHER_TIME = T("plan/other_time", "Other times")
LEAVE_OUT = T("plan/leave_out", "Leave out")
BRIEF = T("plan/brief", "Brief")
BEFORE, AFTER = T("plan/before", "‹"), T("plan/after", "›")
BACK_TO_VISIT = T("plan/back", "Back")
CARD = T("plan/card", "{number} of {count} · {case_ref}\n{when}\n{where}\n{team}")
WHEN = T("plan/when", "{day}, {time}")
WHY_NOT = T("plan/why_not", "No longer possible: {why}")
WHICH_TIME = T(
    "plan/which_time", "{case_ref}: other free and lawful times. The customer is told only after you approve."
)
NO_OTHER_TIME = T("plan/no_other_time", "There is no other free and lawful time in these two weeks.")
TAKEN_MEANWHILE = T("plan/taken_meanwhile", "That time has just been taken.")
ALL_SEEN = T("plan/all_seen", "Nothing more to approve.")
ICS_CAPTION = T("plan/ics_caption", "Your visits, for your calendar.")
ICS_SUMMARY = T("plan/ics_summary", "Visit {case_ref}")

OFF_ASK = T(
    "off/ask",
    "{name}: off on {days}? Visits on these days: {count}. They go to a colleague who is free; where "
    "nobody is, the visit is called off and the customer told.",
)
OFF_SPAN = T("off/span", "{first} – {last}")
OFF_YES = T("off/yes", "Yes, off")
OFF_NO = T("off/no", "No")
OFF_NOTED = T("off/noted", "Noted: {name} is off on {days}. I am looking for others for the visits.")
OFF_BACK = T("off/back", "{name} is back. Visits that went to others stay with them.")
OFF_TAKE_BACK = T("off/take_back", "Take it back")
OFF_HOW = T(
    "off/how",
    "Please write the day, and the last day if there are several: /off 2026-11-28 2026-12-02. Schedulers write the "
    "badge first: /off C-12 2026-11-28.",
)

STANDS_IN = T(
    "replan/stands_in",
    "{case_ref}: {day}, {time}. {name} cannot come; you go instead. /today shows it on the day.",
)
NEW_PARTNER = T(
    "replan/new_partner", "{case_ref}: {day}, {time}. {name} goes with you instead of a colleague."
)
NOT_YOURS_ANY_MORE = T("replan/not_yours", "{case_ref}: {day}, {time}. Somebody else goes; you need not.")
MOVED_TEAM = T("replan/moved_team", "{case_ref}: the customer chose another time: {day}, {time}.")
CALLED_OFF_TEAM = T("replan/called_off_team", "{case_ref}: the visit on {day}, {time} is called off.")
TEAM_CHANGED = T(
    "replan/team_changed",
    "A change in who comes on {day}, {time}: {collector} (badge {collector_badge}), who will talk with you, and "
    "{safety_officer} (badge {safety_officer_badge}), who looks after everybody's safety. The time stays as it is. If "
    "you would rather have another time, open /visit.",
)
CALLED_OFF = T(
    "replan/called_off",
    "I am sorry: our visit on {day}, {time} cannot take place, because a colleague cannot come. You need not do "
    "anything. If another time is proposed, you will read it here and can say whether it suits you.",
)
REPLANNED = T(
    "replan/done",
    "Somebody falls out. With a colleague instead, at the same time: {kept}. Called off, the customers are told: "
    "{called_off}.",
)
