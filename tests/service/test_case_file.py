"""The case file: everything that happened, in one line of time."""

from decimal import Decimal

import pytest

from bot.service.desk.cases.look import case_detail
from bot.service.desk.payments import record_payment
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA, announced, last

DESK = 901
HEADS = {
    "en": ("Days past due: 119 (90+)", "Visit confirmed by the customer", "Payment: 40.00"),
    "zh_Hans": ("逾期天数：119（90+）", "客户已确认上门", "还款：40.00"),
    "zh_Hant": ("逾期日數：119（90+）", "客戶已確認到訪", "還款：40.00"),
}


async def lived(town: Town) -> None:
    """Let a case live through a notice, its confirmation, a payment and a stop."""
    await announced(town)
    await town.jump(minutes=5)
    await town.taps(ADA, "confirm")
    await town.jump(minutes=5)
    await record_payment(town.inst, "A-1", Decimal(40), reference="P-1")
    await town.jump(minutes=5)
    await town.taps(ADA, "stop")


async def test_everything_is_in_it(town: Town) -> None:
    """Import, identity, contacts, visit, payment, hold and who looked stand in the order in which they happened."""
    await lived(town)
    await case_detail(town.inst, "A-1")
    found = (await case_detail(town.inst, "A-1"))["timeline"]
    kinds = [one["kind"] for one in found]

    wanted = (
        "case.imported",
        "identity.established",
        "visit.approved",
        "visit.confirmed",
        "payment",
        "hold.opened",
    )
    places = [kinds.index(kind) for kind in wanted]
    assert places == sorted(places)
    assert {"contact.sent", "case.looked_at"} <= set(kinds)
    assert [one["at"] for one in found] == sorted(one["at"] for one in found)
    assert next(one for one in found if one["kind"] == "payment")["data"] == {
        "amount": "40.00",
        "reference": "P-1",
    }


@pytest.mark.parametrize("locale", HEADS)
async def test_in_the_chat(town: Town, locale: str) -> None:
    """The scheduler reads it in their language, page by page, the newest first; the look is on record."""
    await lived(town)
    await town.says(DESK, "/language")
    await town.taps(DESK, locale.lower())
    await town.says(DESK, "/case A-1")
    head, confirmed, paid = HEADS[locale]
    assert head in last(town, DESK).shown

    await town.taps(DESK, "history")
    first = last(town, DESK)
    pages = [first.shown]
    for page in ("01", "02"):
        data = [button["callback_data"] for button in first.buttons()]
        if any(one.endswith(f":{page}") for one in data):
            await town.taps(DESK, page)
            pages.append(first.shown)

    assert last(town, DESK).message_id == first.message_id
    shown = "\n".join(pages)
    assert confirmed in shown
    assert paid in shown
    assert shown.index(paid) < shown.index(confirmed)
    kinds = [one["kind"] for one in (await case_detail(town.inst, "A-1"))["timeline"]]
    assert "case.looked_at" in kinds


async def test_nothing_of_others(town: Town) -> None:
    """A history tells of its own case only."""
    await town.staff()
    await town.cases("A-1", "A-2")
    await record_payment(town.inst, "A-2", Decimal(40))

    kinds = [one["kind"] for one in (await case_detail(town.inst, "A-1"))["timeline"]]
    assert kinds == ["case.imported", "case.looked_at"]
