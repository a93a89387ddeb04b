"""What each shipped rule must say, by hand: the numbers of the places, a row a rule."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flows.rules import (
    Action,
    ActionKind,
    Channel,
    ContactOutcome,
    Outcome,
    Place,
    Purpose,
    Recording,
    Role,
    ThirdParty,
)
from tests.unit.rules.conftest import (
    CALL,
    MESSAGE,
    SLOT,
    STEP,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
HOUR, DAY, MINUTE, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
TUESDAY, SATURDAY, SUNDAY = "2027-06-22", "2027-06-19", "2027-06-20"

# rule: (an action that it binds, [(day, the first minute, the minute that is too late), ...])
WINDOWS: dict[str, tuple[Action, list[tuple[str, str, str]]]] = {
    "cn-std-window": (CALL, [(TUESDAY, "08:00", "22:00"), (SUNDAY, "08:00", "22:00")]),
    "cn-cba-window": (CALL, [(TUESDAY, "08:00", "22:00")]),
    "us-time": (MESSAGE, [(TUESDAY, "08:00", "21:00"), (SUNDAY, "08:00", "21:00")]),
    "us-first-party-time": (MESSAGE, [(TUESDAY, "08:00", "21:00")]),
    "us-ma-visit-window": (STEP, [(TUESDAY, "08:00", "21:00"), (SUNDAY, "08:00", "21:00")]),
    "uk-time-proxy": (MESSAGE, [(TUESDAY, "08:00", "21:00")]),
    "uk-tcg-window": (replace(STEP, role=Role.ENFORCEMENT), [(SUNDAY, "06:00", "21:00")]),
    "in-hours": (CALL, [(TUESDAY, "08:00", "19:00"), (SUNDAY, "08:00", "19:00")]),
    "in-hours-other": (MESSAGE, [(TUESDAY, "08:00", "19:00")]),
    "in-mf-hours": (CALL, [(TUESDAY, "09:00", "18:00")]),
    "hk-hours": (MESSAGE, [(TUESDAY, "08:00", "21:00")]),
    "tw-window": (CALL, [(TUESDAY, "07:00", "22:00"), (SUNDAY, "07:00", "22:00")]),
    "tw-own-window": (CALL, [(TUESDAY, "07:00", "22:00")]),
    "sg-hours": (MESSAGE, [(TUESDAY, "08:00", "21:00")]),
    "id-window": (CALL, [(TUESDAY, "08:00", "20:00"), (SATURDAY, "08:00", "20:00")]),
    "ph-window": (CALL, [(TUESDAY, "06:00", "22:00"), (SUNDAY, "06:00", "22:00")]),
    "au-phone-window": (
        CALL,
        [(TUESDAY, "07:30", "21:00"), (SATURDAY, "09:00", "21:00"), (SUNDAY, "09:00", "21:00")],
    ),
    "au-f2f-window": (STEP, [(TUESDAY, "09:00", "21:00"), (SUNDAY, "09:00", "21:00")]),
    "au-work-window": (replace(CALL, place=Place.WORK), [(TUESDAY, "09:00", "17:00")]),
    "kr-night": (CALL, [(TUESDAY, "08:00", "21:00"), (SUNDAY, "08:00", "21:00")]),
    "jp-window": (CALL, [(TUESDAY, "08:00", "21:00"), (SUNDAY, "08:00", "21:00")]),
    "jp-own-time": (CALL, []),
    "th-window": (
        CALL,
        [(TUESDAY, "08:00", "20:00"), (SATURDAY, "08:00", "18:00"), (SUNDAY, "08:00", "18:00")],
    ),
    "policy-message-window": (MESSAGE, [(TUESDAY, "09:00", "20:00"), (SATURDAY, "09:00", "20:00")]),
    "policy-visit-window": (SLOT, [(TUESDAY, "09:00", "18:00"), (SATURDAY, "09:00", "18:00")]),
}
# rule: days on which it is closed all day long
CLOSED = {
    "id-window": [SUNDAY, "2027-08-17"],
    "au-phone-window": ["2027-01-26"],
    "au-f2f-window": ["2027-01-26"],
    "au-work-window": [SATURDAY, "2027-01-26"],
    "policy-message-window": [SUNDAY],
    "policy-visit-window": [SUNDAY],
}
# rule: an action, how the counted contacts were made, how many, and when the next is lawful after the first
MADE, TRIED, SENT = ContactOutcome.CONTACTED, ContactOutcome.ATTEMPTED, ContactOutcome.DELIVERED
CAPS: dict[str, tuple[Action, Channel, ContactOutcome, int, timedelta | str]] = {
    "cn-std-voice-inform": (CALL, Channel.PHONE, MADE, 3, "day"),
    "cn-std-voice-interactive": (CALL, Channel.PHONE, MADE, 3, "day"),
    "cn-cba-dial-attempts": (CALL, Channel.PHONE, TRIED, 6, "day"),
    "cn-std-visit-cap": (SLOT, Channel.VISIT, TRIED, 1, "day"),
    "us-call-cap": (CALL, Channel.PHONE, TRIED, 7, "7 days"),
    "us-call-gap": (CALL, Channel.PHONE, MADE, 1, "7 days"),
    "us-ma-visit-cap": (SLOT, Channel.VISIT, MADE, 1, 30 * DAY),
    "us-ma-first-party": (SLOT, Channel.VISIT, MADE, 1, 30 * DAY),
    "us-ma-call-cap-home": (CALL, Channel.PHONE, TRIED, 2, 7 * DAY),
    "us-ma-call-cap-elsewhere": (replace(CALL, place=Place.WORK), Channel.PHONE, TRIED, 2, 30 * DAY),
    "au-freq-week": (MESSAGE, Channel.MESSENGER, SENT, 3, 7 * DAY),
    "au-freq-month": (MESSAGE, Channel.MESSENGER, SENT, 10, 30 * DAY),
    "au-f2f-freq": (SLOT, Channel.VISIT, MADE, 1, "month"),
    "kr-seven": (MESSAGE, Channel.MESSENGER, SENT, 7, 7 * DAY),
    "kr-nonfinancial": (MESSAGE, Channel.MESSENGER, SENT, 2, "day"),
    "th-freq": (MESSAGE, Channel.MESSENGER, SENT, 1, "day"),
    "policy-daily": (MESSAGE, Channel.MESSENGER, SENT, 1, "day"),
    "policy-weekly": (MESSAGE, Channel.MESSENGER, SENT, 3, 7 * DAY),
}
STAFF = {"cn-std-visit-staff": (2, 3), "cn-cba-visit-staff": (2, None), "policy-team": (2, 2)}
# rule: the notice that must come first, and when contact is lawful after one on Friday 2027-06-18 at noon
AFTER = {
    "in-agent-notice": ("agency_notice", "2027-06-18T12:00"),
    "hk-agency-notice": ("agency_notice", "2027-06-18T12:00"),
    "tw-prior-letter": ("outsourcing", "2027-06-18T12:00"),
    "eu-first-letter": ("transfer_statement", "2027-06-18T12:00"),
    "kr-start-notice": ("collection_start", "2027-06-23T00:00"),
}
# rule: the first lawful start of a visit that is fixed on Friday 2027-06-18 at noon
LEADS = {"policy-notice": "2027-06-19T12:00", "uk-tcg-notice": "2027-06-27T00:00"}
# rule: triggers, an action, days until it ends by itself (from 2026-12-01 on), what may still be sent
HOLDS: dict[str, tuple[list[str], Action, int | None, list[Purpose]]] = {
    "cn-stop-plan": (["plan_in_force"], MESSAGE, None, [Purpose.REMINDER, Purpose.CONFIRMATION]),
    "cn-dispute": (["dispute"], MESSAGE, None, [Purpose.CONFIRMATION]),
    "cn-death-incapacity": (["deceased", "incapacity"], STEP, None, []),
    "cn-sz-bankruptcy": (["bankruptcy"], MESSAGE, None, []),
    "us-work": (["no_work_contact"], replace(CALL, place=Place.WORK), None, []),
    "us-attorney": (["representative"], MESSAGE, None, []),
    "us-cease": (["stop"], MESSAGE, None, [Purpose.STATUTORY_NOTICE]),
    "us-medium-stop": (["stop_medium"], MESSAGE, None, []),
    "us-dispute": (["dispute"], MESSAGE, None, [Purpose.STATUTORY_NOTICE, Purpose.CONFIRMATION]),
    "us-bankruptcy": (["bankruptcy"], MESSAGE, None, []),
    "us-ma-work-call-stop-oral": (["no_work_contact_oral"], replace(CALL, place=Place.WORK), 10, []),
    "us-ma-work-call-stop": (["no_work_contact"], replace(CALL, place=Place.WORK), None, []),
    "uk-visit-vulnerable": (["vulnerable"], STEP, None, []),
    "uk-visit-dispute": (["dispute"], SLOT, None, []),
    "uk-adviser-hold": (["adviser_plan"], MESSAGE, 30, [Purpose.CONFIRMATION]),
    "uk-dispute-hold": (["dispute"], MESSAGE, None, [Purpose.CONFIRMATION, Purpose.ANSWER]),
    "uk-capacity-hold": (["incapacity"], MESSAGE, None, []),
    "uk-adviser-deal": (["representative"], MESSAGE, None, []),
    "uk-bs-standard": (["breathing_space"], MESSAGE, 60, []),
    "uk-bs-crisis": (["crisis_moratorium"], MESSAGE, None, []),
    "uk-bs-scotland": (["moratorium_scotland"], MESSAGE, 182, []),
    "in-grievance-hold": (["complaint"], MESSAGE, None, [Purpose.CONFIRMATION, Purpose.ANSWER]),
    "hk-bankruptcy": (["bankruptcy"], MESSAGE, None, []),
    "au-ask-first": (["visit_refused"], STEP, None, []),
    "au-rep": (["representative"], MESSAGE, None, []),
    "au-hardship": (["hardship", "hardship_notice"], MESSAGE, 21, [Purpose.CONFIRMATION, Purpose.ANSWER]),
    "au-afca": (["external_complaint"], MESSAGE, None, []),
    "kr-means": (["stop_medium"], MESSAGE, None, []),
    "kr-pause": (["disaster", "surgery", "bereavement"], MESSAGE, 90, []),
    "kr-plan-pause": (["debt_adjustment"], MESSAGE, None, [Purpose.CONFIRMATION]),
    "jp-lawyer": (["representative"], MESSAGE, None, [Purpose.CONFIRMATION]),
    "policy-stop": (["stop", "not_me"], MESSAGE, None, []),
    "policy-holds": (
        [
            *("dispute", "hardship", "vulnerable", "representative"),
            *("complaint", "bankruptcy", "incapacity", "asked_to_leave"),
        ],
        MESSAGE,
        None,
        [Purpose.ANSWER],
    ),
    "policy-answers": (
        ["representative", "bankruptcy", "incapacity", "asked_to_leave"],
        replace(MESSAGE, purpose=Purpose.ANSWER),
        None,
        [],
    ),
    "policy-plan-in-force": (
        ["plan_in_force"],
        MESSAGE,
        None,
        [Purpose.REMINDER, Purpose.FOLLOW_UP, Purpose.ANSWER],
    ),
    "policy-visit-refused": (["visit_refused"], STEP, None, []),
    "policy-hard-stop": (["deceased"], replace(MESSAGE, kind=ActionKind.REPLY), None, []),
}
IDENTITY = [
    *("cn-cba-identity", "us-lcm", "uk-identity-first", "sg-identity", "my-identity"),
    *("au-identity", "eu-identity", "policy-identity"),
]
# rule: the line, whether the first contact carries it, whether a later one does
LINES = {
    "cn-first-contact-id": ("institution", MESSAGE, True, False),
    "us-optout": ("opt_out", MESSAGE, True, True),
    "us-mini-miranda-first": ("collector_first", MESSAGE, True, False),
    "us-mini-miranda-later": ("collector_later", MESSAGE, False, True),
    "uk-visit-purpose": ("visit_purpose", MESSAGE, True, True),
    "tw-own-call": ("institution", CALL, True, True),
}
DOOR, INSIDE = Recording(), Recording(inside=True)
# rule: the action, what may be recorded, what may not, and the consent that mends it
RECORDINGS: dict[str, tuple[Action, Recording, Recording, str | None]] = {
    "cn-cba-visit-record": (STEP, Recording(audio=True, video=True), Recording(audio=True), None),
    "cn-civil-peace": (STEP, INSIDE, Recording(video=True, inside=True), "recording_video"),
    "us-ma-all-party-recording": (STEP, DOOR, Recording(audio=True), "recording_audio"),
    "tw-visit-record": (STEP, Recording(audio=True), DOOR, None),
    "cn-cba-call-record": (CALL, Recording(audio=True), DOOR, None),
    "in-call-record": (CALL, Recording(audio=True), DOOR, None),
    "tw-call-record": (CALL, Recording(audio=True), DOOR, None),
    "tw-own-record": (CALL, Recording(audio=True), DOOR, None),
}
ENTRIES = ["cn-cba-entry", "cn-civil-entry", "us-ma-outside", "uk-visit-entry", "tw-entry", "policy-entry"]
LEAVES = {
    "uk-leave-asked": ["asked"],
    "uk-leave-distress": ["distress", "capacity"],
    "uk-tcg-alone": ["child_alone", "vulnerable_alone"],
    "jp-leave": ["asked"],
    "policy-leave": ["asked", "distress", "capacity", "child_alone"],
}
# rule: who may be reached, and who of them may hear of the debt
EVERYBODY = set(ThirdParty) - {ThirdParty.MINOR}
OTHERS = {
    "cn-contact-gate-cba": (EVERYBODY, set()),
    "cn-minor": (EVERYBODY, set()),
    "cn-only-debtor": (EVERYBODY, {ThirdParty.GUARANTOR}),
    "us-third-party": (EVERYBODY, {ThirdParty.SPOUSE}),
    "us-location": (EVERYBODY, {ThirdParty.SPOUSE}),
    "uk-third-party": ({ThirdParty.GUARANTOR, ThirdParty.NAMED}, {ThirdParty.GUARANTOR}),
    "hk-third-party": ({ThirdParty.GUARANTOR}, {ThirdParty.GUARANTOR}),
    "tw-no-third-collect": (EVERYBODY, {ThirdParty.GUARANTOR}),
    "tw-own-target": ({ThirdParty.GUARANTOR}, {ThirdParty.GUARANTOR}),
    "my-third-party": (EVERYBODY - {ThirdParty.COLLEAGUE, ThirdParty.OTHER}, {ThirdParty.GUARANTOR}),
    "id-target": (set(), set()),
    "ph-contacts": ({ThirdParty.GUARANTOR}, {ThirdParty.GUARANTOR}),
    "au-third-party": (EVERYBODY - {ThirdParty.COLLEAGUE}, {ThirdParty.GUARANTOR}),
    "jp-third": ({ThirdParty.GUARANTOR}, {ThirdParty.GUARANTOR}),
    "th-person": ({ThirdParty.NAMED}, {ThirdParty.NAMED}),
    "policy-third-party": (EVERYBODY, set()),
}
# rule: an action that it refuses, one beside it that it lets be, and the consent that lifts it
AT_WORK, IN_HOSPITAL = replace(STEP, place=Place.WORK), replace(STEP, place=Place.HOSPITAL)
CHANNELS: dict[str, tuple[Action | None, Action, str | None]] = {
    "cn-channel-messenger": (MESSAGE, replace(MESSAGE, channel=Channel.LETTER), None),
    "us-place": (IN_HOSPITAL, STEP, "visit_place"),
    "us-ma-work-visit": (AT_WORK, STEP, "work_visit"),
    "uk-visit-place": (AT_WORK, STEP, "visit_place"),
    "id-place": (AT_WORK, STEP, "visit_place"),
    "jp-place": (AT_WORK, STEP, None),
    "policy-messenger": (None, MESSAGE, None),
}
PAYMENTS = ["tw-no-cash", "policy-payment"]
# rule: does it respect barred times, does it respect own hours
PERSONAL = {
    "us-own-times": (True, False),
    "us-ma-waking": (False, True),
    "uk-time": (True, True),
    "au-preference": (True, True),
    "kr-blackout": (True, False),
    "policy-own-times": (True, True),
}
TABLES: tuple[Any, ...] = (
    *(WINDOWS, CAPS, STAFF, AFTER, LEADS, HOLDS, IDENTITY, LINES, RECORDINGS, ENTRIES),
    *(LEAVES, OTHERS, CHANNELS, PAYMENTS, PERSONAL),
)
