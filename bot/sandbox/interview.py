"""The conversation at the door as the team taps it: from ringing the bell to the promise and out again."""

import re
from datetime import date

from bot.sandbox.phone import Phone, offers

CODE = re.compile(r"(?<=[:：]) ?\d\d$", re.MULTILINE)


def halves(text: str) -> list[str]:
    """Return what a message shows of a visit code."""
    return [str(found).strip() for found in CODE.findall(text)]


async def arrive(phone: Phone, latitude: float, longitude: float) -> None:
    """One of the team opens the visit of the day and tells where they are (WGS 84)."""
    await phone.say("/today")
    await phone.choose("visit")
    await phone.choose("check_in")
    await phone.settled()
    await phone.share_location(latitude, longitude)


async def is_well(officer: Phone) -> None:
    """The safety officer looks around: way out, light, dog."""
    for _ in range(3):
        await officer.choose("good")
    await officer.wait_for(lambda message: offers(message, "check_out"))


async def interview(collector: Phone, customer: Phone, due_on: date) -> None:
    """Ask and answer, with Tension and Back on the way; at the end 150 are promised for a day."""
    await _at_the_door(collector, customer)
    await _how_things_are(collector)
    await collector.choose("promise")
    await collector.type("150", "back")
    await collector.type(due_on.isoformat(), "back")
    await collector.answer("next")
    await collector.choose("promise_to_pay")
    await collector.choose("check_out")
    await collector.settled()


async def _at_the_door(collector: Phone, customer: Phone) -> None:
    """Ring, compare the halves of the code, meet tension and let it pass."""
    await collector.choose("maybe_them")
    await collector.settled()
    await collector.say(await _half_of(customer))
    await collector.choose("them")
    await collector.choose("tension")
    await collector.choose("green")
    await collector.choose("next")  # of the guidance
    await collector.choose("next")  # of the question that it interrupted
    await collector.choose("outside")


async def _how_things_are(collector: Phone) -> None:
    """Hear what has happened, and what comes in and goes out."""
    await collector.choose("income_lost")
    await collector.choose("back")
    await collector.choose("illness")
    await collector.choose("wages")
    await collector.type("2100", "untold")
    await collector.type("3", "untold")
    await collector.type("1", "untold")
    await collector.answer("some")
    await collector.type("150", "nothing")
    await collector.answer("wants_to")
    await collector.answer("no_idea")


async def _half_of(customer: Phone) -> str:
    """Read the customer's half of the visit code on their phone."""
    coming = await customer.wait_for(
        lambda message: bool(offers(message, "wrong") and halves(message["text"]))
    )
    return halves(coming["text"])[-1]
