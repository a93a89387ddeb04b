"""The rules: may this be done, now, to this person, and why. Pure; a verdict always names its reason."""

from flows.rules.action import Action, ActionKind, Channel, Place, Purpose, Recording, Role, ThirdParty
from flows.rules.check import check_packs, check_texts
from flows.rules.decide import decide
from flows.rules.facts import (
    AgreedTime,
    Consent,
    ConsentForm,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Occasion,
    WeeklyTime,
)
from flows.rules.finding import Outcome
from flows.rules.holding import YEAR, Terms, held, hold_kinds, terms
from flows.rules.keeping import Keeping, keeping
from flows.rules.kinds.hand_over import Waiting
from flows.rules.kinds.retention import Anchor
from flows.rules.link import chain, pinned, versions
from flows.rules.noticing import notice_kinds
from flows.rules.parse import parse_pack
from flows.rules.patience import patience
from flows.rules.rule import Confidence, Force, Override, Pack, Rule, Scope, Source, Status
from flows.rules.verdict import MandatoryLine, RuleRef, SetAside, Verdict

__all__ = [
    "YEAR",
    "Action",
    "ActionKind",
    "AgreedTime",
    "Anchor",
    "Channel",
    "Confidence",
    "Consent",
    "ConsentForm",
    "Contact",
    "ContactOutcome",
    "Facts",
    "Force",
    "Hold",
    "Keeping",
    "MandatoryLine",
    "Occasion",
    "Outcome",
    "Override",
    "Pack",
    "Place",
    "Purpose",
    "Recording",
    "Role",
    "Rule",
    "RuleRef",
    "Scope",
    "SetAside",
    "Source",
    "Status",
    "Terms",
    "ThirdParty",
    "Verdict",
    "Waiting",
    "WeeklyTime",
    "chain",
    "check_packs",
    "check_texts",
    "decide",
    "held",
    "hold_kinds",
    "keeping",
    "notice_kinds",
    "parse_pack",
    "patience",
    "pinned",
    "terms",
    "versions",
]
