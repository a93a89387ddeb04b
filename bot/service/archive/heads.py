"""The head of a day: one hash over the ends of all chains that grew, on top of the head before."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.check import FIRST, head_hash, leaf_hash, root_of
from bot.service.installation import Installation
from bot.store import audit_chain
from bot.store.engine import Tx


def day_to_close(inst: Installation) -> date:
    """Return the last day that is over, by the installation's own zone."""
    return inst.clock.now().astimezone(ZoneInfo(inst.settings.timezone)).date() - timedelta(days=1)


async def close_day(inst: Installation) -> date:
    """Make the head of the last day that is over, unless there is one; return that day.

    After days without a running bot it holds all that happened in them. Lines written since midnight are held, too.
    """
    day = day_to_close(inst)
    async with inst.store.begin(patient=True) as tx:
        ends = await audit_chain.grown(tx)
        last = await audit_chain.last_head(tx)
        if last is None or last.day < day:
            await _make(inst, tx, day, ends, FIRST if last is None else last.hash.hex())
    return day


async def _make(inst: Installation, tx: Tx, day: date, ends: Any, previous: str) -> None:
    leaves = [{"day": day, "chain_id": one.chain_id, "lines": one.lines, "hash": one.hash} for one in ends]
    root = root_of([leaf_of(one) for one in ends])
    made = head_hash(day.isoformat(), previous, root, len(leaves))
    head = {
        "day": day,
        "leaves": len(leaves),
        "root": bytes.fromhex(root),
        "previous": bytes.fromhex(previous),
        "hash": bytes.fromhex(made),
        "seal": seal_of(inst, made),
        "made_at": inst.clock.now(),
    }
    await audit_chain.put_head(tx, head, leaves)


def leaf_of(row: Any) -> str:
    """Return the leaf of the day's tree for the end of a chain."""
    return leaf_hash(row.chain_id, row.lines, row.hash.hex())


def seal_of(inst: Installation, head: str) -> bytes:
    """Return what only a holder of the master key can make of a head."""
    return inst.vault.hash("audit_head", head)


def plain(head: Any) -> dict[str, Any]:
    """Return a head as exports and the checker have it."""
    hashes = {name: getattr(head, name).hex() for name in ("root", "previous", "hash")}
    return {"day": head.day.isoformat(), "leaves": head.leaves, **hashes}
