"""How a visit goes on from one place to the next."""

from tests.service.visits.morning import ADA, CODE, CORA, PLACES, SOL
from tests.service.visits.visit import Visit

HOUSEHOLD = ("illness", "none", "3", "1", "some", "150", "wants_to")


async def open_visits(visit: Visit) -> None:
    """Both of the team open their visit."""
    for chat_id in (CORA, SOL):
        await visit.says(chat_id, "/next")
        await visit.taps(chat_id, "visit")


async def arrive(visit: Visit) -> None:
    """Both check in where the customer lives."""
    here = PLACES[visit.locale]
    await visit.jumps(minutes=60)
    for chat_id in (CORA, SOL):
        await visit.taps(chat_id, "check_in")
        await visit.shares(chat_id, location={"latitude": here.latitude, "longitude": here.longitude})


async def to_the_bell(visit: Visit) -> None:
    """Everything up to the bell."""
    await open_visits(visit)
    await arrive(visit)
    for _ in range(3):
        await visit.taps(SOL, "good")
    await visit.taps(CORA, "next")


async def to_identity(visit: Visit) -> None:
    """From the bell to the question for the name."""
    await visit.taps(CORA, "maybe_them")
    await visit.says(CORA, CODE[1])


async def to_the_talk(visit: Visit) -> None:
    """From the bell to the reason for the arrears."""
    await to_identity(visit)
    for option in ("them", "next", "outside"):
        await visit.taps(CORA, option)


async def talk(visit: Visit) -> None:
    """From the reason to what the customer proposes."""
    for answer in HOUSEHOLD:
        if answer.isdecimal():
            await visit.says(CORA, answer)
        else:
            await visit.taps(CORA, answer)
    await visit.taps(CORA, "no_idea")


async def both_out(visit: Visit) -> None:
    """The collector checks out with the button that is open, the officer after them."""
    await visit.taps(CORA, visit.first_option(CORA))
    await visit.taps(SOL, "check_out")
    await visit.taps(SOL, "calm")


async def account(visit: Visit) -> None:
    """Both sides look back and find everything right."""
    for chat_id in (CORA, ADA):
        for _ in range(5):
            await visit.taps(chat_id, "yes")
