"""An item of the queue is open once: two that raise the same at one moment raise one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0032"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at is null")
_SUBJECT = "case when kind in ('unknown_delivery', 'hold_ended') then coalesce(subject_id, 0) else 0 end"
_SAME = f"kind || ':' || coalesce(case_id, 0) || ':' || {_SUBJECT}"
_EARLIER = "one.closed_at is null and one.about = alerts.about and one.id < alerts.id"
_TWICE = f"exists (select 1 from alerts one where {_EARLIER})"  # noqa: S608


def upgrade() -> None:
    """Apply. What is open twice already stays so, each by itself."""
    op.add_column("alerts", sa.Column("about", sa.String(80), nullable=True))
    op.execute(f"update alerts set about = {_SAME} where closed_at is null")  # noqa: S608 - no value from outside
    op.execute(f"update alerts set about = about || ':' || id where closed_at is null and {_TWICE}")  # noqa: S608
    op.create_index(
        "uq_alerts_about_open",
        "alerts",
        ["about"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index("uq_alerts_about_open", "alerts", sqlite_where=_OPEN, postgresql_where=_OPEN)
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("about")
