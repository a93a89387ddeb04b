"""The end of a case's record: its key destroyed, its rows and originals removed, the log of it kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.errors import InputRefused
from bot.service.archive.retention import Standing, standing_of, standings
from bot.service.audit_line import CLI, About, audit_line
from bot.service.desk.cases.casefile import key_of
from bot.service.installation import Installation
from bot.store import audit, cases, erasure
from bot.store.engine import Tx


class Reason(StrEnum):
    """Why a record is erased."""

    ASKED = "asked"  # the customer wants it
    OVER = "over"  # the longest time that the rules allow is over
    MISTAKE = "mistake"  # it should never have been taken in


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure removed (rows by table, originals), or would remove where it was only looked."""

    standing: Standing
    removed: Mapping[str, int]
    originals: int


KEPT = (
    "the case reference, with when, why and by whom it was erased: a file must not bring it back",
    "its lines in the log, codes and ids without a name or a word: the law wants to know what was done",
    "what stands in the customer's own chat, which is theirs",
)


async def erase(
    inst: Installation, case_ref: str, reason: Reason, *, actor: str = CLI, dry_run: bool = False
) -> Erasure:
    """Erase a case, or say what would be erased. Raises `InputRefused` while anything keeps it, naming the rule."""
    async with inst.store.begin() as tx:
        rows = await cases.hold_by_refs(tx, [case_ref])
        if not rows:
            gone = await erasure.noted_by_refs(tx, [case_ref])
            was = f"was erased on {gone[0].erased_at:%Y-%m-%d}" if gone else "is not known"
            raise InputRefused(f"Case {case_ref} {was}: `doorstep cases` lists what there is.")
        row = rows[0]
        (standing,) = await standing_of(inst, tx, [row])
        if standing.refuses:
            raise InputRefused(
                f"{case_ref} is kept: {'; '.join(map(str, standing.refuses))}. Nothing was erased."
            )
        if reason is Reason.OVER and not standing.is_over:
            raise InputRefused(
                f"{case_ref} is not over yet: `doorstep retention --dry-run` says until when it is kept."
            )
        undone = await tx.begin_nested()
        removed = await erasure.remove(tx, row.id, row.chat_id)
        if dry_run:
            await undone.rollback()
            return Erasure(standing, removed, len(inst.originals.of_case(row.id)))
        await erasure.destroy_key(tx, key_of(row.id), inst.clock.now())
        await _note(inst, tx, row, reason, actor)
    inst.vault.forget(key_of(row.id))
    originals = await asyncio.to_thread(inst.originals.remove_case, row.id)
    await inst.store.scrub()
    return Erasure(standing, removed, originals)


async def _note(inst: Installation, tx: Tx, row: Any, reason: Reason, actor: str) -> None:
    now = inst.clock.now()
    gone = {"case_id": row.id, "case_ref": row.case_ref, "jurisdiction": row.jurisdiction}
    await erasure.note(tx, {**gone, "reason": str(reason), "erased_by": actor, "erased_at": now})
    await audit.append(tx, [audit_line(now, actor, "case.erased", About(row.id), reason=str(reason))])


async def erase_what_is_over(inst: Installation) -> list[Erasure]:
    """Erase every case whose longest time is over and that nothing keeps."""
    async with inst.store.read() as tx:
        due = [one.case_ref async for one in standings(inst, tx) if one.is_over]
    return [await erase(inst, case_ref, Reason.OVER) for case_ref in due]
