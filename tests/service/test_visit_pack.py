"""The visit pack and the neutral card, as the team fetches them before a visit."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import InputRefused
from bot.sandbox.world import Message
from bot.service.conversations.batch import Batch
from bot.service.desk.invites import invite_staff
from bot.service.field.pack_work import pack_of
from bot.service.field.visit_pack import visit_pack
from bot.store import chats, visits
from tests.service.test_visits import LANGUAGES, Moments, moments  # noqa: F401 - a fixture
from tests.service.visits.morning import ADA, CODE, CORA, PLACES, Moment
from tests.service.visits.visit import copied

STRANGER = 930


def files(messages: list[Message]) -> list[str]:
    return [kind for one in messages for kind in ("document", "photo") if kind in one.content]


async def fetched(moment: Moment, folder: Path) -> tuple[list[str], str]:
    """Return what the collector gets for one tap, and what somebody else of the staff is told."""
    async with copied(moment, folder) as visit:
        await visit.says(CORA, "/next")
        await visit.taps(CORA, "pack")
        town = visit.town
        token = await invite_staff(town.inst, role="collector", name="Dee Moss", badge="C-2", locale="en")
        await town.does(STRANGER, "open", payload=token)
        message, data = town.button(CORA, "pack")
        mine = next(one for one in reversed(town.chat(STRANGER).messages) if one.by_bot)
        await town.does(STRANGER, "tap", message_id=mine.message_id, data=data)
        assert message.by_bot
        return files(town.chat(CORA).messages), town.chat(STRANGER).notices[-1]


def test_one_tap_fetches_the_pack(moments: Moments, tmp_path: Path) -> None:  # noqa: F811
    """The collector gets the paper and the neutral card; a colleague who does not go gets neither."""
    got, refused = asyncio.run(fetched(moments("en", "morning"), tmp_path / "data"))

    assert got == ["document", "photo"]
    assert "not assigned to you" in refused


async def gathered(moment: Moment, folder: Path, theirs: str) -> tuple[str, str, str]:
    """Return the words of the pack, those said aloud, and those of the card, the customer speaking `theirs`."""
    async with copied(moment, folder) as visit:
        async with visit.town.inst.store.begin() as tx:
            await chats.set_locale(tx, ADA, theirs)
        async with visit.town.inst.store.read() as tx:
            batch = Batch(visit.town.inst, tx, visit.town.clock.now())
            await batch.load([])
            (row,) = await visits.all_rows(tx)
            pack, card = await visit_pack(batch, row, moment.locale)
        lines = [line for part in pack.parts for line in part.lines]
        words = "\n".join(f"{one.aloud}\n{one.meant}\n{one.tip}" for one in lines)
        return words, "\n".join(one.aloud for one in lines), "\n".join((card.title, *card.lines))


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_card_says_nothing_of_why(moments: Moments, tmp_path: Path, locale: str) -> None:  # noqa: F811
    """Two names and how to reach them: no lender, no customer, no account, no amount, no half of the code."""
    moment, place = moments(locale, "morning"), PLACES[locale]
    words, _, card = asyncio.run(gathered(moment, tmp_path / "data", locale))

    telling = {
        "en": ("Ada", "credit", "1,240", "120", "bank", "loan", "debt"),
        "zh_Hans": ("林晓禾", "信用", "1,240", "120", "银行", "贷", "欠", "还"),
        "zh_Hant": ("林曉禾", "信用", "12,400", "120", "銀行", "貸", "欠", "繳"),
    }[locale]
    assert not [one for one in (*telling, place.creditor, *CODE) if one.casefold() in card.casefold()]
    assert all(name in card for name in place.staff[1:])
    assert place.contact.replace(" ", "\N{NO-BREAK SPACE}") in card
    assert CODE[0] in words
    assert CODE[1] not in words.replace("79460000", "")


def test_the_lines_are_the_customers_the_rest_is_the_readers(
    moments: Moments,  # noqa: F811
    tmp_path: Path,
) -> None:
    """What is said aloud stands in the customer's language, with the reader's beneath; tips are the reader's."""
    words, aloud, card = asyncio.run(gathered(moments("en", "morning"), tmp_path / "data", "zh_Hant"))

    assert "我們這一半是 41" in aloud
    assert "Our half is 41" not in aloud
    assert "Our half is 41" in words
    assert "我們來過" in card
    assert "_____" in aloud


async def printed(moment: Moment, folder: Path) -> tuple[bytes, bytes, str]:
    async with copied(moment, folder) as visit:
        pdf, png = await pack_of(visit.town.inst, "D-1001", None)
        with pytest.raises(InputRefused) as refused:
            await pack_of(visit.town.inst, "D-9", None)
        return pdf, png, str(refused.value)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_pack_is_printed(moments: Moments, tmp_path: Path, locale: str) -> None:  # noqa: F811
    """A PDF with its fonts inside, and the card as a picture; a case without a visit is refused with what to do."""
    pdf, png, refused = asyncio.run(printed(moments(locale, "morning"), tmp_path / "data"))

    assert pdf.startswith(b"%PDF")
    assert b"/FontFile2" in pdf
    assert png.startswith(b"\x89PNG")
    assert "doorstep visits" in refused
