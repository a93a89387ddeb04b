"""What the rules may know of a case: no name, no address, no text; refs are opaque keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from flows.rules.action import Channel, Place, Purpose, ThirdParty


class ContactOutcome(StrEnum):
    """How far a contact came: tried without an answer, delivered in writing, or somebody was spoken to."""

    ATTEMPTED = "attempted"
    DELIVERED = "delivered"
    CONTACTED = "contacted"


class ConsentForm(StrEnum):
    """How a consent was given."""

    ORAL = "oral"
    EXPRESS = "express"
    WRITTEN = "written"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact that was made, may have been, or is planned (`at` in the future). `inbound`: the customer's own.

    `solicited`: the customer asked for it, or it answers them. A visit that is planned is CONTACTED until it is
    known to have met nobody: it takes its place in every cap.
    """

    at: datetime
    channel: Channel
    purpose: Purpose
    outcome: ContactOutcome = ContactOutcome.DELIVERED
    inbound: bool = False
    solicited: bool = False
    place: Place = Place.HOME
    third_party: ThirdParty | None = None
    debt_ref: str = ""
    number_ref: str = ""
    third_party_ref: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that keeps contact from going on.

    `until` None: until somebody lifts it, or as long as the rule says; `channel` None: on every channel.
    """

    kind: str
    since: datetime
    until: datetime | None = None
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What the customer agreed `to`, how, and from when to when; `until` None: until withdrawn."""

    to: str
    form: ConsentForm
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgreedTime:
    """A time that the customer offered or agreed to; the end is not part of it."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WeeklyTime:
    """Hours of a weekday (Monday is 0) by the customer's clock; `closes` is exclusive, midnight its end."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time of mourning, a wedding, a calamity or a festival in the customer's life; both days included."""

    kind: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may know of a case. `zone` is the customer's (IANA), `jurisdiction` such as UK or US-MA.

    `first_party`: the lender's own staff collect, not an agency. A scope fact that
    is None or empty is unknown, and a rule that asks for it then binds. `barred_times` are
    hours in which the customer does not want contact, `own_hours` those in which they are known to be up.
    `notices` maps a notice (such as `outsourcing`) to when it was given. `leave` holds what was seen at the door
    that ends a visit (such as `asked` or `distress`).
    """

    zone: str
    jurisdiction: str
    contacts: tuple[Contact, ...] = ()
    holds: tuple[Hold, ...] = ()
    identity_established: bool = False
    consents: tuple[Consent, ...] = ()
    agreed_times: tuple[AgreedTime, ...] = ()
    barred_times: tuple[WeeklyTime, ...] = ()
    own_hours: tuple[WeeklyTime, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    notices: Mapping[str, datetime] = field(default_factory=dict)
    leave: frozenset[str] = frozenset()
    refused_by: frozenset[str] = frozenset()
    first_contact_at: datetime | None = None
    overdue_since: date | None = None
    first_party: bool | None = True
    lender_type: str = ""
    product: str = ""
