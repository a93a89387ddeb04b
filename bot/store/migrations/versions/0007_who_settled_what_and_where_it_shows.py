"""Who settled what needed a person, what they noted, and which messages show it; urgency belongs to the kind."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Sealed

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at is null")


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_column("urgent")
        batch_op.add_column(sa.Column("person_id", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("closed_by", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("note_enc", Sealed(), nullable=True))
        batch_op.create_index(
            "ix_alerts_open", ["kind", "opened_at"], sqlite_where=_OPEN, postgresql_where=_OPEN
        )

    op.create_table(
        "alert_messages",
        sa.Column("outbox_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_alert_messages")),
    )
    with op.batch_alter_table("alert_messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alert_messages_alert_id"), ["alert_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("alert_messages")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.drop_index("ix_alerts_open", sqlite_where=_OPEN, postgresql_where=_OPEN)
        batch_op.drop_column("note_enc")
        batch_op.drop_column("closed_by")
        batch_op.drop_column("person_id")
        batch_op.add_column(sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
