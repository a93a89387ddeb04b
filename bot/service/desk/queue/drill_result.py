"""How a drill ended: somebody took it, or nobody did; told to whoever started it, and written down."""

from datetime import timedelta
from typing import Any

from bot.i18n.text import T
from bot.service.audit_line import SYSTEM, About, audit_line, colleague
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.outbound.colleague import tell
from bot.service.person import Person
from bot.store import alerts

TAKEN = T("drill/taken", "DRILL: {name} took it after {clock} minutes. The drill is over.")
NOBODY = T(
    "drill/nobody", "DRILL: nobody took it within an hour. The drill is over; please see why nobody answered."
)


async def drill_taken(batch: Batch, changes: Changes, drill: Any, person: Person) -> None:
    """Somebody took it: that ends the drill, for nothing need be done about it."""
    await alerts.settle(batch.tx, drill.id, person.id, None, batch.now)
    seconds = int((batch.now - drill.opened_at).total_seconds())
    _log(batch, changes, drill, "drill.taken", actor=colleague(person.id), seconds=seconds)
    starter = await batch.person(drill.subject_id)
    await tell(batch, changes, starter, TAKEN, name=person.name, clock=minutes(batch.now - drill.opened_at))


async def drill_missed(batch: Batch, changes: Changes, drill: Any) -> None:
    """Nobody took it for as long as an alarm rings every minute."""
    await alerts.settle_itself(batch.tx, [drill.id], batch.now)
    _log(batch, changes, drill, "drill.missed", actor=SYSTEM)
    await tell(batch, changes, await batch.person(drill.subject_id), NOBODY)


def minutes(span: timedelta) -> str:
    """Return a span as minutes and seconds: 0:42."""
    whole, seconds = divmod(int(span.total_seconds()), 60)
    return f"{whole}:{seconds:02}"


def _log(batch: Batch, changes: Changes, drill: Any, kind: str, *, actor: str, **data: object) -> None:
    changes.audit.append(
        audit_line(batch.now, actor, kind, About(drill.case_id, drill.visit_id), item=drill.id, **data)
    )
