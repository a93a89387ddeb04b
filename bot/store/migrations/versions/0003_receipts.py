"""Receipts in a table of their own: a message is judged more than once, a refused step has no row."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, UtcDateTime

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "receipts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("about", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("visit_id", sa.BigInteger(), nullable=True),
        sa.Column("session_id", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.String(length=120), nullable=True),
        sa.Column("verdict", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
    )
    _take_over("outbox", outbox_id="id", visit_id="visit_id", session_id="session_id")
    _take_over("visits", visit_id="id")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        for name in ("at", "case_id", "outbox_id", "visit_id"):
            batch_op.create_index(batch_op.f(f"ix_receipts_{name}"), [name], unique=False)
    for table in ("outbox", "visits"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("verdict")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("receipt_id", sa.BigInteger(), nullable=True))


def _take_over(name: str, **columns: str) -> None:
    """Copy the receipts that stood in the rows of a table until now."""
    kept = sa.table(
        "receipts", *map(sa.column, ("id", "at", "about", "outcome", "case_id", "verdict", *columns))
    )
    verdict = sa.column("verdict", Json)
    rows = sa.table(name, *map(sa.column, {"id", "created_at", "case_id", *columns.values()}), verdict)
    found = sa.select(
        rows.c.id,
        rows.c.created_at,
        rows.c.verdict["action"]["kind"].as_string(),
        rows.c.verdict["outcome"].as_string(),
        rows.c.case_id,
        rows.c.verdict,
        *(rows.c[column] for column in columns.values()),
    ).where(rows.c.verdict["outcome"].as_string().is_not(None), rows.c.case_id.is_not(None))
    op.execute(
        kept.insert().from_select(["id", "at", "about", "outcome", "case_id", "verdict", *columns], found)
    )
