"""The watch over a visit: more time, who is well, the ladder of an alarm, and what each alarm was."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import UtcDateTime

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rung", sa.Integer(), nullable=True))
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extended_to", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("collector_well_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("safety_officer_well_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("acknowledged_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("verdict", sa.String(length=12), nullable=True))
    op.execute("UPDATE alerts SET acknowledged_at = taken_at")
    op.execute("UPDATE timers SET kind = 'watch', key = 'red' WHERE kind = 'check_out'")
