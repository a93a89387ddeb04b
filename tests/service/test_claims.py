"""What a customer who says “I have paid” meets: believed, looked for, found or not. And other ways to pay.

The conversations stand in `plans/` with those of the plans themselves.
"""

from decimal import Decimal

import pytest

from bot.service.desk.payments import record_payment
from bot.service.desk.queue.watch import look
from bot.store import cases, evidence, holds
from tests.service.conftest import Town
from tests.service.test_bad_input import ADA
from tests.service.test_evidence import JPEG, content, sends
from tests.service.test_on_the_doorstep import interviewing
from tests.service.test_plans import LANGUAGES, SAM, Story, Transcript, agreed, details, hold_against

MEGABYTE = 1 << 20


async def due(town: Town) -> None:
    """Let the day of the first instalment come."""
    await agreed(town)
    for days in (28, 2, 1):
        await town.jump(days=days)


async def receipt_found(town: Town, transcript: Transcript) -> None:
    """Ada has paid and sends a photo of the receipt; Sam finds the payment and records it, and Ada hears no more."""
    await due(town)
    transcript.begin()
    await town.taps(ADA, "paid")
    await sends(town, ADA, "photo", JPEG + bytes(5_000))  # always the same, as its hash is read
    await town.taps(SAM, "item")
    await town.taps(SAM, "original")
    await town.taps(SAM, "matchpayment")
    await town.says(SAM, "137.83")
    await town.taps(SAM, "today")
    await town.says(SAM, "TRX-88")
    await town.jump(days=3)


async def said_paid_wrongly(town: Town, transcript: Transcript) -> None:
    """Ada believes that she has paid; nothing is found, she is asked once, and says that she was mistaken."""
    await due(town)
    transcript.begin()
    await town.taps(ADA, "paid")
    await town.taps(ADA, "reference")
    await town.says(ADA, "Standing order, 30 March")
    await town.taps(SAM, "item")
    await town.taps(SAM, "notfound")
    await town.taps(ADA, "not_paid")


async def partly_paid(town: Town, transcript: Transcript) -> None:
    """Half of an instalment: it stays due, and a person looks when its grace is over; the rest comes late."""
    await due(town)
    transcript.begin()
    await record_payment(town.inst, "A-1", Decimal("60.00"), reference="H-1")
    for _ in range(4):
        await town.jump(days=1)
    await look(town.inst)
    await town.settle()
    await record_payment(town.inst, "A-1", Decimal("77.83"), reference="H-2")
    await town.says(ADA, "/plan")


async def nearly_paid(town: Town, transcript: Transcript) -> None:
    """Nine tenths of an instalment keep it: nobody is reminded of the rest."""
    await due(town)
    transcript.begin()
    await record_payment(town.inst, "A-1", Decimal("125.00"), reference="N-1")
    for _ in range(4):
        await town.jump(days=1)
    await town.says(ADA, "/plan")


async def paid_late(town: Town, transcript: Transcript) -> None:
    """The payment comes after the reminders and before a person had to look: all is well."""
    await due(town)
    transcript.begin()
    for days in (1, 1):
        await town.jump(days=days)
    await record_payment(town.inst, "A-1", Decimal("137.83"), reference="L-1")
    for days in (2, 3):
        await town.jump(days=days)
    await town.says(ADA, "/plan")


async def broken(town: Town, transcript: Transcript) -> None:
    """Nothing comes and nobody answers: two more reminders, none of them harsher, then a person looks."""
    await due(town)
    transcript.begin()
    for _ in range(4):
        await town.jump(days=1)
        await look(town.inst)
    await town.settle()
    await town.says(SAM, "/queue")
    await town.taps(SAM, "item")


async def stopped_in_the_middle(town: Town, transcript: Transcript) -> None:
    """Ada says stop between two reminders: one confirmation, and nothing any more; the desk knows."""
    await due(town)
    transcript.begin()
    await town.taps(ADA, "stop")
    for days in (1, 3, 26):
        await town.jump(days=days)


STORIES = [
    *(receipt_found, said_paid_wrongly, partly_paid, nearly_paid, paid_late, broken, stopped_in_the_middle),
]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.__name__)
async def test_word_for_word(town: Town, story: Story, locale: str) -> None:
    """What everybody reads is what was reviewed."""
    await hold_against(town, story, locale)


async def ready_to_send(town: Town) -> None:
    """Bring Ada from the door to the day of an instalment, and to the question for a receipt."""
    await interviewing(town)
    await due(town)
    await town.taps(ADA, "paid")


async def kept(town: Town) -> list[tuple[str, str, object]]:
    """Return what is kept of customers: kind, state, fault."""
    async with town.inst.store.read() as tx:
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        found = await evidence.of_case(tx, row.id)
    return [(row.kind, row.state, row.fault) for row in found if row.person_id is None]


async def test_a_receipt_that_is_too_large_or_no_paper(town: Town) -> None:
    """Too large, a sound, a film: each is answered with what would be right, and the question stays open."""
    await ready_to_send(town)
    await sends(town, ADA, "document", content(JPEG, 21 * MEGABYTE), mime_type="image/jpeg")
    assert "too large for me: I can take 20 MB" in town.said(ADA)[-1]
    await sends(town, ADA, "voice", content(b"OggS"))
    assert "A photo or a PDF of the receipt is fine" in town.said(ADA)[-1]
    await sends(town, ADA, "photo", content(JPEG))

    assert "with the person who looks for the payment" in town.said(ADA)[-1]
    assert [(kind, state) for kind, state, _ in await kept(town)][-1] == ("photo", "kept")


async def test_a_file_that_is_not_what_it_says(town: Town) -> None:
    """What turns out to be no picture is not kept, and the customer hears what to do."""
    await ready_to_send(town)
    await sends(town, ADA, "document", content(b"MZ"), mime_type="image/jpeg")

    assert "I cannot open that kind of file" in town.said(ADA)[-1]
    assert (await kept(town))[-1][1:] == ("refused", "wrong_type")


async def test_a_payment_counts_once(town: Town) -> None:
    """The same reference, a sum of nothing, and a day that lies ahead are refused, and nothing is changed."""
    await ready_to_send(town)
    await town.taps(ADA, "none")
    await record_payment(town.inst, "A-1", Decimal("10.00"), reference="TRX-1")
    for words, says in (
        (("137.83", "2027-04-01", "TRX-1"), "recorded already"),
        (("0", "2027-04-01", "TRX-2"), "must be more than nothing"),
        (("137.83", "2027-12-24", "TRX-2"), "must not lie ahead"),
    ):
        await town.taps(SAM, "matchpayment")
        for word in words:
            await town.says(SAM, word)
        assert says in town.said(SAM)[-1]

    assert [one["amount"] for one in (await details(town))["payments"]] == ["10.00"]


async def said_paid(town: Town) -> None:
    """Bring Sam to the claim of a payment that he does not find."""
    await ready_to_send(town)
    await town.taps(ADA, "none")
    await town.taps(SAM, "item")


def asked_again(town: Town) -> int:
    """Return how often Ada was told that her payment was not found."""
    return sum("not found it so far" in text for text in town.said(ADA))


async def test_asking_again_keeps_to_the_hours(town: Town) -> None:
    """“Not found” at night asks in the morning; tapped once more meanwhile it asks once all the same."""
    await said_paid(town)
    await town.jump(hours=11)
    await town.taps(SAM, "notfound")
    assert "as soon as the rules allow" in town.chat(SAM).notices[-1]
    await town.taps(SAM, "notfound")
    assert "has been asked" in town.chat(SAM).notices[-1]
    assert asked_again(town) == 0

    await town.jump(hours=13)

    assert asked_again(town) == 1


@pytest.mark.parametrize("kind", ["representative", "stop"])
async def test_who_is_not_to_be_written_to_is_not_asked(town: Town, kind: str) -> None:
    """Where somebody speaks for the customer, or they said stop, nothing is asked, and Sam knows."""
    await said_paid(town)
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        hold = {"id": 1, "case_id": row.id, "kind": kind, "since": town.clock.now(), "opened_by": "cli"}
        await holds.put(tx, hold)

    await town.taps(SAM, "notfound")

    assert "Not asked" in town.chat(SAM).notices[-1]
    assert asked_again(town) == 0
