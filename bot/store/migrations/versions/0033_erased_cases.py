"""Cases that were erased: that there was one, when it went and why."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0033"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "erased_cases",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_ref", sa.String(length=64), nullable=False),
        sa.Column("jurisdiction", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("erased_by", sa.String(length=48), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_erased_cases")),
        sa.UniqueConstraint("case_ref", name=op.f("uq_erased_cases_case_ref")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("erased_cases")
