"""Stories that begin with the reason for the arrears and take a turn."""

from tests.service.visits.morning import CORA, SAM, SOL
from tests.service.visits.visit import Visit
from tests.service.visits.ways import both_out


async def tension_to_red(visit: Visit) -> None:
    """Uneasy, then angry, then dangerous: the prompts, and the end."""
    await visit.taps(CORA, "tension")
    for option in ("green", "worse", "next", "next", "red"):
        await visit.taps(CORA, option)
    await both_out(visit)


async def calmed(visit: Visit) -> None:
    """Anger that passes: every prompt, then the question that was open."""
    await visit.taps(SOL, "tension")
    for option in ("amber", "next", "next", "next", "next", "calmer"):
        await visit.taps(SOL, option)


async def asked_to_leave(visit: Visit) -> None:
    """The customer wants the team to go."""
    await visit.taps(CORA, "leave")
    await both_out(visit)


async def self_harm(visit: Visit) -> None:
    """A note that speaks of it opens the card; the path; the line of the place; care for the team."""
    await visit.taps(CORA, "note")
    await visit.says(CORA, {"en": "He said he wants to die.", "zh_Hans": "他说不想活了。",
                            "zh_Hant": "他說不想活了。"}[visit.locale])  # fmt: skip
    await visit.taps(CORA, "card")
    for option in ("next", "next", "yes", "yes", "next", "next"):
        await visit.taps(CORA, option)
    await both_out(visit)


async def self_harm_heard_by_the_officer(visit: Visit) -> None:
    """The safety officer hears it and walks the path; the collector's talk ends."""
    await visit.taps(SOL, "cards")
    await visit.taps(SOL, "self_harm")
    for option in ("next", "next", "yes", "no", "next", "next"):
        await visit.taps(SOL, option)
    await visit.taps(CORA, visit.first_option(CORA))
    await visit.taps(SOL, visit.first_option(SOL))


async def vulnerable(visit: Visit) -> None:
    """They tell of an illness: TEXAS, then the visit stops and is handed over."""
    await visit.taps(CORA, "cards")
    for option in ("wellbeing", "told", "next", "next", "yes", "next", "next", "pause"):
        await visit.taps(CORA, option)
    await visit.taps(CORA, "vulnerable")
    await both_out(visit)


async def sos(visit: Visit) -> None:
    """One tap; it comes again until a scheduler has it."""
    await visit.taps(CORA, "sos")
    await visit.jumps(minutes=1)
    await visit.taps(SAM, "take")
    await visit.jumps(minutes=1)
    await visit.taps(CORA, "left")
    await both_out(visit)


async def duress(visit: Visit) -> None:
    """A word in a harmless note calls for help; the screen of the one who wrote it shows nothing of it."""
    word = {"en": "umbrella", "zh_Hans": "蓝色雨伞", "zh_Hant": "藍色雨傘"}[visit.locale]
    await visit.says(CORA, f"/word {word}")
    await visit.taps(CORA, "note")
    await visit.says(CORA, {"en": "I left my umbrella in the car.", "zh_Hans": "我的蓝色雨伞落在车上了。",
                            "zh_Hant": "我的藍色雨傘留在車上了。"}[visit.locale])  # fmt: skip
    await visit.taps(SAM, "take")


async def safety_ends(visit: Visit) -> None:
    """The safety officer pauses the talk, then ends it."""
    await visit.taps(SOL, "pause")
    await visit.taps(SOL, "end_it")
    await visit.taps(CORA, visit.first_option(CORA))
    await visit.taps(SOL, visit.first_option(SOL))


STORIES = (
    tension_to_red, calmed, asked_to_leave, self_harm, self_harm_heard_by_the_officer, vulnerable, sos, duress,
    safety_ends,
)  # fmt: skip
