"""What a case was when it was taken in, and its group in each trial."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Json, UtcDateTime

revision = "0035"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "baselines",
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("grades", Json, nullable=False),
        sa.Column("visit", sa.String(length=8), nullable=True),
        sa.Column("reminder", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_baselines_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_baselines")),
    )
