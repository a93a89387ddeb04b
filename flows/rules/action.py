"""What is asked about: one message, call, slot, on-site step, payment, recording or contact with somebody else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActionKind(StrEnum):
    """What is about to be done.

    A `reply` answers the customer's own message in their chat; a `visit_slot` offers or fixes a time.
    """

    MESSAGE = "message"
    REPLY = "reply"
    CALL = "call"
    VISIT_SLOT = "visit_slot"
    ONSITE_STEP = "onsite_step"
    PAYMENT_TAKEN = "payment_taken"
    RECORDING = "recording"
    THIRD_PARTY_CONTACT = "third_party_contact"


class Channel(StrEnum):
    """The way to the customer."""

    MESSENGER = "messenger"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    PHONE = "phone"
    VISIT = "visit"


class Purpose(StrEnum):
    """Why. An `answer` is a person's, given later than the question; a `reply` is the conversation's own, at once."""

    ENROLMENT = "enrolment"
    NOTICE = "notice"
    NUDGE = "nudge"
    REMINDER = "reminder"
    FOLLOW_UP = "follow_up"
    CONFIRMATION = "confirmation"
    OPT_OUT_CONFIRMATION = "opt_out_confirmation"
    STATUTORY_NOTICE = "statutory_notice"
    SATISFACTION = "satisfaction"
    LOCATION = "location"
    REPLY = "reply"
    ANSWER = "answer"
    ALERT = "alert"
    VISIT = "visit"


class Place(StrEnum):
    """Where the customer would be met or reached."""

    HOME = "home"
    WORK = "work"
    HOSPITAL = "hospital"
    BRANCH = "branch"
    OTHER = "other"


class Role(StrEnum):
    """Who takes part on the lender's side."""

    COLLECTOR = "collector"
    SAFETY_OFFICER = "safety_officer"
    ENFORCEMENT = "enforcement"


class ThirdParty(StrEnum):
    """Who somebody other than the customer is to them."""

    GUARANTOR = "guarantor"
    SPOUSE = "spouse"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    NAMED = "named"
    MINOR = "minor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Recording:
    """What is recorded at that moment; `inside` the dwelling or at its door."""

    audio: bool = False
    video: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """What is asked about. Instants are aware.

    `starts_at` and `ends_at` are the visit's, for a slot; `told_at` is since when the customer has known of it, None:
    from now on. `staff` is how many people would come. `solicited`:
    the customer asked for it. `debt_ref`, `number_ref` and `third_party_ref` are opaque keys of the debt, the
    number or address used, and the other person. `recording` None: nothing is stated about it.
    """

    kind: ActionKind
    channel: Channel
    purpose: Purpose
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    told_at: datetime | None = None
    discloses_debt: bool = False
    staff: int = 0
    solicited: bool = False
    place: Place = Place.HOME
    inside: bool = False
    role: Role = Role.COLLECTOR
    recording: Recording | None = None
    third_party: ThirdParty | None = None
    debt_ref: str = ""
    number_ref: str = ""
    third_party_ref: str = ""
