"""What a pack gets when it is wrong: file, line, column, and what to write instead."""

import re

import pytest

from flows.rules import check_packs, check_texts
from tests.unit.rules.conftest import FOLDER, PACKS, SHIPPED, rule_text

CODE = re.compile(r"\bS\d+[a-z]?\b")
SOURCES = (FOLDER / "sources.yaml").read_text("utf-8")
WINDOW = ("contact_window", '{mon-sun: "08:00-21:00"}')


def found(*texts: str) -> list[str]:
    """What is wrong with these files, as `file:line: code`."""
    issues = check_texts({f"{number}.yaml": text for number, text in enumerate(texts)})
    return [f"{issue.file}:{issue.line}: {issue.code}" for issue in issues]


def text(*rules: str, name: str = "XX", version: int = 1, since: str = "2000-01-01", extra: str = "") -> str:
    header = f'pack: {name}\nversion: {version}\ntitle: t\neffective_from: {since}\nreviewed_by: ""\n{extra}'
    return header + "rules:\n" + "".join(rules)


def test_what_ships_is_sound() -> None:
    """The shipped packs pass their own check."""
    assert check_texts(SHIPPED) == []
    assert check_packs(PACKS) == []


def test_the_places_that_ship() -> None:
    """Every place that was promised has its pack, and the lender's own limits are there."""
    promised = "AU CN EU HK ID IN JP KR MY PH SG TH TW UK US US-MA policy-default"
    assert " ".join(sorted(pack.name for pack in PACKS)) == promised


def test_nobody_has_signed_yet() -> None:
    """A pack ships without a reviewer: that is the lender's own."""
    assert {pack.reviewed_by for pack in PACKS} == {None}


def test_verified_means_seen() -> None:
    """Only what rests on seen sources of high confidence is called verified; memory, drafts and readings are not."""
    rules = [rule for pack in PACKS for rule in pack.rules if pack.name != "policy-default"]
    good = [one for one in rules if one.source.status == "verified"]
    assert len(good) > len(rules) // 2
    for one in good:
        assert one.source.confidence == "H", one.id
        assert one.source.evidence.startswith("S"), one.id
        assert not {"memory", "reading", "press", "not seen"} & set(one.source.evidence.split()), one.id
    assert all(one.source.citation.strip() for one in rules)


def test_what_is_cited_as_evidence_can_be_looked_up() -> None:
    """Each source that a rule names is listed with where it was seen, and no other."""
    listed = {line.partition(":")[0] for line in SOURCES.splitlines() if not line.startswith("#")}
    named = {code for pack in PACKS for rule in pack.rules for code in CODE.findall(rule.source.evidence)}
    assert listed == named


def test_india_has_its_draft() -> None:
    """The Indian draft is carried as a draft, from its proposed day."""
    [india] = [pack for pack in PACKS if pack.name == "IN"]
    drafts = [rule for rule in india.rules if rule.source.status == "draft"]
    assert len(drafts) == 6
    assert {str(rule.effective_from) for rule in drafts} == {"2026-07-01"}


def test_two_rules_of_one_name() -> None:
    """A receipt must be able to name its rule: ids are unique in a pack and among packs."""
    one = rule_text(*WINDOW)
    assert found(text(one, one)) == ["0.yaml:16: FR105"]
    assert found(text(one), text(one, name="YY")) == ["1.yaml:7: FR206"]


def test_every_fault_of_every_file() -> None:
    """One fault hides no other, in the same file or the next."""
    bad = rule_text("staffing", "{min: 0}", name="a") + rule_text("leave", "x", name="b")
    assert found(text(bad), text(rule_text("entry", "x"))) == [
        "0.yaml:10: FR109",
        "0.yaml:19: FR109",
        "1.yaml:10: FR109",
    ]


def test_versions() -> None:
    """Versions follow one another: none twice, none before the last, no overlap, no gap."""
    rule = rule_text(*WINDOW)
    first = text(rule)
    ended = text(rule, extra="effective_to: 2000-12-31\n")
    assert found(first, text(rule, version=2, since="2001-01-01")) == []
    assert found(ended, text(rule, version=2, since="2001-01-01")) == []
    assert found(first, first) == ["1.yaml:1: FR201"]
    assert found(first, text(rule, version=2)) == ["1.yaml:4: FR202"]
    assert found(first, text(rule, version=2, since="1999-01-01")) == ["1.yaml:4: FR202"]
    assert found(ended, text(rule, version=2, since="2000-12-31")) == ["1.yaml:4: FR202"]
    assert found(ended, text(rule, version=2, since="2001-01-02")) == ["1.yaml:4: FR203"]


def test_parents() -> None:
    """A parent is there, and is not the pack itself, not even by way of others."""
    rule = rule_text("leave", "[asked]")
    other = rule_text("leave", "[asked]", name="s")
    assert found(text(rule, extra="parent: YY\n")) == ["0.yaml:6: FR204"]
    assert found(text(rule, extra="parent: XX\n")) == ["0.yaml:6: FR205"]
    loop = found(text(rule, extra="parent: YY\n"), text(other, name="YY", extra="parent: XX\n"))
    assert loop == ["0.yaml:6: FR205", "1.yaml:6: FR205"]
    below = text(rule_text("leave", "[asked]", name="z"), name="ZZ", extra="parent: XX\n")
    assert "2.yaml:6: FR205" not in found(
        text(rule, extra="parent: YY\n"), text(other, name="YY", extra="parent: XX\n"), below
    )


def test_overrides() -> None:
    """Only an overridable rule that exists is set aside, by somebody, with the exception that it has."""

    def override(rule: str, exception: str = "") -> str:
        more = f", exception: {exception}" if exception else ""
        return f"overrides:\n  - {{rule: {rule}, by: reviewer, on: 2026-01-01, reason: because{more}}}\n"

    fixed = rule_text("channel_permission", "not permitted")
    free = rule_text("channel_permission", "not permitted", extra="overridable: true")
    late = "exception: {id: late, title: t, overdue_more_than_days: 9, auto_apply: false}\noverridable: true"
    wide = rule_text("channel_permission", "not permitted", extra=late)
    assert found(text(free, extra=override("r"))) == []
    assert found(text(wide, extra=override("r", "late"))) == []
    assert found(text(free, extra=override("q"))) == ["0.yaml:7: FR207"]
    assert found(text(fixed, extra=override("r"))) == ["0.yaml:7: FR208"]
    assert found(text(free, extra=override("r", "late"))) == ["0.yaml:7: FR209"]
    assert found(text(wide, extra=override("r"))) == ["0.yaml:7: FR209"]


LOOSER = [
    ("contact_window", '{mon-sun: "08:00-21:00"}', '{mon-sun: "08:00-21:01"}', '{mon-sat: "09:00-12:00"}'),
    (
        "contact_window",
        '{mon-sun: "08:00-21:00", holidays: none}',
        '{mon-sun: "08:00-21:00"}',
        '{mon: "09:00-10:00", holidays: none}',
    ),
    (
        "contact_window",
        '{mon: "08:00-21:00"}',
        '{mon: "08:00-21:00", agreed_time: widens}',
        '{mon: "08:00-21:00", agreed_time: narrows}',
    ),
    ("frequency_cap", "{at_most: 2, per: day}", "{at_most: 3, per: day}", "{at_most: 1, per: day}"),
    ("minimum_gap", "{days: 7}", "{days: 6}", "{days: 8}"),
    ("minimum_notice", "{hours: 24}", "{hours: 23}", "{hours: 48}"),
    ("staffing", "{min: 2, max: 3}", "{min: 2}", "{min: 3, max: 3}"),
    ("staffing", "{min: 2}", "{min: 1, max: 2}", "{min: 2, max: 2}"),
    ("channel_permission", "not permitted", "permitted", "not permitted"),
    ("entry", "never", "with_consent", "never"),
    ("leave", "[asked, distress]", "[asked]", "[asked, distress, fire]"),
    ("third_party", "{who: [guarantor]}", "{who: [guarantor, spouse]}", "{who: []}"),
    ("payment_taking", "nobody", "[collector]", "nobody"),
    ("hand_over", "{for: link, days: 3}", "{for: link, days: 4}", "{for: link, hours: 5}"),
    (
        "cease_hold",
        "{triggers: [dispute], days: 30}",
        "{triggers: [dispute, stop], days: 29}",
        "{triggers: [dispute], months: 1, plus_days: 1}",
    ),
    ("cease_hold", "{triggers: [a]}", "{triggers: [a], days: 400}", "{triggers: [b], days: 1}"),
    (
        "cease_hold",
        "{triggers: [a], still: [confirmation], once: true}",
        "{triggers: [a], still: [confirmation]}",
        "{triggers: [a]}",
    ),
    (
        "cease_hold",
        "{triggers: [a]}",
        "{triggers: [a], still: [reminder]}",
        "{triggers: [a, b], plus_days: 3}",
    ),
    (
        "cease_hold",
        "{triggers: [a], still: [answer, confirmation], once: [confirmation]}",
        "{triggers: [a], still: [answer, confirmation], once: [answer]}",
        "{triggers: [a], still: [answer, confirmation], once: true}",
    ),
    ("minimum_gap", "{consecutive_days: 7}", "{consecutive_days: 6}", "{consecutive_days: 7}"),
    ("retention", "{at_least: {years: 2}}", "{at_least: {years: 1}}", "{at_least: {years: 3}}"),
]


@pytest.mark.parametrize(("kind", "parent", "looser", "stricter"), LOOSER)
def test_a_child_never_allows_more_than_its_parent(
    kind: str, parent: str, looser: str, stricter: str
) -> None:
    """A state may narrow its country, not widen it."""
    country = text(rule_text(kind, parent))
    states = [
        text(rule_text(kind, one, name="s"), name="XX-A", extra="parent: XX\n") for one in (looser, stricter)
    ]
    assert found(country, states[0]) == ["1.yaml:11: FR301"]
    assert found(country, states[1]) == []


def test_rules_about_different_things_are_not_compared() -> None:
    """A state's hours of calls may be wider than its country's of visits; agencies are not the lender's own."""
    country = rule_text("contact_window", '{mon: "09:00-10:00"}', extra="actions: [call]\nparty: third")
    other = rule_text(*WINDOW, name="s", extra="actions: [visit_slot]")
    own = rule_text(*WINDOW, name="s", extra="actions: [call]\nparty: first")
    same = rule_text(*WINDOW, name="s", extra="actions: [call, message]")
    draft = same.replace("status: verified", "status: draft")
    states = [text(one, name="XX-A", extra="parent: XX\n") for one in (other, own, draft, same)]
    assert [found(text(country), one) for one in states] == [[], [], [], ["1.yaml:11: FR301"]]


def test_less_than_nothing() -> None:
    """Windows that never meet, and teams that cannot exist, are refused before anybody waits for them."""
    morning = rule_text("contact_window", '{mon-sun: "08:00-10:00"}')
    noon = rule_text("contact_window", '{mon-sun: "10:00-14:00"}', name="s")
    two, three = rule_text("staffing", "{min: 1, max: 2}"), rule_text("staffing", "{min: 3}", name="s")
    policy = {"name": "policy-own"}
    assert found(text(morning), text(noon, **policy)) == ["1.yaml:10: FR302"]
    assert found(text(morning, noon)) == ["0.yaml:19: FR302"]
    assert found(text(two), text(three, **policy)) == ["1.yaml:10: FR303"]
    assert found(text(two), text(rule_text("staffing", "{min: 2, max: 5}", name="s"), **policy)) == []


RECORDED = ("recording", "{audio: required, where: door}")


@pytest.mark.parametrize(
    ("value", "extra", "codes"),
    [
        ("{audio: forbidden}", "", ["1.yaml:10: FR304"]),
        ("{audio: forbidden, where: door}", "", ["1.yaml:10: FR304"]),
        ("{audio: forbidden, where: inside}", "", []),
        ("{audio: needs_consent}", "", []),
        ("{video: forbidden}", "", []),
        ("{audio: forbidden}", "actions: [call]", []),
    ],
)
def test_recordings_that_contradict(value: str, extra: str, codes: list[str]) -> None:
    """What one rule requires no other may forbid at the same place and for the same action."""
    place = text(rule_text(*RECORDED, extra="actions: [onsite_step]"))
    lender = text(rule_text("recording", value, name="s", extra=extra), name="policy-own")
    assert found(place, lender) == codes


WHOLE = text(rule_text("frequency_cap", "{at_most: 3, per: day}"))
REFUSED = {
    "an unknown key of a pack": ("title: t", "titel: t", "0.yaml:3: FV104"),
    "an unknown key of a rule": ("    force: policy", "    forse: policy", "0.yaml:12: FV104"),
    "an unknown key of a value": ("per: day", "pro: day", "0.yaml:10: FR109"),
    "a cap of zero": ("at_most: 3", "at_most: 0", "0.yaml:10: FR109"),
    "a missing citation": ("    citation: c\n", "", "0.yaml:7: FV105"),
    "an empty citation": ("citation: c", 'citation: ""', "0.yaml:11: FR106"),
    "a window that never opens": (
        "frequency_cap\n    value: {at_most: 3, per: day}",
        'contact_window\n    value: {mon-sun: "21:00-08:00"}',
        "0.yaml:10: FR109",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_is_pointed_at(what: str) -> None:
    """Each thing that must not be in a pack is found in its file, at its line."""
    before, after, where = REFUSED[what]
    assert before in WHOLE
    assert where in found(WHOLE.replace(before, after, 1))
    assert found(WHOLE) == []
