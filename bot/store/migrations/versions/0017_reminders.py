"""Reminders that a person had sent, and how far each is."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, UtcDateTime

revision = "0017"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "reminders",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chosen", sa.String(length=64), nullable=False),
        sa.Column("case_ids", Json, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("reminders")
