"""What a value, a field or a pack gets that makes no sense: its line, and what to write instead."""

import pytest

from flows.errors import ScriptInvalid
from flows.rules import parse_pack
from tests.unit.rules.conftest import HEADER, pack_of, rule_text

VALUES = [
    ("contact_window", '{mon-sun: "21:00-08:00"}', "never opens"),
    ("contact_window", "{mon-sun: none}", "never opens"),
    ("contact_window", "{holidays: none}", "never opens"),
    ("contact_window", '"08:00-21:00"', "days and hours"),
    ("contact_window", '{noday: "09:00-10:00"}', "mon-sat"),
    ("contact_window", '{sat-mon: "09:00-10:00"}', "mon-sat"),
    ("contact_window", '{mon: "nine-ten"}', "09:00-20:00"),
    ("contact_window", '{mon: "25:00-26:00"}', "09:00-20:00"),
    ("contact_window", '{mon: "09:00-12:00, 11:00-13:00"}', "in order and apart"),
    ("contact_window", '{mon-fri: "09:00-12:00", wed: "13:00-14:00"}', "twice"),
    ("contact_window", '{mon: "09:00-12:00", agreed_time: perhaps}', "ignored, widens, narrows"),
    ("minimum_notice", "{hours: 0}", "1 or more"),
    ("minimum_notice", "{hours: 24, business_days: 2}", "one of"),
    ("minimum_notice", "{hours: 24, after: [a]}", "name the notice"),
    ("minimum_notice", "24", "keys and values"),
    ("frequency_cap", "{at_most: 0, per: day}", "cap of zero"),
    ("frequency_cap", "{at_most: -1, per: day}", "1 or more"),
    ("frequency_cap", "{at_most: true, per: day}", "1 or more"),
    ("frequency_cap", "{at_most: 1}", "`per` is missing"),
    ("frequency_cap", "{at_most: 1, per: fortnight}", "rolling"),
    ("frequency_cap", "{at_most: 1, per: day, each: debt}", "no key `each`"),
    ("frequency_cap", "{at_most: 1, per: day, channels: [fax]}", "messenger"),
    ("frequency_cap", "{at_most: 1, per: day, solicited: often}", "true or false"),
    ("minimum_gap", "{}", "one of hours, days"),
    ("minimum_gap", "{days: 7, consecutive_days: 7}", "one of hours, days"),
    ("minimum_gap", "{days: 0}", "1 or more"),
    ("cease_hold", "{triggers: []}", "at least one"),
    ("cease_hold", "{triggers: [stop], days: 0}", "1 or more"),
    ("cease_hold", "{triggers: [stop], still: [hello]}", "opt_out_confirmation"),
    ("cease_hold", "{triggers: [stop], still: [answer], once: [reply]}", "not in `still`"),
    ("identity_before_disclosure", "false", "never turn it off"),
    ("staffing", "{min: 3, max: 2}", "no team"),
    ("staffing", "{min: 0}", "1 or more"),
    ("channel_permission", "maybe", "permitted"),
    ("mandatory_line", '{line: x, text: ""}', "says nothing"),
    ("recording", "{where: door}", "says nothing"),
    ("recording", "{audio: perhaps}", "required"),
    ("entry", "always", "with_consent"),
    ("leave", "asked", "list of words"),
    ("third_party", "{who: [guarantor], disclose_to: [spouse]}", "does not"),
    ("payment_taking", "[]", "nobody"),
    ("payment_taking", "[butler]", "nobody"),
    ("occasion_blackout", "{occasions: []}", "at least one"),
    ("personal_calendar", "{respect: [horoscope]}", "barred_times"),
    ("hand_over", "{for: link}", "how long"),
    ("hand_over", "{for: spring, days: 1}", "check_out"),
    ("retention", "{}", "how long"),
    ("retention", "{at_least: {}}", "years or months"),
    ("retention", "{at_least: {years: 2}, at_most: {months: 1}}", "shorter"),
    ("evidential_gap", "{weeks: 2}", "weeks"),
    ("conduct", '""', "sentence"),
    ("papers", "[]", "at least one"),
    ("no_such_kind", "1", "contact_window"),
]


@pytest.mark.parametrize(("kind", "value", "says"), VALUES)
def test_a_value_that_makes_no_sense(kind: str, value: str, says: str) -> None:
    """What can never hold, or holds against nothing, is refused at its line with what to write."""
    with pytest.raises(ScriptInvalid, match=says) as caught:
        pack_of(rule_text(kind, value))
    line = 9 if kind == "no_such_kind" else 10
    assert f"XX/v1.yaml:{line}:" in str(caught.value)


def test_a_fault_deep_in_a_value_is_found_there() -> None:
    """A wrong entry is reported at its own line, not at the rule's."""
    rule = rule_text("frequency_cap", "\n      at_most: 0\n      per: day")
    with pytest.raises(ScriptInvalid) as caught:
        pack_of(rule)
    assert str(caught.value).startswith("XX/v1.yaml:11:7: FR109")


FIELDS = [
    ("colour: red", "colour"),
    ("actions: [fly]", "message"),
    ("actions: message", "list"),
    ("actions: []", "list"),
    ("products: [1]", "words"),
    ("party: both", "first, third"),
    ("effective_from: soon", "2026-11-24"),
    ("effective_from: 2026-02-02\neffective_to: 2026-01-01", "ends before"),
    ("consent: {to: hours, forms: [nod]}", "oral"),
    ('consent: {to: "", forms: [oral]}', "says nothing"),
    ("consent: {to: hours, forms: [oral], days: 0}", "whole number from 1"),
    ("exception: {id: a, title: t, overdue_more_than_days: 5, auto_apply: true}", "never applies by itself"),
    ("exception: {id: a}", "auto_apply"),
    ("overridable: maybe", "true or false"),
]


@pytest.mark.parametrize(("extra", "says"), FIELDS)
def test_a_field_that_makes_no_sense(extra: str, says: str) -> None:
    """Unknown keys and values are refused with the known ones."""
    with pytest.raises(ScriptInvalid, match=says):
        pack_of(rule_text("staffing", "{min: 2}", extra=extra))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("citation: c", 'citation: ""', "names its source"),
        ("    citation: c\n", "", "needs the key `citation`"),
        ("    kind: staffing\n", "", "needs the key `kind`"),
        ("status: verified", "status: certain", "unverified"),
        ("confidence: H", "confidence: X", "H, M, L"),
        ("force: policy", "force: might", "law"),
        ("version: 1", "version: 0", "from 1"),
        ("version: 1", "version: one", "whole number"),
        ("title: t", 'title: ""', "says nothing"),
        ("effective_from: 2000-01-01\n", "", "needs the key `effective_from`"),
        ('reviewed_by: ""', 'reviewed_by: ""\ncalendar: XQ', "CN or US-MA"),
        ('reviewed_by: ""', 'reviewed_by: ""\noverrides: [{rule: r}]', "needs the key `by`"),
    ],
)
def test_a_pack_that_leaves_out_what_it_owes(before: str, after: str, says: str) -> None:
    """Citation, status, dates and reviewer are owed by every pack."""
    whole = HEADER + "rules:\n" + rule_text("staffing", "{min: 2}")
    with pytest.raises(ScriptInvalid, match=says):
        parse_pack(whole.replace(before, after, 1), "XX/v1.yaml")
