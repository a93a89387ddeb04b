"""A rule, where it comes from, whom it binds; and a pack of rules in one dated version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flows.rules.action import Action, ActionKind, Channel, Place, Purpose, Role
from flows.rules.days import DAY
from flows.rules.facts import Consent, ConsentForm, Facts
from flows.script.model import Place as Position


class Force(StrEnum):
    """How binding a rule is, the strongest first."""

    LAW = "law"
    REGULATOR = "regulator"
    STANDARD = "standard"
    SELF_REGULATION = "self_regulation"
    GUIDANCE = "guidance"
    POLICY = "policy"


class Status(StrEnum):
    """How far a rule is known: `unverified` binds and is shown so, a `draft` binds nobody yet."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    DRAFT = "draft"


class Confidence(StrEnum):
    """How good the evidence is."""

    HIGH = "H"
    MEDIUM = "M"
    LOW = "L"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from: what to cite, what was seen of it, how sure that is."""

    citation: str
    force: Force
    evidence: str
    confidence: Confidence
    status: Status


@dataclass(frozen=True, slots=True)
class Scope:
    """What a rule speaks about; what is left empty is not narrowed. `first_party` None: both."""

    actions: frozenset[ActionKind] = frozenset()
    channels: frozenset[Channel] = frozenset()
    purposes: frozenset[Purpose] = frozenset()
    places: frozenset[Place] = frozenset()
    roles: frozenset[Role] = frozenset()
    lender_types: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    first_party: bool | None = None

    def covers(self, action: Action, facts: Facts) -> bool:
        """Does the rule speak about this? An unknown fact is taken as covered: the stricter reading."""
        return self._covers_action(action) and self.covers_case(facts)

    def _covers_action(self, action: Action) -> bool:
        return (
            (not self.actions or action.kind in self.actions)
            and (not self.channels or action.channel in self.channels)
            and (not self.purposes or action.purpose in self.purposes)
            and (not self.places or action.place in self.places)
            and (not self.roles or action.role in self.roles)
        )

    def covers_case(self, facts: Facts) -> bool:
        """Is the rule about this lender, product and party?"""
        return (
            (not self.lender_types or not facts.lender_type or facts.lender_type in self.lender_types)
            and (not self.products or not facts.product or facts.product in self.products)
            and (None in (self.first_party, facts.first_party) or self.first_party == facts.first_party)
        )


@dataclass(frozen=True, slots=True)
class ConsentNeeded:
    """The consent that lifts a rule: to what, and in which forms it counts.

    `days`: it counts so many local days at the most, that on which it was given as the first; 0: until withdrawn.
    """

    to: str
    forms: frozenset[ConsentForm]
    days: int = 0

    def is_met_by(self, one: Consent) -> bool:
        """Is it this consent, whenever it holds?"""
        return one.to == self.to and one.form in self.forms

    def lifts(self, one: Consent, at: datetime, zone: ZoneInfo) -> bool:
        """Is it this consent, and does it count at that instant?"""
        if not self.is_met_by(one) or not one.since <= at or (one.until is not None and at >= one.until):
            return False
        since = one.since.astimezone(zone).date()
        return not self.days or at.astimezone(zone).date() - since < DAY * self.days


@dataclass(frozen=True, slots=True)
class Widening:
    """An exception that allows more. It never applies by itself: a person turns it on by an override."""

    id: str
    title: str
    overdue_more_than_days: int


@dataclass(frozen=True, slots=True)
class Override:
    """A person's decision to set a rule aside, or to turn its exception on; days are local, both included."""

    rule: str
    by: str
    on: date
    reason: str
    exception: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule. `value` is read and judged by its kind; days are the customer's, both included."""

    id: str
    title: str
    kind: str
    value: Any
    source: Source
    scope: Scope = field(default_factory=Scope)
    consent: ConsentNeeded | None = None
    exception: Widening | None = None
    overridable: bool = False
    effective_from: date | None = None
    effective_to: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pack:
    """The rules of a place or a lender in one version. `calendar` names its holidays, such as CN or US-MA.

    `reviewed_by` stays empty until the lender's own reviewer has read it. `places` says where in `file` a thing
    stands.
    """

    name: str
    version: int
    title: str
    rules: tuple[Rule, ...]
    effective_from: date
    effective_to: date | None = None
    parent: str | None = None
    calendar: str | None = None
    reviewed_by: str | None = None
    overrides: tuple[Override, ...] = ()
    file: str = ""
    places: Mapping[str, Position] = field(default_factory=dict)
