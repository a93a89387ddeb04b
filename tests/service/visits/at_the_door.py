"""Stories that begin when the bell was rung."""

from tests.service.visits.morning import ADA, CODE, CORA, SAM
from tests.service.visits.visit import Visit
from tests.service.visits.ways import both_out, to_identity


async def third_party(visit: Visit) -> None:
    """Another adult opens: two names, nothing of the matter, no question."""
    await visit.taps(CORA, "someone_else")
    await both_out(visit)


async def minor(visit: Visit) -> None:
    """A child opens: nothing is asked, nothing handed over."""
    await visit.taps(CORA, "child")
    await both_out(visit)


async def nobody_home(visit: Visit) -> None:
    """Nobody opens."""
    await visit.taps(CORA, "nobody")
    await both_out(visit)


async def refuses(visit: Visit) -> None:
    """The customer does not want to talk at the door."""
    await visit.taps(CORA, "refuses")
    await both_out(visit)


async def refuses_code(visit: Visit) -> None:
    """They will not say their half of the code, then not their name: the team leaves."""
    await visit.taps(CORA, "maybe_them")
    await visit.says(CORA, "12")
    await visit.taps(CORA, "again")
    await visit.taps(CORA, "no_code")
    await visit.taps(CORA, "refuses")
    await both_out(visit)


async def forged_code(visit: Visit) -> None:
    """The customer hears a wrong half at the door and keeps it shut."""
    await visit.taps(ADA, "wrong")
    await visit.taps(SAM, "take")
    await visit.taps(ADA, "fine")
    await visit.taps(CORA, "refuses")
    await both_out(visit)


async def not_now(visit: Visit) -> None:
    """The right person, at a bad moment."""
    await to_identity(visit)
    await visit.taps(CORA, "them")
    await visit.taps(CORA, "not_now")
    await both_out(visit)


async def distress(visit: Visit) -> None:
    """Somebody opens who is not well; the reason for the visit waits."""
    await visit.taps(CORA, "distress")
    await visit.taps(CORA, "go")
    await both_out(visit)


async def interpreter(visit: Visit) -> None:
    """No common language."""
    await visit.taps(CORA, "interpreter")
    await both_out(visit)


async def two_languages(visit: Visit) -> None:
    """The customer has chosen another language: the lines stand in both, theirs first."""
    await visit.says(ADA, "/language")
    await visit.taps(ADA, "en" if visit.locale != "en" else "zh_hant")
    await visit.taps(CORA, "maybe_them")
    await visit.says(CORA, CODE[1])
    await visit.taps(CORA, "them")
    await visit.taps(CORA, "next")
    await visit.taps(CORA, "outside")


async def refuses_recording(visit: Visit) -> None:
    """Where a recording needs a yes, a no changes nothing else."""
    await visit.moved_to("US-MA")
    await to_identity(visit)
    await visit.taps(CORA, "them")
    await visit.taps(CORA, "no")


async def recording_required(visit: Visit) -> None:
    """Where the law wants a recording, a customer who does not want one is left in peace."""
    await visit.moved_to("CN")
    await to_identity(visit)
    await visit.taps(CORA, "them")
    await visit.taps(CORA, "declined")
    await both_out(visit)


STORIES = (
    third_party, minor, nobody_home, refuses, refuses_code, forged_code, not_now, distress, interpreter,
    two_languages, refuses_recording, recording_required,
)  # fmt: skip
