"""The cheapest way to what nobody has walked yet."""

import pytest

from bot import library
from flows.engine import Walked
from flows.script import Script
from flows.script.ways import Kind, Unfolded, spots
from flows.seek import Leg, legs, nearest, spot_of
from flows.walks import every_way
from tests.unit.flows.conftest import Play, Player
from tests.unit.flows.test_walks import ROOT, SUB

SCRIPTS = list(library.scripts()[1].values())


@pytest.fixture
def player(play: Play) -> Player:
    return play(ROOT, SUB)


def one_each(_: Leg) -> float:
    """Let every way cost the same."""
    return 1.0


def way(player: Player, *wanted: Walked) -> list[str] | None:
    """Return the way from where the player stands, as kinds and names."""
    start = spot_of(player.script, player.session)
    found = nearest(Unfolded(player.script), start, wanted, one_each)
    return None if found is None else [f"{one.kind} {one.name}".strip() for one in found]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_a_way_is_named_as_a_turn_tells_it(script: Script) -> None:
    """Every way that can be planned is one of the script's or of a sub-script's, and none of its own is left out."""
    unfolded = Unfolded(script)
    planned = {leg.walked for spot in spots(unfolded) for leg in legs(unfolded, spot)} - {None}

    assert planned <= {one for each in (script, *script.linked.values()) for one in every_way(each)}
    assert {*every_way(script)} <= planned


def test_the_nearest_is_found(player: Player) -> None:
    """Of two the one with fewer ways before it; each leg begins where the last one ended."""
    assert way(
        player, Walked("root", "last", Kind.TAPPED, "bye"), Walked("root", "first", Kind.TYPED, "")
    ) == ["typed"]
    assert way(player, Walked("root", "last", Kind.TAPPED, "bye")) == ["typed", "found", "tapped bye"]


def test_a_sub_script_lies_on_the_way(player: Player) -> None:
    """What it comes to counts in the script that runs it."""
    assert way(player, Walked("root", "runs", Kind.ENDED, "otherwise")) == [
        *("tapped go", "run sub", "tapped other", "ended other")
    ]


def test_an_aside_leads_out_by_its_choice(player: Player) -> None:
    """What a permanent choice's sub-script comes to is the choice's own way, where the script goes on from it."""
    assert way(player, Walked("root", "", Kind.ENDED, "aside/other")) == [
        *("raised aside", "tapped other", "ended other")
    ]


def test_what_is_only_done_stays_where_it_is(player: Player) -> None:
    """A timeout that leaves the question open is a way from it to itself."""
    unfolded, start = Unfolded(player.script), spot_of(player.script, player.session)
    (leg,) = nearest(unfolded, start, {Walked("root", "first", Kind.TIMED, "nudge")}, one_each) or ()
    assert leg.spot == leg.start == start


def test_what_is_not_to_be_tried_is_not(player: Player) -> None:
    """Without a price a way is closed; what lies behind it alone cannot be reached."""
    start, bye = spot_of(player.script, player.session), Walked("root", "last", Kind.TAPPED, "bye")
    unfolded = Unfolded(player.script)

    assert nearest(unfolded, start, {bye}, lambda one: None if one.name == "bye" else 1.0) is None


def test_the_cheaper_of_two_is_taken(player: Player) -> None:
    """A way that is dear is left for a longer one."""
    start, unfolded = spot_of(player.script, player.session), Unfolded(player.script)
    bye = {Walked("root", "last", Kind.TAPPED, "bye")}
    found = nearest(unfolded, start, bye, lambda one: 50.0 if one.kind is Kind.TYPED else 1.0) or ()

    assert found[0].name in ("aside", "go")


def test_where_a_conversation_stands(player: Player) -> None:
    """In a sub-script, and in one that a permanent choice has opened."""
    everywhere = set(spots(Unfolded(player.script)))
    player.raise_("aside")
    aside = spot_of(player.script, player.session)
    assert (aside[-1].script, aside[-1].aside) == ("sub", "aside")
    player.tap("yes")
    player.tap("go")
    called = spot_of(player.script, player.session)
    assert (called[-1].script, called[-1].aside) == ("sub", "")
    assert {aside, called} <= everywhere
