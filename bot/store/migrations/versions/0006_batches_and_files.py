"""Batches: what a lender's file brought in, so that it can be taken back; and the files until they are decided on."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, Sealed, UtcDateTime

revision = "0006"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "batches",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("counts", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_batches_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_index("ix_batches_state", "batches", ["state"], unique=False)
    op.create_table(
        "files",
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file_ref", sa.String(length=200), nullable=False),
        sa.Column("name_enc", Sealed(), nullable=False),
        sa.Column("body_enc", Sealed(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_files_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_files")),
    )
    op.create_table(
        "batch_cases",
        sa.Column("batch_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("promise_id", sa.BigInteger(), nullable=True),
        sa.Column("jurisdiction", sa.String(length=12), nullable=True),
        sa.Column("timezone", sa.String(length=64), nullable=True),
        sa.Column("locale", sa.String(length=10), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("outstanding", sa.BigInteger(), nullable=True),
        sa.Column("overdue_since", sa.Date(), nullable=True),
        sa.Column("personal_enc", Sealed(), nullable=True),
        sa.Column("id_hash", Sealed(), nullable=True),
        sa.Column("phone_hash", Sealed(), nullable=True),
        sa.Column("loan", Json, nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_cases_batch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_batch_cases_case_id")),
        sa.PrimaryKeyConstraint("batch_id", "case_id", name=op.f("pk_batch_cases")),
    )
    op.create_index("ix_batch_cases_case_id", "batch_cases", ["case_id"], unique=False)
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch_id", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_payments_batch_id"), ["batch_id"], unique=False)
        batch_op.create_foreign_key(op.f("fk_payments_batch_id"), "batches", ["batch_id"], ["id"])
