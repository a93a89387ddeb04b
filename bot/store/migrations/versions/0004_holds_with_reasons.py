"""Holds say why and by whom; consents and the times that do not suit a customer have tables."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("holds") as batch_op:
        batch_op.add_column(sa.Column("note_enc", sa.LargeBinary()))
        batch_op.add_column(
            sa.Column("opened_by", sa.String(48), nullable=False, server_default=sa.text("'customer'"))
        )
        batch_op.add_column(sa.Column("lift_reason_enc", sa.LargeBinary()))
        batch_op.alter_column(
            "lifted_by",
            existing_type=sa.BigInteger(),
            type_=sa.String(48),
            postgresql_using="'person:' || lifted_by::varchar",
        )

    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("form", sa.String(12), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime()),
        sa.Column("recorded_by", sa.String(48), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consents_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_case_id"), "consents", ["case_id"])

    op.create_table(
        "barred_times",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_barred_times_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred_times")),
    )
    op.create_index(op.f("ix_barred_times_case_id"), "barred_times", ["case_id"])
