"""The packs against the research that they were written from: `researched.csv`, a row a rule that was found.

A row has its sources (`M`: from memory), how sure its value is, the force where it was seen, the rules that it is
kept as, and why it is left out or not taken as verified.
"""

import csv
from pathlib import Path

import pytest

from flows.rules import Force, Rule, Status
from tests.unit.rules.conftest import PACKS

Row = dict[str, str]
with Path(__file__).with_name("researched.csv").open(encoding="utf-8") as _file:
    ROWS: list[Row] = list(csv.DictReader(_file))
RULES = {rule.id: rule for pack in PACKS for rule in pack.rules}
KEPT = [(row, RULES[name]) for row in ROWS for name in row["kept_as"].split() if name in RULES]
# What no source says so, but follows from one, or is the lender's: never taken as verified.
READINGS = {
    *("cn-channel-messenger", "eu-identity", "hk-hours", "in-hours-other", "sg-hours", "tw-own-window"),
    "us-first-party-time",
}
ENFORCEMENT = {"uk-tcg-notice", "uk-tcg-window", "uk-tcg-alone"}  # from the text below the table


def _is_verified(row: Row) -> bool:
    """High confidence, sources alone, and no doubt."""
    return row["confidence"] == "H" and "M" not in row["evidence"].split() and not row["note"]


def test_every_row_is_kept_or_left_out_for_a_reason() -> None:
    """Each of the 208 rules that were found is in a pack, or says why not."""
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 208
    for row in ROWS:
        names = row["kept_as"].split()
        assert all(name in RULES for name in names), row["id"]
        assert names or row["note"], row["id"]


def test_every_rule_has_its_row() -> None:
    """No rule ships that was not found, the lender's own and what is marked as our reading aside."""
    ours = {rule.id for pack in PACKS if pack.name == "policy-default" for rule in pack.rules}
    assert set(RULES) - ours - READINGS - ENFORCEMENT == {rule.id for _, rule in KEPT}
    assert all(RULES[name].source.status is Status.UNVERIFIED for name in READINGS)


@pytest.mark.parametrize(("row", "rule"), KEPT, ids=lambda one: one.id if isinstance(one, Rule) else "")
def test_a_rule_claims_no_more_than_was_found(row: Row, rule: Rule) -> None:
    """Verified exactly where the evidence bears it; the sources are those of the row; drafts stay drafts."""
    if rule.source.status is Status.DRAFT:
        assert row["force"] == "draft"
    else:
        assert (rule.source.status is Status.VERIFIED) == _is_verified(row)
        assert not row["force"] or rule.source.force in {Force(one) for one in row["force"].split()}
    for code in row["evidence"].split():
        assert {"M": "memory"}.get(code, code) in rule.source.evidence
