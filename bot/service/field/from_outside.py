"""What happens elsewhere while a team is at a visit: both phones are told at once, and what it means for the visit.

It goes by way of a timer that is due now: it may come from the customer's chat, a scheduler's, or the command line.
"""

from datetime import timedelta
from typing import Any

from bot.i18n.text import T
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.conversations.talk import Talk
from bot.service.field.answers import shown
from bot.service.field.watch import late_of
from bot.service.outbound.outgoing import Lane
from bot.service.person import Person
from bot.service.timer_row import timer_row
from bot.store import timers
from flows.engine import Signalled
from flows.script import Text

KIND, ENDS, GOES_ON, ALONE = "outside", "ends", "goes_on", "alone"
SIGNALS = {ENDS: "held", ALONE: "left_alone"}  # what leads a team out, by what happened
LEAVING = ("outcome", "leave_together")  # from these steps on, the team is on its way out
FIRST = ("sos", "self_harm", "tension", "wellbeing")  # conversations that nothing but danger breaks into
AGAIN = timedelta(minutes=1)

REASONS = {
    "called_off": T("outside/called_off", "the customer called the visit off"),
    "stopped": T("outside/stopped", "the customer wants no more contact"),
}
PAUSED = T("outside/paused", "contact was paused")
MUST_END = T("outside/ends", "From outside: {reason}. The visit ends here: no more about the matter.")
MAY_GO_ON = T(
    "outside/goes_on",
    "From outside: {reason}. The visit may go on; keep it in mind, and ask your scheduler if in doubt.",
)


async def tell_from_outside(batch: Batch, visit: Any, why: str, *, ends: bool) -> None:
    """Let the team of a visit know of a hold (or a code of `REASONS`), if one of the two is there."""
    if late_of(visit):
        await _put(batch, visit, f"{ENDS if ends else GOES_ON}:{why}")


async def _put(batch: Batch, visit: Any, key: str) -> None:
    await timers.put(batch.tx, [timer_row(KIND, visit.id, batch.now, key)])


async def send_home(batch: Batch, visit: Any) -> None:
    """Lead whoever waits for a colleague that does not come away from the door; their part ends the visit."""
    await _put(batch, visit, f"{ALONE}:")


async def heard_from_outside(batch: Batch, row: Any) -> bool:
    """Tell whoever is still there, once; lead them to a goodbye if it must end, as soon as nobody needs help first."""
    visit = await batch.visit(row.subject_id)
    what, _, why = row.key.partition(":")
    waits = False
    for person_id in late_of(visit):
        person = await batch.person(person_id)
        if person.chat_id is not None:
            say = "" if what == ALONE or row.turn > 0 else why
            waits |= await _tell(batch, visit, person, say, SIGNALS.get(what))
    if waits:
        await timers.postpone(batch.tx, row.id, batch.now + AGAIN, turn=row.turn + 1)
    return not waits


async def _tell(batch: Batch, visit: Any, person: Person, why: str, signal: str | None) -> bool:
    """Tell one of the two `why`, and lead them out; return whether they must first finish what they are at."""
    await batch.load([person.chat_id or 0])
    talk = Talk(batch, person.chat_id or 0)
    waits = False
    async with talk.savepoint:
        if why:
            text = MUST_END if signal else MAY_GO_ON
            await talk.say(text, lane=Lane.SAFETY, reason=talk.plain(reason_of(batch, why)))
        part = await batch.open_part(visit.id, person.id) if signal else None
        if part is not None and signal is not None and not _is_leaving(part):
            waits = part.session.frames[-1].script in FIRST
            if not waits:
                await talk.move(part, Signalled(batch.now, signal))
    batch.changes.add(talk.changes)
    return waits


def _is_leaving(part: Conversation) -> bool:
    """Is this person on the way out already?"""
    here = part.session.frames[0].step
    steps = list(part.script.steps)
    first = next((steps.index(one) for one in LEAVING if one in steps), len(steps))
    return steps.index(here) >= first


def reason_of(batch: Batch, why: str) -> Text:
    """Return a hold or a reason in words."""
    label = REASONS.get(why) or shown(batch.inst.library.latest["put_on_hold"], "hold_kind", why)
    return label if isinstance(label, Text) else PAUSED
