"""Leases: at most one holder of a name at a time, until it lets go or dies."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.store.engine import Tx
from bot.store.statements import insert_new
from bot.store.tables import leases


async def take(tx: Tx, name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or renew a lease; return whether `holder` has it now."""
    await insert_new(tx, leases, [{"name": name, "holder": holder, "until": until}])
    mine = (leases.c.name == name) & ((leases.c.holder == holder) | (leases.c.until < now))
    await tx.execute(update(leases).where(mine).values(holder=holder, until=until))
    statement = select(leases.c.holder).where(leases.c.name == name)
    return bool((await tx.execute(statement)).scalar_one() == holder)


async def release(tx: Tx, name: str, holder: str) -> None:
    """Let a lease go."""
    await tx.execute(delete(leases).where((leases.c.name == name) & (leases.c.holder == holder)))
