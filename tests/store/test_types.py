"""Instants are kept the same by both databases."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from bot.store.engine import Store
from bot.store.tables import leases
from tests.store.rows import NOON

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2999, 12, 31), timezones=ZONES)  # noqa: DTZ001 - zoned below


async def _through(store: Store, instant: datetime) -> datetime:
    async with store.begin() as tx:
        await tx.execute(leases.delete())
        await tx.execute(leases.insert().values(name="n", holder="h", until=instant))
        kept: datetime = (await tx.execute(select(leases.c.until))).scalar_one()
        return kept


async def test_a_naive_time_is_refused(store: Store) -> None:
    """A time without a zone never reaches the database."""
    with pytest.raises((StatementError, ValueError), match="naive"):
        await _through(store, datetime(2027, 3, 1, 12))  # noqa: DTZ001 - that is what must be refused


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instant=INSTANTS)
async def test_an_instant_comes_back_as_it_was(store: Store, instant: datetime) -> None:
    """Any aware instant comes back to the microsecond, in UTC."""
    kept = await _through(store, instant)

    assert kept == instant
    assert kept.tzinfo is UTC


async def test_instants_compare_in_the_database(store: Store) -> None:
    """Earlier and later mean the same in SQL as in Python, whatever the zones."""
    await _through(store, NOON)
    later_elsewhere = (NOON + timedelta(microseconds=1)).astimezone(timezone(timedelta(hours=-9)))
    async with store.read() as tx:
        found = (await tx.execute(select(leases.c.name).where(leases.c.until < later_elsewhere))).all()
        missed = (await tx.execute(select(leases.c.name).where(leases.c.until > later_elsewhere))).all()

    assert (len(found), len(missed)) == (1, 0)
