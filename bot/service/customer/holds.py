"""Holds: opened for as long as the rules say, with all that comes of it at once; lifted with a reason; ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.ids import new_id
from bot.service.audit_line import CUSTOMER, SYSTEM, About, audit_line, colleague
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.customer.stop import cancel_visits, end_conversations
from bot.service.desk.cases.casefile import CaseFile, key_of
from bot.service.desk.planning.team_calendar import both_of
from bot.service.desk.queue.alerts import alert
from bot.service.field.from_outside import tell_from_outside
from bot.service.outbound.gate import message_held, packs_of, slot_held
from bot.service.outbound.rule_facts import facts_of
from bot.service.timer_row import timer_row
from bot.store import holds, timers, visits
from bot.store.promises import PLAN_IN_FORCE
from bot.store.vault import Vault
from flows.rules import Purpose, Terms, terms

NOTE_PLACE = "holds.note"
REASON_PLACE = "holds.lift_reason"


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening a hold did. `until` None: until somebody lifts it; `terms` None: no rule obeys this kind.

    `cancelled`: a planned visit was; `paused`: neither visits nor messages that nobody asked for are allowed now.
    """

    kind: str
    until: datetime | None
    terms: Terms | None
    cancelled: bool
    paused: bool


async def is_on_hold(batch: Batch, case_id: int) -> bool:
    """Is a case on hold for anything but a plan that is kept, under which life goes on?"""
    return any(row.kind != PLAN_IN_FORCE for row in await holds.active(batch.tx, case_id, batch.now))


async def open_hold(
    batch: Batch,
    changes: Changes,
    case: CaseFile,
    kind: str,
    *,
    by: str,
    until: datetime | None = None,
    note: str = "",
    keep: int | None = None,
) -> Opened:
    """Open a hold and let it take effect: on the planned visit, on conversations, on messages that wait.

    `by` as in the audit log; `until` (aware UTC) where a paper or a person names an end, else the rules' own.
    `keep` is the conversation that goes on to say so.
    """
    known = terms(kind, await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction), batch.now)
    until = until or (known.until if known is not None else None)
    hold_id = new_id()
    row = {
        "id": hold_id,
        "case_id": case.id,
        "kind": kind,
        "since": batch.now,
        "until": until,
        "opened_by": by,
        "note_enc": _seal(batch.inst.vault, case.id, note, NOTE_PLACE),
    }
    await holds.put(batch.tx, row)
    if until is not None:
        await timers.put(batch.tx, [timer_row("hold_end", hold_id, until, "end")])
    batch.stale(case_id=case.id)
    changes.audit.append(_line(batch, case.id, "hold.opened", by, kind, until=until and until.isoformat()))
    visit = await visits.live_of(batch.tx, case.id)
    by_team = visit is not None and by in map(colleague, both_of(visit))
    by_team |= kind == PLAN_IN_FORCE and by == CUSTOMER  # what they agree to at the door ends no talk there
    cancelled, paused = await _take_effect(
        batch, changes, await batch.case(case.id), kind, keep, by_team=by_team
    )
    if visit is not None and not (by_team or await slot_held(batch, await batch.case(case.id))):
        await tell_from_outside(batch, visit, kind, ends=False)
    return Opened(kind, until, known, cancelled, paused)


async def _take_effect(
    batch: Batch, changes: Changes, case: CaseFile, kind: str, keep: int | None, *, by_team: bool
) -> tuple[bool, bool]:
    """Cancel the visit and end the conversations that the hold forbids; return whether it was, and whether both are."""
    no_visit = await slot_held(batch, case)
    no_message = await message_held(batch, case, Purpose.REMINDER)
    cancelled = no_visit and await cancel_visits(batch, changes, case.id, kind, by_team=by_team)
    if no_message:
        await end_conversations(batch, case.id, keep=keep)
    elif cancelled:
        await end_conversations(batch, case.id, keep=keep, script="visit_notice")
    return cancelled, no_visit and no_message


async def lift_hold(batch: Batch, changes: Changes, row: Any, *, by: str, reason: str) -> bool:
    """Lift a hold; nothing begins again by itself. False when it was lifted before. The case's key is loaded."""
    await batch.load_keys([row.case_id])
    sealed = _seal(batch.inst.vault, row.case_id, reason, REASON_PLACE)
    if not await holds.lift(batch.tx, row.id, batch.now, by, sealed):
        return False
    await timers.cancel_subject(batch.tx, "hold_end", row.id)
    batch.stale(case_id=row.case_id)
    changes.audit.append(_line(batch, row.case_id, "hold.lifted", by, row.kind))
    return True


async def end_hold(batch: Batch, timer: Any) -> bool:
    """A hold has come to its end by itself: the scheduler is told, and decides what comes next."""
    row = await holds.by_id(batch.tx, timer.subject_id)
    if row is None or row.lifted_at is not None or row.until is None:
        return True
    if row.until > batch.now:
        await timers.postpone(batch.tx, timer.id, row.until)
        return False
    await alert(batch, batch.changes, "hold_ended", case_id=row.case_id, subject_id=row.id)
    batch.changes.audit.append(_line(batch, row.case_id, "hold.ended", SYSTEM, row.kind))
    return True


def note_of(vault: Vault, row: Any) -> str:
    """Return what was said when a hold was opened; its case's key must have been loaded."""
    return _open(vault, row.case_id, row.note_enc, NOTE_PLACE)


def reason_of(vault: Vault, row: Any) -> str:
    """Return why a hold was lifted; its case's key must have been loaded."""
    return _open(vault, row.case_id, row.lift_reason_enc, REASON_PLACE)


def _seal(vault: Vault, case_id: int, words: str, place: str) -> bytes | None:
    return vault.seal(key_of(case_id), words.encode(), place) if words else None


def _open(vault: Vault, case_id: int, sealed: bytes | None, place: str) -> str:
    return vault.unseal(key_of(case_id), sealed, place).decode() if sealed is not None else ""


def _line(batch: Batch, case_id: int, event: str, by: str, kind: str, **data: object) -> dict[str, Any]:
    codes = {"hold": kind} | {name: value for name, value in data.items() if value is not None}
    return audit_line(batch.now, by, event, About(case_id), **codes)
