"""Data keys, wrapped."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.store.engine import Tx
from bot.store.statements import insert_new
from bot.store.tables import keys
from bot.store.vault import Vault


async def load(tx: Tx, vault: Vault, key_ids: Sequence[str]) -> None:
    """Make data keys known to the vault; those that it knows cost nothing."""
    wanted = [key_id for key_id in key_ids if not vault.knows(key_id)]
    if wanted:
        alive = keys.c.id.in_(wanted) & keys.c.destroyed_at.is_(None)
        for row in (await tx.execute(select(keys.c.id, keys.c.wrapped).where(alive))).all():
            vault.admit(row.id, row.wrapped)


async def ensure(tx: Tx, vault: Vault, key_ids: Sequence[str], at: datetime) -> None:
    """Load data keys, making those that are not there yet."""
    await load(tx, vault, key_ids)
    fresh = [key_id for key_id in key_ids if not vault.knows(key_id)]
    rows = [{"id": key_id, "wrapped": vault.new_key(key_id), "created_at": at} for key_id in fresh]
    await insert_new(tx, keys, rows)
    for key_id in fresh:
        vault.forget(key_id)  # another process may have been faster: what is stored counts
    await load(tx, vault, fresh)


async def prove(tx: Tx, vault: Vault) -> None:
    """Raise `KeyUnusable` when the master key is not the one that wrapped the keys here."""
    alive = select(keys.c.id, keys.c.wrapped).where(keys.c.destroyed_at.is_(None)).limit(1)
    for row in await tx.execute(alive):
        vault.blank().admit(row.id, row.wrapped)
