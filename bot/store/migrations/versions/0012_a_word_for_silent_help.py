"""Field staff may keep a word of their own that calls for help without a sign."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Sealed

revision = "0012"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("word_enc", Sealed, nullable=True))
