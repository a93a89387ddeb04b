"""Whatever the rules, the facts and the action: the verdict is the earliest lawful instant, and no accident."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.rules import Action, ActionKind, Channel, Facts, Outcome, Pack, Purpose, Verdict, chain, decide
from tests.property.rules.conftest import PACKS, RULES, alone
from tests.property.rules.naive.judge import allowed_by

Asked = st.SearchStrategy[tuple[Action, Facts, datetime]]
Books = st.SearchStrategy[tuple[Pack, ...]]
often = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
PLACES = chain(PACKS, "policy-default")
NEVER = datetime.max.replace(tzinfo=UTC)


def lawful_from(verdict: Verdict) -> datetime:
    """When it becomes lawful; the end of time for a refusal."""
    if verdict.outcome is Outcome.REFUSED:
        return NEVER
    return verdict.until or verdict.at.astimezone(UTC)


@often
@given(data=st.data())
def test_wait_until_is_allowed_then(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """`wait until T` is itself allowed at T."""
    action, facts, at = data.draw(asked)
    packs = data.draw(rulebooks)
    verdict = decide(action, facts, packs, at)
    if verdict.until is not None:
        assert decide(action, facts, packs, verdict.until).outcome is Outcome.ALLOWED


@often
@given(data=st.data())
def test_nothing_earlier_is_allowed(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """Between the question and T, and for a long time after a refusal, nothing is allowed."""
    action, facts, at = data.draw(asked)
    packs = data.draw(rulebooks)
    verdict = decide(action, facts, packs, at)
    if verdict.outcome is Outcome.ALLOWED:
        return
    end = verdict.until or at + timedelta(days=30)
    second = timedelta(seconds=1)
    tried = data.draw(st.lists(st.integers(0, max(0, (end - at) // second - 1)), max_size=12))
    for offset in {0, *tried, max(0, (end - at) // second - 1)}:
        earlier = at + second * offset
        assert earlier >= end or decide(action, facts, packs, earlier).outcome is not Outcome.ALLOWED


@often
@given(data=st.data())
def test_a_rule_more_never_allows_more(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """Adding a rule never makes anything lawful sooner."""
    action, facts, at = data.draw(asked)
    packs = data.draw(rulebooks)
    with_all = decide(action, facts, packs, at)
    with_fewer = decide(action, facts, packs[1:], at)
    assert lawful_from(with_fewer) <= lawful_from(with_all)


@often
@given(data=st.data())
def test_order_does_not_matter(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """The verdict, with the rule that bound, does not depend on the order of rules and packs."""
    action, facts, at = data.draw(asked)
    packs = data.draw(rulebooks)
    shuffled: Sequence[Pack] = data.draw(st.permutations(packs))
    assert decide(action, facts, shuffled, at) == decide(action, facts, packs, at)


@often
@given(data=st.data())
def test_order_within_a_pack_does_not_matter(data: st.DataObject, asked: Asked) -> None:
    """A place whose rules stand in another order in their files gives the same verdict, sentences and all."""
    action, facts, at = data.draw(asked)
    packs = PLACES[data.draw(st.sampled_from(sorted(PLACES)))]
    chance = Random(data.draw(st.integers()))
    shuffled = [replace(pack, rules=tuple(chance.sample(pack.rules, len(pack.rules)))) for pack in packs]
    assert decide(action, facts, shuffled, at) == decide(action, facts, packs, at)


@often
@given(data=st.data())
def test_a_consent_more_never_forbids(data: st.DataObject, asked: Asked) -> None:
    """What a customer agrees to besides never makes anything lawful later."""
    action, facts, at = data.draw(asked)
    packs = PLACES[data.draw(st.sampled_from(sorted(PLACES)))]
    fewer = replace(facts, consents=facts.consents[1:])
    assert lawful_from(decide(action, facts, packs, at)) <= lawful_from(decide(action, fewer, packs, at))


@often
@given(data=st.data())
def test_receipts_come_back_from_json(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """A receipt is read back whole, and judged again it says the same."""
    action, facts, at = data.draw(asked)
    packs = data.draw(rulebooks)
    verdict = decide(action, facts, packs, at)
    again = Verdict.from_json(json.loads(json.dumps(verdict.to_json())))
    assert again == verdict
    assert decide(again.action, again.facts, packs, again.at) == verdict


@often
@given(data=st.data())
def test_a_stop_lets_one_confirmation_through(data: st.DataObject, asked: Asked, rulebooks: Books) -> None:
    """Whatever else is known, a hold of a stop never refuses the first confirmation of that stop."""
    _, facts, at = data.draw(asked)
    stops = tuple(one for one in facts.holds if one.kind == "stop")
    before = tuple(one for one in facts.contacts if one.purpose is not Purpose.OPT_OUT_CONFIRMATION)
    action = Action(ActionKind.MESSAGE, Channel.MESSENGER, Purpose.OPT_OUT_CONFIRMATION)
    packs = [
        replace(pack, rules=rules)
        for pack in data.draw(rulebooks)
        if (rules := tuple(rule for rule in pack.rules if rule.id in {"policy-stop", "us-cease"}))
    ]
    verdict = decide(action, replace(facts, holds=stops, contacts=before), packs, at)
    assert verdict.outcome is Outcome.ALLOWED


@often
@given(data=st.data())
def test_a_naive_judge_agrees_on_each_rule(data: st.DataObject, asked: Asked) -> None:
    """Whatever is asked, each shipped rule by itself, drafts as well, says what its words say when tried naively."""
    action, facts, at = data.draw(asked)
    pack, rule = RULES[data.draw(st.sampled_from(range(len(RULES))))]
    found = decide(action, facts, [alone(pack, rule)], at).outcome is Outcome.ALLOWED
    assert found == allowed_by(pack.name, rule.id, action, facts, at)


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Apia", "America/Havana"])
def test_the_whole_day_has_its_answer(zone: str) -> None:
    """Without a rule everything is allowed at once, in any zone."""
    action = Action(ActionKind.CALL, Channel.PHONE, Purpose.FOLLOW_UP)
    verdict = decide(action, Facts(zone=zone, jurisdiction=""), (), datetime(2026, 1, 1, tzinfo=UTC))
    assert (verdict.outcome, verdict.bound, verdict.consulted) == (Outcome.ALLOWED, None, ())
