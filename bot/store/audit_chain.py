"""The chains of the log: one for each case and one for the lines of no case, and the heads of the days.

On PostgreSQL whoever appends holds the rows of the chains until the commit, in the order of their ids; on SQLite the
writing transaction holds the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import false, insert, or_, select, true, update

from bot.check import FIRST
from bot.store.engine import Tx
from bot.store.statements import Row, among, insert_new, locked, upsert
from bot.store.tables import audit, audit_anchors, audit_chains, audit_heads

NO_CASE = 0  # the chain of the lines that are about no case
_HELD = locked(select(audit_chains).where(among(audit_chains.c.chain_id)).order_by(audit_chains.c.chain_id))


@dataclass(slots=True)
class End:
    """Where a chain ends: how many lines it has, and the last one's hash."""

    lines: int = 0
    hash: str = FIRST


def end_of(row: Any) -> End:
    """Return where a row of `audit_chains` says that its chain ends."""
    return End(row.lines, row.hash.hex())


async def hold(tx: Tx, chains: Sequence[int]) -> Mapping[int, End]:
    """Hold the ends of chains until the commit; new chains begin."""
    found = await _held(tx, chains)
    new = [chain for chain in chains if chain not in found]
    if new:  # somebody else may begin the same chain just now: whose row is there first is waited for
        await insert_new(tx, audit_chains, [_row(chain, End()) for chain in new])
        found |= await _held(tx, new)
    return found


async def _held(tx: Tx, chains: Sequence[int]) -> dict[int, End]:
    return {row.chain_id: end_of(row) for row in await tx.execute(_HELD, {"chain_ids": chains})}


async def save(tx: Tx, ends: Mapping[int, End]) -> None:
    """Write where chains that are held end now."""
    await upsert(tx, audit_chains, [_row(chain, end) for chain, end in ends.items()], "chain_id")


def _row(chain: int, end: End) -> Row:
    return {"chain_id": chain, "lines": end.lines, "hash": bytes.fromhex(end.hash)}


async def grown(tx: Tx) -> Sequence[Any]:
    """Hold the chain of no case, so that one head is made at a time, and those that grew since the last head."""
    await hold(tx, [NO_CASE])
    statement = select(audit_chains).where(audit_chains.c.lines > audit_chains.c.anchored)
    rows: Sequence[Any] = (await tx.execute(locked(statement.order_by(audit_chains.c.chain_id)))).all()
    return rows


async def put_head(tx: Tx, head: Row, leaves: Sequence[Row]) -> None:
    """Write a day's head and the ends of chains that it holds, all of which `grown` has returned."""
    await tx.execute(insert(audit_heads), [head])
    if leaves:
        await tx.execute(insert(audit_anchors), list(leaves))
        is_grown = audit_chains.c.lines > audit_chains.c.anchored
        await tx.execute(update(audit_chains).where(is_grown).values(anchored=audit_chains.c.lines))


async def last_head(tx: Tx) -> Any | None:
    """Return the newest head."""
    statement = select(audit_heads).order_by(audit_heads.c.day.desc()).limit(1)
    return (await tx.execute(statement)).one_or_none()


async def heads(tx: Tx) -> Sequence[Any]:
    """Return every head, the oldest first."""
    return (await tx.execute(select(audit_heads).order_by(audit_heads.c.day))).all()


async def leaves_of(tx: Tx, day: date) -> Sequence[Any]:
    """Return the ends of chains that a day's head holds, in the order of its tree."""
    statement = select(audit_anchors).where(audit_anchors.c.day == day)
    return (await tx.execute(statement.order_by(audit_anchors.c.chain_id))).all()


async def chain_ids(tx: Tx) -> Sequence[int]:
    """Return every chain that any table knows of, in the order of their ids."""
    of_lines = select(audit.c.case_id).distinct()
    found = {chain or NO_CASE for chain in (await tx.execute(of_lines)).scalars()}
    for column in (audit_chains.c.chain_id, audit_anchors.c.chain_id):
        found.update((await tx.execute(select(column).distinct())).scalars())
    return sorted(found)


async def ends(tx: Tx, chains: Sequence[int]) -> Mapping[int, End]:
    """Return where chains end."""
    statement = select(audit_chains).where(audit_chains.c.chain_id.in_(chains))
    return {row.chain_id: end_of(row) for row in await tx.execute(statement)}


async def anchors(tx: Tx, chains: Sequence[int]) -> Sequence[Any]:
    """Return what the heads hold of chains, the oldest first."""
    statement = select(audit_anchors).where(audit_anchors.c.chain_id.in_(chains))
    return (await tx.execute(statement.order_by(audit_anchors.c.chain_id, audit_anchors.c.day))).all()


async def lines(tx: Tx, chains: Sequence[int]) -> Sequence[Any]:
    """Return the lines of chains, each in its order."""
    about = or_(
        audit.c.case_id.in_(chains), audit.c.case_id.is_(None) & (true() if NO_CASE in chains else false())
    )
    return (await tx.execute(select(audit).where(about).order_by(audit.c.line))).all()
