"""The shipped packs, and ways to ask about one thing at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from flows.rules import (
    Action,
    ActionKind,
    Channel,
    Contact,
    ContactOutcome,
    Facts,
    Pack,
    Purpose,
    Rule,
    Verdict,
    chain,
    decide,
    parse_pack,
)

FOLDER = Path(__file__).parents[3] / "flows" / "rules" / "packs"
SHIPPED = {
    f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in sorted(FOLDER.glob("*/v*.yaml"))
}
PACKS = [parse_pack(text, file) for file, text in SHIPPED.items()]
ZONES = {
    "AU": "Australia/Sydney",
    "CN": "Asia/Shanghai",
    "EU": "Europe/Berlin",
    "HK": "Asia/Hong_Kong",
    "ID": "Asia/Jakarta",
    "IN": "Asia/Kolkata",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "MY": "Asia/Kuala_Lumpur",
    "PH": "Asia/Manila",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "TW": "Asia/Taipei",
    "UK": "Europe/London",
    "US": "America/New_York",
    "US-MA": "America/New_York",
}
Ask = Callable[..., Verdict]
MESSAGE = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.NOTICE)
CALL = Action(ActionKind.CALL, Channel.PHONE, Purpose.FOLLOW_UP)
STEP = Action(ActionKind.ONSITE_STEP, Channel.VISIT, Purpose.VISIT, staff=2)
SLOT = Action(ActionKind.VISIT_SLOT, Channel.VISIT, Purpose.VISIT, staff=2)
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
UNKNOWN = Facts("UTC", "XX", first_party=None)
HEADER = 'pack: XX\nversion: 1\ntitle: t\neffective_from: 2000-01-01\nreviewed_by: ""\n'


def alone(rule_id: str) -> tuple[Pack, Rule]:
    """A shipped rule in a pack of its own, and the rule."""
    found = next((pack, rule) for pack in PACKS for rule in pack.rules if rule.id == rule_id)
    return replace(found[0], rules=(found[1],)), found[1]


def rule_text(kind: str, value: str, name: str = "r", extra: str = "") -> str:
    """A rule as a pack writes it, with the rest filled in."""
    text = (
        f"  - id: {name}\n    title: t\n    kind: {kind}\n    value: {value}\n    citation: c\n"
        "    force: policy\n    evidence: e\n    confidence: H\n    status: verified\n"
    )
    return text + "".join(f"    {line}\n" for line in extra.splitlines())


def pack_of(*rules: str, header: str = HEADER) -> Pack:
    """A pack of rules written by `rule_text`."""
    return parse_pack(header + "rules:\n" + "".join(rules), "XX/v1.yaml")


def only(kind: str, value: str, extra: str = "") -> list[Pack]:
    """A pack of one rule."""
    return [pack_of(rule_text(kind, value, extra=extra))]


def local(text: str, zone: str = "UTC") -> datetime:
    """An instant by a local clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def visit(starts_at: datetime, minutes: int = 45, **others: object) -> Action:
    """A slot that begins then."""
    return replace(SLOT, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes), **others)


def was(
    at: datetime,
    channel: Channel = Channel.MESSENGER,
    outcome: ContactOutcome = ContactOutcome.DELIVERED,
    **others: object,
) -> Contact:
    """An earlier contact."""
    return replace(Contact(at, channel, Purpose.NOTICE, outcome), **others)


@pytest.fixture(scope="session")
def packs() -> Mapping[str, Sequence[Pack]]:
    """The packs that bind in each jurisdiction."""
    return chain(PACKS, "policy-default")


@pytest.fixture
def message(packs: Mapping[str, Sequence[Pack]]) -> Ask:
    """Ask about an unasked message at a local wall time."""

    def ask(place: str, when: str, purpose: Purpose = Purpose.NOTICE, **facts: object) -> Verdict:
        known = replace(Facts(ZONES[place], place), **facts)
        return decide(replace(MESSAGE, purpose=purpose), known, packs[place], local(when, ZONES[place]))

    return ask


@pytest.fixture
def slot(packs: Mapping[str, Sequence[Pack]]) -> Ask:
    """Ask about a visit of 45 minutes at a local wall time, fixed `ahead` before it by a team of `staff`."""

    def ask(
        place: str, when: str, *, ahead: timedelta = timedelta(days=3), staff: int = 2, **facts: object
    ) -> Verdict:
        starts_at = local(when, ZONES[place])
        known = replace(Facts(ZONES[place], place), **facts)
        return decide(visit(starts_at, staff=staff), known, packs[place], starts_at - ahead)

    return ask
