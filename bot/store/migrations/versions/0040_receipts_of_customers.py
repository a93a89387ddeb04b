"""A customer's own papers, such as the receipt of a payment: sent in by no colleague and at no visit."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.alter_column("visit_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.alter_column("person_id", existing_type=sa.BigInteger(), nullable=True)
