"""When a rule is in force, whom it binds, and what sets it aside."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.rules import (
    Channel,
    Consent,
    ConsentForm,
    Outcome,
    Pack,
    Place,
    Role,
    chain,
    decide,
    pinned,
    versions,
)
from tests.unit.rules.conftest import (
    AT,
    CALL,
    HEADER,
    MESSAGE,
    PACKS,
    SLOT,
    UNKNOWN,
    local,
    only,
    pack_of,
    rule_text,
    visit,
)

ALLOWED, WAIT, REFUSED = Outcome.ALLOWED, Outcome.WAIT, Outcome.REFUSED
DAY = timedelta(days=1)
BARRED = ("channel_permission", "not permitted")
AT_DAY = AT.date()


def versioned(version: int, since: str, hours: str, until: str = "") -> Pack:
    header = HEADER.replace("version: 1", f"version: {version}").replace("2000-01-01", since)
    header += f"effective_to: {until}\n" if until else ""
    return pack_of(rule_text("contact_window", f'{{mon-sun: "{hours}"}}'), header=header)


def overridden(text: str, extra: str = "overridable: true", value: tuple[str, str] = BARRED) -> list[Pack]:
    """A rule that is barred, and an override of it."""
    return [pack_of(rule_text(*value, extra=extra), header=HEADER + f"overrides:\n  - {{{text}}}\n")]


def test_a_rule_binds_from_its_day_to_its_day() -> None:
    """A rule speaks between its dates, both included; what waits for its end waits for the next midnight."""
    packs = only(*BARRED, extra="effective_from: 2026-12-02\neffective_to: 2026-12-03")
    found = [decide(MESSAGE, UNKNOWN, packs, AT + DAY * number).outcome for number in range(4)]
    assert found == [ALLOWED, WAIT, WAIT, ALLOWED]
    assert decide(MESSAGE, UNKNOWN, packs, AT + DAY).until == datetime(2026, 12, 4, tzinfo=UTC)


def test_a_slot_is_judged_by_the_rules_of_its_own_day() -> None:
    """A visit is fixed under the rules that will be in force when it takes place."""
    packs = only(*BARRED, extra="effective_from: 2026-12-02\neffective_to: 2026-12-03")
    found = [decide(visit(AT + DAY * number), UNKNOWN, packs, AT - DAY * 9).outcome for number in range(4)]
    assert found == [ALLOWED, REFUSED, REFUSED, ALLOWED]


def test_versions_take_turns() -> None:
    """A version ends where the next begins; the verdict names the one in force."""
    known = versions([versioned(2, "2026-12-02", "09:00-10:00"), versioned(1, "2026-01-01", "15:00-16:00")])
    assert [(one.version, one.effective_to) for one in known["XX"]] == [(1, AT_DAY), (2, None)]
    verdicts = [decide(MESSAGE, UNKNOWN, known["XX"], AT + DAY * number) for number in (0, 1)]
    assert [str(one.bound) for one in verdicts] == ["XX@1/r", "XX@2/r"]
    assert [str(ref) for one in verdicts for ref in one.consulted] == ["XX@1/r", "XX@2/r"]


def test_the_past_is_judged_anew_under_another_version() -> None:
    """A pinned version is in force on every day, alone; one that is not there is a KeyError."""
    both = [versioned(2, "2026-12-02", "09:00-10:00"), versioned(1, "2026-01-01", "11:00-16:00")]
    again = chain(
        [*pinned(both, "XX", 2), *(pack for pack in PACKS if pack.name == "policy-default")], "policy-default"
    )
    found = decide(MESSAGE, UNKNOWN, [pack for pack in again["XX"] if pack.name == "XX"], AT)
    assert (found.outcome, str(found.bound)) == (WAIT, "XX@2/r")
    with pytest.raises(KeyError, match="XX@3"):
        pinned(both, "XX", 3)


def test_a_state_inherits() -> None:
    """A state's packs are its own, its country's and the lender's."""
    found = chain(PACKS, "policy-default")
    assert [pack.name for pack in found["US-MA"]] == ["US-MA", "US", "policy-default"]
    assert "policy-default" not in found


def test_drafts_bind_nobody() -> None:
    """A draft is carried, not applied."""
    draft = rule_text(*BARRED).replace("verified", "draft")
    verdict = decide(MESSAGE, UNKNOWN, [pack_of(draft)], AT)
    assert (verdict.outcome, verdict.consulted) == (ALLOWED, ())


def test_unverified_rules_bind_and_say_so() -> None:
    """A rule that is not verified binds like another, and the receipt shows it."""
    verdict = decide(MESSAGE, UNKNOWN, [pack_of(rule_text(*BARRED).replace("verified", "unverified"))], AT)
    assert (verdict.outcome, verdict.status, verdict.citation) == (REFUSED, "unverified", "c")


SCOPES = [
    ("actions: [call]", {}, {}, False),
    ("actions: [message]", {}, {}, True),
    ("channels: [sms]", {}, {}, False),
    ("purposes: [nudge]", {}, {}, False),
    ("places: [work]", {}, {}, False),
    ("places: [work]", {"place": Place.WORK}, {}, True),
    ("roles: [enforcement]", {}, {}, False),
    ("roles: [enforcement]", {"role": Role.ENFORCEMENT}, {}, True),
    ("party: third", {}, {"first_party": True}, False),
    ("party: third", {}, {"first_party": False}, True),
    ("party: third", {}, {"first_party": None}, True),
    ("party: first", {}, {"first_party": False}, False),
    ("lender_types: [bank]", {}, {"lender_type": "bank"}, True),
    ("lender_types: [bank]", {}, {"lender_type": "shop"}, False),
    ("lender_types: [bank]", {}, {}, True),
    ("products: [card]", {}, {"product": "loan"}, False),
    ("products: [card]", {}, {}, True),
]


@pytest.mark.parametrize(("scope", "action", "facts", "binds"), SCOPES)
def test_whom_a_rule_binds(
    scope: str,
    action: dict[str, object],
    facts: dict[str, object],
    binds: bool,  # noqa: FBT001
) -> None:
    """A rule speaks about what it names; what is not known of a case is taken as bound."""
    asked, known = replace(MESSAGE, **action), replace(UNKNOWN, **facts)
    assert (decide(asked, known, only(*BARRED, extra=scope), AT).outcome is REFUSED) == binds


CONSENT = "consent: {to: hours, forms: [written]}"


@pytest.mark.parametrize(
    ("consent", "outcome"),
    [
        (Consent("hours", ConsentForm.WRITTEN, AT - DAY), ALLOWED),
        (Consent("hours", ConsentForm.ORAL, AT - DAY), REFUSED),
        (Consent("entry", ConsentForm.WRITTEN, AT - DAY), REFUSED),
        (Consent("hours", ConsentForm.WRITTEN, AT - DAY, AT), REFUSED),
        (Consent("hours", ConsentForm.WRITTEN, AT + DAY), WAIT),
    ],
)
def test_a_consent_lifts_the_rule_that_says_so(consent: Consent, outcome: Outcome) -> None:
    """The right consent, in the right form, while it holds; and no rule beside the one that names it."""
    facts = replace(UNKNOWN, consents=(consent,))
    assert decide(MESSAGE, facts, only(*BARRED, extra=CONSENT), AT).outcome is outcome
    assert decide(MESSAGE, facts, only(*BARRED), AT).outcome is REFUSED


def test_a_reviewer_sets_a_rule_aside() -> None:
    """From the day of the override to its last day the rule does not bind, and the receipt says who did that."""
    packs = overridden("rule: r, by: A. Reviewer, on: 2026-12-02, until: 2026-12-03, reason: agreed")
    verdicts = [decide(MESSAGE, UNKNOWN, packs, AT + DAY * number) for number in range(4)]
    assert [one.outcome for one in verdicts] == [WAIT, ALLOWED, ALLOWED, REFUSED]
    assert verdicts[0].until == datetime(2026, 12, 2, tzinfo=UTC)
    assert [[one.by for one in verdict.set_aside] for verdict in verdicts] == [
        ["A. Reviewer"],
        ["A. Reviewer"],
        ["A. Reviewer"],
        [],
    ]


def test_the_lender_overrides_the_messenger_in_china() -> None:
    """The messenger is refused in CN until the lender's own pack sets that rule aside; the rest still binds."""
    noon = local("2026-12-02T12:00", "Asia/Shanghai")
    [china] = [pack for pack in PACKS if pack.name == "CN"]
    text = (
        "overrides:\n  - {rule: cn-channel-messenger, by: reviewer, on: 2026-12-01, reason: export route}\n"
    )
    lender = pack_of(rule_text("leave", "[asked]"), header=HEADER.replace("XX", "policy-own") + text)
    facts = replace(UNKNOWN, zone="Asia/Shanghai")
    refused, allowed = decide(MESSAGE, facts, [china], noon), decide(MESSAGE, facts, [china, lender], noon)
    assert (refused.outcome, str(refused.bound)) == (REFUSED, "CN@1/cn-channel-messenger")
    assert allowed.outcome is ALLOWED
    assert decide(replace(MESSAGE, channel=Channel.LETTER), facts, [china], noon).outcome is ALLOWED
    assert decide(MESSAGE, facts, [china, lender], noon + timedelta(hours=11)).outcome is WAIT


LATE = "exception: {id: late, title: t, overdue_more_than_days: 15, auto_apply: false}\noverridable: true"
NIGHT = ("contact_window", '{mon-sun: "18:00-19:00"}')


@pytest.mark.parametrize(
    ("overdue_since", "until"),
    [
        (None, AT.replace(hour=18)),
        (AT_DAY - DAY * 15, AT.replace(hour=18)),
        (AT_DAY - DAY * 16, None),
    ],
)
def test_an_exception_that_was_turned_on(overdue_since: date | None, until: datetime | None) -> None:
    """It widens for debts more than fifteen days past due, and for no other."""
    packs = overridden("rule: r, by: me, on: 2026-01-01, reason: x, exception: late", LATE, NIGHT)
    assert decide(CALL, replace(UNKNOWN, overdue_since=overdue_since), packs, AT).until == until


def test_one_waits_for_the_exception() -> None:
    """When the sixteenth day comes before the hours do, one waits for that midnight."""
    packs = overridden("rule: r, by: me, on: 2026-01-01, reason: x, exception: late", LATE, NIGHT)
    facts = replace(UNKNOWN, overdue_since=AT_DAY - DAY * 15)
    late = AT.replace(hour=20)
    assert decide(CALL, facts, packs, late).until == datetime(2026, 12, 2, tzinfo=UTC)
    assert decide(SLOT, facts, packs, late).outcome is REFUSED


def test_without_the_override_nothing_widens() -> None:
    """An exception by itself does nothing."""
    facts = replace(UNKNOWN, overdue_since=date(2020, 1, 1))
    assert decide(CALL, facts, only(*NIGHT, extra=LATE), AT).outcome is WAIT
