"""What customers agreed to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among
from bot.store.tables import consents

_OF_CASES = select(consents).where(among(consents.c.case_id)).order_by(consents.c.since, consents.c.id)


async def put(tx: Tx, row: Row) -> None:
    """Keep a consent."""
    await tx.execute(insert(consents).values(row))


async def of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[Any]:
    """Return every consent of cases, oldest first."""
    return (await tx.execute(_OF_CASES, {"case_ids": case_ids})).all()


async def withdraw(tx: Tx, case_id: int, topic: str, at: datetime) -> int:
    """End the consents to a topic that hold at `at`; return how many there were."""
    where = (consents.c.case_id == case_id) & (consents.c.topic == topic)
    where &= or_(consents.c.until.is_(None), consents.c.until > at)
    return int((await tx.execute(update(consents).where(where).values(until=at))).rowcount)
