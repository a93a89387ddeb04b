"""Agreements, and the promises that are their instalments."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, UtcDateTime

revision = "0030"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "agreements",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=True),
        sa.Column("terms", Json, nullable=False),
        sa.Column("basis", sa.String(length=12), nullable=False),
        sa.Column("authority", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.String(length=48), nullable=False),
        sa.Column("granted_by", sa.String(length=48), nullable=True),
        sa.Column("seconded_by", sa.String(length=48), nullable=True),
        sa.Column("cooling_off", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("take_back_until", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_agreements_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreements")),
    )
    op.create_index(op.f("ix_agreements_case_id"), "agreements", ["case_id"])
    with op.batch_alter_table("promises") as batch:
        batch.add_column(sa.Column("agreement_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("number", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_promises_agreement_id"), "promises", ["agreement_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_promises_agreement_id"), "promises")
    with op.batch_alter_table("promises") as batch:
        batch.drop_column("number")
        batch.drop_column("agreement_id")
    op.drop_index(op.f("ix_agreements_case_id"), "agreements")
    op.drop_table("agreements")
