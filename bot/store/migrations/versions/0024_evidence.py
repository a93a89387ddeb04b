"""Evidence of visits: what was sent in, by whom, when and at which step, and what became of it."""

import sqlalchemy as sa
from alembic import op

from bot.store.types import Sealed, UtcDateTime

revision = "0024"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("album", sa.String(length=40), nullable=True),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("fault", sa.String(length=24), nullable=True),
        sa.Column("file_ref", sa.String(length=200), nullable=True),
        sa.Column("unique_ref", sa.String(length=80), nullable=True),
        sa.Column("claimed_type", sa.String(length=100), nullable=True),
        sa.Column("claimed_size", sa.BigInteger(), nullable=True),
        sa.Column("detail_enc", Sealed(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("sha256", Sealed(), nullable=True),
        sa.Column("first_id", sa.BigInteger(), nullable=True),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_evidence_case_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_evidence_visit_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evidence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    for columns in (
        ["case_id"],
        ["visit_id"],
        ["chat_id", "album"],
        ["person_id", "kind"],
        ["state", "due_at"],
    ):
        op.create_index(f"ix_evidence_{'_'.join(columns)}", "evidence", columns, unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("evidence")
