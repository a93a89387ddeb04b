"""Each conversation knows the prompt with which its open question was first asked."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asked_no", sa.Integer(), server_default=sa.text("0"), nullable=False))
