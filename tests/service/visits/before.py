"""Stories that begin on the morning of the visit."""

from tests.service.visits.morning import ADA, CODE, CORA, PLACES, SOL
from tests.service.visits.visit import Visit
from tests.service.visits.ways import account, arrive, both_out, open_visits, talk


async def smooth(visit: Visit) -> None:
    """From the morning to both accounts: the kit, the way, the code, the talk, a promise in the customer's words."""
    visit.heading("Before")
    await open_visits(visit)
    await visit.taps(CORA, "brief")
    await visit.taps(CORA, "pack")
    await visit.taps(CORA, "kit")
    for option in ("yes", "yes", "me"):
        await visit.taps(CORA, option)
    await visit.taps(CORA, "set_out")
    await visit.taps(ADA, "right")
    await arrive(visit)
    for _ in range(3):
        await visit.taps(SOL, "good")
    visit.heading("At the door")
    await visit.taps(CORA, "next")
    await visit.taps(CORA, "maybe_them")
    await visit.says(CORA, CODE[1])
    for option in ("them", "next", "invited", "next"):
        await visit.taps(CORA, option)
    visit.heading("The talk")
    await talk(visit)
    await visit.taps(SOL, "look")
    await visit.taps(CORA, "promise")
    await visit.says(CORA, "150")
    await visit.says(CORA, "2027-03-26")
    await visit.taps(CORA, "next")
    visit.heading("After")
    await visit.taps(CORA, "promise_to_pay")
    await both_out(visit)
    await account(visit)


async def called_off(visit: Visit) -> None:
    """The customer thinks better of it while the team is on its way."""
    await open_visits(visit)
    await visit.taps(CORA, "set_out")
    await visit.taps(ADA, "not_now")
    await visit.jumps(minutes=60)
    await visit.taps(CORA, "check_in")


async def alone(visit: Visit) -> None:
    """The colleague does not come."""
    await open_visits(visit)
    here = PLACES[visit.locale]
    await visit.jumps(minutes=60)
    await visit.taps(CORA, "check_in")
    await visit.shares(CORA, location={"latitude": here.latitude, "longitude": here.longitude})
    await visit.taps(CORA, "next")
    await visit.taps(CORA, "alone")
    await visit.taps(CORA, visit.first_option(CORA))


async def out_of_window(visit: Visit) -> None:
    """Too early to check in, and too late: nobody is asked where they are for nothing."""
    await open_visits(visit)
    here = PLACES[visit.locale]
    await visit.taps(CORA, "check_in")
    await visit.jumps(hours=3)
    await visit.shares(CORA, location={"latitude": here.latitude, "longitude": here.longitude})


async def something_is_missing(visit: Visit) -> None:
    """The kit is not complete; then the officer does not like what they see, and the team leaves before it rings."""
    await open_visits(visit)
    await visit.taps(CORA, "kit")
    await visit.taps(CORA, "yes")
    await visit.taps(CORA, "no")
    await visit.taps(CORA, "no")
    await visit.taps(SOL, "kit")
    await visit.taps(SOL, "no")
    await visit.taps(SOL, "yes")
    await arrive(visit)
    await visit.taps(SOL, "good")
    await visit.taps(SOL, "bad")
    await visit.taps(SOL, "wait")
    await visit.taps(SOL, "bad")
    await visit.taps(SOL, "go")
    await visit.taps(SOL, visit.first_option(SOL))
    await visit.taps(CORA, visit.first_option(CORA))


STORIES = (
    smooth, called_off, something_is_missing, alone, out_of_window,
)  # fmt: skip
