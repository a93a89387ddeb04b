"""Photos of staff, for customers who are told who is on the way."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Sealed, UtcDateTime

revision = "0028"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "portraits",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("picture_enc", Sealed, nullable=False),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_portraits_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_portraits")),
    )
