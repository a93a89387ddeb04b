"""What a person decided about a case's treatment."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, UtcDateTime

revision = "0005"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("treatment", sa.String(length=24), nullable=False),
        sa.Column("recommended", sa.String(length=24), nullable=False),
        sa.Column("grades", Json, nullable=False),
        sa.Column("versions", Json, nullable=False),
        sa.Column("reason_enc", sa.LargeBinary(), nullable=True),
        sa.Column("decided_by", sa.String(length=48), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("decisions")
