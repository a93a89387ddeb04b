"""Batches: what one file of a lender came to, from its arrival to its end, and the file itself until then.

received -> proposed -> wanted -> taken -> undoing -> undone, on the command line taking -> taken; and the ends
refused (nothing in it can be taken), declined, expired.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, locked
from bot.store.tables import batches, files

_LOCK = 7_013_246  # an arbitrary number of our own
WORK = ("received", "wanted", "undoing")  # what a worker has to do
UNDOABLE = ("taken", "taking")


async def one_at_a_time(tx: Tx) -> None:
    """Let no other file be taken until the commit: two that add the same case would both think it new."""
    if tx.dialect.name == "postgresql":
        await tx.execute(select(func.pg_advisory_xact_lock(_LOCK)))


async def add(tx: Tx, row: Row) -> None:
    """Put a batch down."""
    await tx.execute(insert(batches).values(row))


async def by_id(tx: Tx, batch_id: int) -> Any | None:
    """Return a batch."""
    return (await tx.execute(select(batches).where(batches.c.id == batch_id))).one_or_none()


async def recent(tx: Tx, limit: int) -> Sequence[Any]:
    """Return the batches that were taken or still wait for an answer, the newest first."""
    where = batches.c.state.in_(("proposed", "wanted", *UNDOABLE, "undoing", "undone"))
    statement = select(batches).where(where).order_by(batches.c.id.desc()).limit(limit)
    return (await tx.execute(statement)).all()


async def change(tx: Tx, batch_id: int, **columns: Any) -> None:
    """Change columns of a batch."""
    await tx.execute(update(batches).where(batches.c.id == batch_id).values(**columns))


async def move(tx: Tx, batch_id: int, before: Sequence[str], after: str, **columns: Any) -> bool:
    """Move a batch on if it still is where it should be; return whether it was."""
    where = (batches.c.id == batch_id) & batches.c.state.in_(before)
    return (await tx.execute(update(batches).where(where).values(state=after, **columns))).rowcount == 1


def _unanswered(since: datetime) -> Any:
    return (batches.c.state == "proposed") & (batches.c.created_at < since)


async def work_waits(tx: Tx, unanswered_since: datetime) -> bool:
    """Is there anything for a worker to do, or a proposal to forget that nobody answered?"""
    where = or_(batches.c.state.in_(WORK), _unanswered(unanswered_since))
    return (await tx.execute(select(batches.c.id).where(where).limit(1))).first() is not None


async def claim(tx: Tx, now: datetime, until: datetime) -> Any | None:
    """Hold the oldest batch that there is work on until `until`, so that no other worker is at it."""
    free = or_(batches.c.held_until.is_(None), batches.c.held_until < now)
    statement = select(batches).where(batches.c.state.in_(WORK) & free).order_by(batches.c.id).limit(1)
    row = (await tx.execute(locked(statement, skip=True))).one_or_none()
    if row is not None:
        await change(tx, row.id, held_until=until)
    return row


async def hold(tx: Tx, batch_id: int, until: datetime | None) -> None:
    """Hold a batch for longer, or let it go."""
    await change(tx, batch_id, held_until=until)


async def expire(tx: Tx, before: datetime) -> None:
    """Drop proposals that nobody answered, and their files."""
    old = _unanswered(before)
    await tx.execute(delete(files).where(files.c.batch_id.in_(select(batches.c.id).where(old))))
    await tx.execute(update(batches).where(old).values(state="expired"))


async def put_file(tx: Tx, row: Row) -> None:
    """Note where the file of a batch is to be fetched."""
    await tx.execute(insert(files).values(row))


async def file_of(tx: Tx, batch_id: int) -> Any | None:
    """Return the file of a batch, as long as it is needed."""
    return (await tx.execute(select(files).where(files.c.batch_id == batch_id))).one_or_none()


async def keep_body(tx: Tx, batch_id: int, body_enc: bytes) -> None:
    """Keep a fetched file, sealed, until it is decided on."""
    await tx.execute(update(files).where(files.c.batch_id == batch_id).values(body_enc=body_enc))


async def drop_file(tx: Tx, batch_id: int) -> None:
    """Forget the file of a batch."""
    await tx.execute(delete(files).where(files.c.batch_id == batch_id))
