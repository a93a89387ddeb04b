"""The conversation at the door as the team taps it: from ringing the bell to the promise and out again."""

import re
from datetime import date

from bot.sandbox.phone import Phone, offers


async def interview(collector: Phone, customer: Phone, due_on: date) -> None:
    """Ask and answer, with Tension and Back on the way; at the end 150 are promised for a day."""
    await _at_the_door(collector, customer)
    await _how_things_are(collector)
    await collector.choose("promise")
    await collector.wait_for(lambda message: not offers(message, "promise"))
    await collector.settled()
    await collector.say("150")
    await collector.settled()
    await collector.say(due_on.isoformat())
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
    coming = await customer.wait_for(lambda message: offers(message, "wrong"))
    halves: list[str] = re.findall(r"[:：] ?(\d\d)$", coming["text"], re.MULTILINE)
    return halves[-1]
