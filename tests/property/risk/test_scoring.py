"""Whatever is known of a case: its grades are a function of that alone, and what is missing never helps in silence."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.casework.risk import (
    INPUTS,
    Direction,
    Factor,
    Inputs,
    Scorecard,
    View,
    assess,
    grade_of,
    recommend,
    score,
)
from bot.library import risk

MODEL = risk()
VALUES = {
    name: st.none() | (st.sampled_from(sorted(one.words)) if one.words else st.integers(0, 5000))
    for name, one in INPUTS.items()
}
KNOWN = st.fixed_dictionaries({}, optional=VALUES)
CARDS = st.sampled_from(list(MODEL.cards.values()))
FACTORS = st.sampled_from([(card, factor) for card in MODEL.cards.values() for factor in card.factors])


@given(KNOWN)
def test_every_case_has_a_treatment(known: Inputs) -> None:
    """Whatever is known, every view has a grade and one row of the table holds."""
    found = assess(MODEL, known)
    assert found.views.keys() == set(View)
    assert found.recommendation.row in MODEL.table.rows


@given(CARDS, KNOWN)
def test_points_are_the_sum_of_the_reasons(card: Scorecard, known: Inputs) -> None:
    """Nothing counts that is not shown, and the grade alone is the same grade."""
    scored = score(card, known)
    assert grade_of(card, known) == scored.grade
    assert scored.points == sum(one.band.points for one in scored.reasons)
    assert len(scored.reasons) == len(card.factors)


@given(CARDS, KNOWN, st.randoms(use_true_random=False))
def test_the_order_of_factors_and_inputs_is_nothing(
    card: Scorecard, known: Inputs, chance: random.Random
) -> None:
    """However factors and inputs are ordered, points and grade are the same."""
    factors, inputs = list(card.factors), list(known.items())
    chance.shuffle(factors)
    chance.shuffle(inputs)
    one, other = score(card, known), score(replace(card, factors=tuple(factors)), dict(inputs))
    assert (one.points, one.grade, one.best, one.worst) == (
        other.points,
        other.grade,
        other.best,
        other.worst,
    )


@given(FACTORS, KNOWN)
def test_missing_never_silently_counts_as_the_best_answer(
    where: tuple[Scorecard, Factor], known: Inputs
) -> None:
    """To keep something back is never better than its best answer, and it is always named."""
    card, factor = where
    without = score(card, {**known, factor.input: None})
    assert factor.id in {one.factor.id for one in without.missing}
    best = next(band for band in factor.bands if band.points == factor.least)
    answer = next(iter(sorted(best.words)), None) or (best.up_to if best.up_to is not None else 10_000)
    assert without.points > score(card, {**known, factor.input: answer}).points


@given(FACTORS, KNOWN, st.integers(0, 5000), st.integers(0, 5000))
def test_a_declared_direction_is_kept(
    where: tuple[Scorecard, Factor], known: Inputs, low: int, high: int
) -> None:
    """A rising factor never gives fewer points for more, a falling one never more."""
    card, factor = where
    if factor.direction is None:
        return
    fewer, more = sorted((low, high))
    if factor.direction is Direction.FALLING:
        fewer, more = more, fewer
    less = score(card, {**known, factor.input: fewer})
    assert less.points <= score(card, {**known, factor.input: more}).points


@given(CARDS, KNOWN, KNOWN)
def test_what_becomes_known_stays_within_what_was_told(card: Scorecard, known: Inputs, news: Inputs) -> None:
    """Whatever turns out about what was missing, the grade lies between the best and the worst that were told."""
    before = score(card, known)
    missing = {one.factor.input for one in before.missing}
    after = score(card, {**known, **{name: value for name, value in news.items() if name in missing}})
    assert before.best.above <= after.grade.above <= before.worst.above


@given(CARDS, KNOWN)
def test_a_change_that_is_named_does_change(card: Scorecard, known: Inputs) -> None:
    """The best answer to a named factor alone gives the grade that was named with it, and a lower one."""
    scored = score(card, known)
    for change in scored.changes:
        best = next(band for band in change.factor.bands if band.points == change.factor.least)
        answer = next(iter(sorted(best.words)), None) or (best.up_to if best.up_to is not None else 10_000)
        assert score(card, {**known, change.factor.input: answer}).grade == change.grade
        assert change.grade.above < scored.grade.above


@given(KNOWN)
def test_vulnerability_never_costs_anybody_help(known: Inputs) -> None:
    """With everything else as it is, needing more care never turns a treatment that helps into one that does not."""
    facts = assess(MODEL, known)
    grades = {view: scored.grade for view, scored in facts.views.items()}
    ladder = [
        recommend(MODEL.table, {**grades, View.VULNERABILITY: grade}, known).treatment.helps
        for grade in MODEL.cards[View.VULNERABILITY].grades
    ]
    assert ladder == sorted(ladder)


@given(KNOWN, st.sampled_from(["told_vulnerable", "asked_for_help"]))
def test_who_is_known_to_need_care_is_led_to_help(known: Inputs, name: str) -> None:
    """Known vulnerability leads to help whatever else is known, unless contact is stopped or nothing is owed."""
    told = {**known, name: "yes", "settled": "no"}
    if told.get("hold") not in ("stop", "not_me", "deceased"):
        assert assess(MODEL, told).recommendation.treatment.helps
