"""The released scorecards and the table of treatments, factor by factor and row by row."""

import pytest

from bot.casework.risk import PROTECTED, View, assess, score
from bot.library import risk
from tests.unit.risk.tables import BEST, EDGES, GRADES, TREATMENTS

MODEL = risk()


@pytest.mark.parametrize(
    ("view", "name", "value", "points"),
    [(*key, value, points) for key, values in EDGES.items() for value, points in values.items()],
)
def test_a_value_gives_its_points(view: str, name: str, value: int | str | None, points: int) -> None:
    """On both sides of each edge, and while it is missing, a factor gives what the table says."""
    scored = score(MODEL.cards[View(view)], {name: value})
    reason = next(one for one in scored.reasons if one.factor.input == name)
    assert (reason.band.points, reason.value) == (points, value)


def test_the_table_tells_of_every_factor() -> None:
    """No factor is released without its edges in the table, and no edge stays on one side only."""
    factors = {(str(view), one.input): one for view, card in MODEL.cards.items() for one in card.factors}
    assert factors.keys() == EDGES.keys()
    for key, factor in factors.items():
        ends = [band.up_to for band in factor.bands if band.up_to is not None]
        words = {word for band in factor.bands for word in band.words}
        assert {*ends, *(end + 1 for end in ends), *words, None} <= EDGES[key].keys(), key


@pytest.mark.parametrize(
    ("view", "points", "grade"),
    [(view, points, grade) for view, rows in GRADES.items() for points, grade in rows.items()],
)
def test_points_give_their_grade(view: str, points: int, grade: str) -> None:
    """A grade begins at its threshold and not a point before."""
    assert MODEL.cards[View(view)].grade(points).id == grade


@pytest.mark.parametrize(("known", "row", "treatment"), TREATMENTS)
def test_a_case_gets_its_treatment(known: dict[str, int | str | None], row: str, treatment: str) -> None:
    """Each row of the table of treatments is reached, in its order."""
    found = assess(MODEL, {**BEST, **known}).recommendation
    assert (found.row.id, found.row.then) == (row, treatment)


def test_every_row_of_the_table_is_tried() -> None:
    """No row is released without a case that reaches it."""
    assert {row.id for row in MODEL.table.rows} == {row for _, row, _ in TREATMENTS}


def test_nobody_is_judged_by_what_they_are() -> None:
    """No factor asks for a protected attribute, or for one that stands in for it."""
    asked = {factor.input for card in MODEL.cards.values() for factor in card.factors}
    assert asked & PROTECTED == set()


def test_what_a_person_decides_does_not_stand_by_itself() -> None:
    """A visit that asks for care, the hardship team and a no for anybody's sake need a person."""
    standing = {card.id for card in MODEL.table.treatments.values() if card.stands}
    assert standing == {"no_visit", "message_first", "visit_by_two"}
