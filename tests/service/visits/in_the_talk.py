"""Stories that begin with the reason for the arrears."""

from tests.service.visits.morning import ADA, CORA, NEW_PHONE
from tests.service.visits.visit import Visit
from tests.service.visits.ways import both_out, talk


async def skips_and_corrects(visit: Visit) -> None:
    """A question is skipped with a reason, an answer corrected with Back, a note kept."""
    await visit.taps(CORA, "illness")
    await visit.taps(CORA, "skip")
    await visit.taps(CORA, "overheard")
    await visit.says(CORA, "31")
    await visit.says(CORA, "3")
    await visit.taps(CORA, "back")
    await visit.says(CORA, "4")
    await visit.taps(CORA, "note")
    await visit.taps(CORA, "none")
    await visit.says(CORA, "2")


async def late_answers(visit: Visit) -> None:
    """No signal: what was typed twice and tapped on an old question comes in late, and in one go."""
    await visit.taps(CORA, "illness")
    await visit.taps(CORA, "none")
    await visit.without_signal(CORA, "3", "3", minutes=4)
    await visit.says(CORA, "1")


async def dead_phone(visit: Visit) -> None:
    """The collector's phone dies in the middle; on another phone it goes on where it was."""
    await visit.taps(CORA, "illness")
    await visit.signs_in_again(CORA, NEW_PHONE)
    await visit.taps(NEW_PHONE, "none")
    await visit.says(NEW_PHONE, "3")
    await visit.says(CORA, "4")
    await visit.taps(CORA, "none")


async def promise_refused(visit: Visit) -> None:
    """A day that is past is not taken down, the second one is; they think better of it."""
    await talk(visit)
    await visit.taps(CORA, "promise")
    await visit.says(CORA, "150")
    await visit.says(CORA, "2027-02-26")
    await visit.taps(CORA, "promise")
    await visit.says(CORA, "150")
    await visit.says(CORA, "2027-03-26")
    for option in ("change", "plan", "no", "none", "in_a_month", "leave_it"):
        await visit.taps(CORA, option)


async def hardship(visit: Visit) -> None:
    """There is nothing to spare: the hardship team."""
    for option in ("income_lost", "none", "untold", "heavy", "nothing", "wants_to", "no_idea", "hardship"):
        await visit.taps(CORA, option)
    await visit.taps(CORA, "hardship")
    await both_out(visit)


async def dispute(visit: Visit) -> None:
    """The debt is disputed."""
    await visit.taps(CORA, "disputes")
    await visit.taps(CORA, "dispute")
    await both_out(visit)


async def representative(visit: Visit) -> None:
    """Somebody acts for the customer."""
    await visit.taps(CORA, "cards")
    await visit.taps(CORA, "represented")
    await visit.taps(CORA, "represented")
    await both_out(visit)


async def wants_to_stop(visit: Visit) -> None:
    """The customer wants no more of it, said at the door."""
    await visit.taps(CORA, "cards")
    await visit.taps(CORA, "wants_stop")
    await visit.taps(CORA, "wants_stop")
    await both_out(visit)


async def accounts_differ(visit: Visit) -> None:
    """The customer remembers it differently: both stand side by side, and a person looks."""
    await talk(visit)
    for option in ("nothing", "next", "no_agreement"):
        await visit.taps(CORA, option)
    await both_out(visit)
    for _ in range(5):
        await visit.taps(CORA, "yes")
    for option in ("yes", "yes", "no"):
        await visit.taps(ADA, option)
    await visit.says(ADA, {"en": "One of them raised their voice.", "zh_Hans": "其中一位嗓门很大。",
                           "zh_Hant": "其中一位聲音很大。"}[visit.locale])  # fmt: skip
    await visit.taps(ADA, "yes")
    await visit.taps(ADA, "yes")


STORIES = (
    skips_and_corrects, late_answers, dead_phone, promise_refused, hardship, dispute, representative, wants_to_stop,
    accounts_differ,
)  # fmt: skip
