"""The preview of a reminder to many customers is made by a worker: what state it is in, and where it shows."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("reminders") as reminders:
        reminders.add_column(
            sa.Column("state", sa.String(10), nullable=False, server_default=sa.text("'shown'"))
        )
        reminders.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("reminders") as reminders:
        reminders.drop_column("message_id")
        reminders.drop_column("state")
