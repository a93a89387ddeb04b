"""Plans side by side: who may grant what, and for whom they are."""

from datetime import date
from importlib.resources import files

import pytest

from bot.casework.affordability import Basis
from bot.casework.solutions import Authority, Debt, Wish, choose, read_catalogue
from bot.casework.solutions.product import for_place
from bot.library import solutions
from flows.errors import ScriptInvalid

FIRST = date(2027, 4, 1)
PLACES = {place: for_place(solutions(None), place) for place in ("UK", "CN", "US-MA")}
EVERYWHERE = (files("bot") / "casework" / "solutions" / "products" / "everywhere" / "v1.yaml").read_text(
    "utf-8"
)


def offered(place: str, debt: Debt, wish: Wish) -> dict[str, tuple[int, Authority]]:
    return {
        plan.product.id: (plan.months, plan.authority) for plan in choose(PLACES[place], debt, wish).plans
    }


@pytest.mark.parametrize(
    ("monthly", "months", "authority"),
    [(12000, 11, Authority.TEAM), (8199, 16, Authority.SCHEDULER), (3000, 42, Authority.SECOND)],
)
def test_the_longer_the_more_must_agree(monthly: int, months: int, authority: Authority) -> None:
    """1,240.50: up to 12 months the team grants, up to 24 a scheduler, beyond it two people."""
    found = offered("UK", Debt(124050), Wish(monthly, Basis.STATEMENT, FIRST))

    assert found["instalments"] == (months, authority)


def test_what_cannot_be_paid_is_not_offered() -> None:
    """With nothing to spare there is no plan, and with next to nothing none that would end."""
    assert offered("UK", Debt(124050), Wish(0, Basis.STATEMENT, FIRST)) == {}
    assert offered("UK", Debt(124050), Wish(1000, Basis.STATEMENT, FIRST)) == {}


def test_article_70() -> None:
    """A card debt in hardship: personal instalments up to 60 months; 60,000 at no charge are 60 of 1,000.00."""
    debt, wish = Debt(6000000, product="信用卡"), Wish(100000, Basis.STATEMENT, FIRST, reason="income_lost")
    plan = choose(PLACES["CN"], debt, wish).plans[0]

    assert (plan.product.id, plan.months, plan.authority) == ("personal_instalments", 60, Authority.SECOND)
    assert {one.amount for one in plan.schedule.instalments} == {100000}
    assert plan.product.promise is not None
    assert "personal_instalments" not in offered("CN", Debt(6000000, product="car loan"), wish)
    assert "personal_instalments" not in offered("UK", debt, wish)


def test_a_settlement_needs_the_sum_and_two_people() -> None:
    """With 1,000.00 at hand 992.40 can settle 1,240.50; with less it is not offered."""
    wish = Wish(3000, Basis.STATEMENT, FIRST, lump_sum=100000)

    assert offered("UK", Debt(124050), wish)["settlement"] == (1, Authority.SECOND)
    less = Wish(3000, Basis.STATEMENT, FIRST, lump_sum=90000)
    assert "settlement" not in offered("UK", Debt(124050), less)


def test_arrears_are_caught_up_beside_the_contract() -> None:
    """Where the arrears are a part of the debt, they can be caught up while the contract runs on."""
    debt = Debt(1000000, arrears=60000, instalment=20000)

    assert offered("UK", debt, Wish(40000, Basis.STATEMENT, FIRST))["catch_up"] == (3, Authority.TEAM)
    assert "catch_up" not in offered("UK", debt, Wish(24000, Basis.STATEMENT, FIRST))


def test_a_state_has_its_countrys_catalogue() -> None:
    """A place without a catalogue has the one for everywhere."""
    assert PLACES["US-MA"].name == "everywhere"
    assert PLACES["UK"].cooling_off == 14


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        ("cooling_off: 7", "cooling_off: 99", "SO101"),
        ("id: gentle", "id: instalments", "SO102"),
        ("months: {from: 3, to: 12}", "months: {from: 13, to: 12}", "SO103"),
        ("circumstances: [illness, family]", "circumstances: illness", "SO104"),
        (
            "authority: {team: {months: 6}, scheduler: {months: 12}}",
            "authority: {team: {months: 2}}",
            "SO105",
        ),
        ("    pause: 3\n", "", "SO106"),
        ("    waive: 10\n", "", "SO107"),
        ("    growth: 3\n", "", "SO108"),
        ("share: 70", "share: 170", "AF102"),
        ("kind: catch_up", "kind: lottery", "FV110"),
    ],
)
def test_a_faulty_catalogue_says_where(good: str, bad: str, code: str) -> None:
    """Each fault of a lender's own file is named with its place."""
    with pytest.raises(ScriptInvalid) as refused:
        read_catalogue(EVERYWHERE.replace(good, bad, 1), "own.yaml")

    assert code in [issue.code for issue in refused.value.issues]
