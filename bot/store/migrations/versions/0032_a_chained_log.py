"""The log is chained: each line holds the one before it, each day has a head, and nothing in it can be changed."""

from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.check import FIRST, line_hash
from bot.store.types import Json, Sealed, UtcDateTime

revision = "0032"
down_revision = "0026"
branch_labels = None
depends_on = None

_FROZEN = ("audit", "audit_anchors", "audit_heads")
_SOME = 1000  # rows at a time

_audit = sa.table(
    "audit",
    sa.column("seq", sa.BigInteger),
    sa.column("at", UtcDateTime),
    sa.column("actor", sa.String),
    sa.column("kind", sa.String),
    sa.column("case_id", sa.BigInteger),
    sa.column("visit_id", sa.BigInteger),
    sa.column("data", Json),
    sa.column("line", sa.Integer),
    sa.column("hash", Sealed),
)
_chains = sa.table(
    "audit_chains",
    sa.column("chain_id", sa.BigInteger),
    sa.column("lines", sa.Integer),
    sa.column("hash", Sealed),
)


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "audit_chains",
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("hash", Sealed(), nullable=False),
        sa.Column("anchored", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", name=op.f("pk_audit_chains")),
    )
    op.create_table(
        "audit_anchors",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("chain_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("hash", Sealed(), nullable=False),
        sa.PrimaryKeyConstraint("day", "chain_id", name=op.f("pk_audit_anchors")),
    )
    op.create_index("ix_audit_anchors_chain_id", "audit_anchors", ["chain_id"], unique=False)
    op.create_table(
        "audit_heads",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("leaves", sa.Integer(), nullable=False),
        sa.Column("root", Sealed(), nullable=False),
        sa.Column("previous", Sealed(), nullable=False),
        sa.Column("hash", Sealed(), nullable=False),
        sa.Column("seal", Sealed(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_audit_heads")),
    )
    op.add_column("audit", sa.Column("line", sa.Integer(), nullable=True))
    op.add_column("audit", sa.Column("hash", Sealed(), nullable=True))
    _chain()
    with op.batch_alter_table("audit") as log:
        log.drop_index("ix_audit_case_id")
        log.alter_column("line", existing_type=sa.Integer(), nullable=False)
        log.alter_column("hash", existing_type=Sealed(), nullable=False)
        log.create_index("uq_audit_case_id_line", ["case_id", "line"], unique=True)
    _freeze()


def _chain() -> None:
    """Chain what is there, in the order in which it was written."""
    connection = op.get_bind()
    ends: dict[int, tuple[int, str]] = {}
    reached = -1
    place = sa.update(_audit).where(_audit.c.seq == sa.bindparam("of"))
    place = place.values(line=sa.bindparam("line"), hash=sa.bindparam("hash"))
    while True:
        statement = sa.select(_audit).where(_audit.c.seq > reached).order_by(_audit.c.seq).limit(_SOME)
        rows = connection.execute(statement).mappings().all()
        if not rows:
            break
        connection.execute(place, [_placed(ends, row) for row in rows])
        reached = rows[-1]["seq"]
    if ends:
        new = [{"chain_id": one, "lines": n, "hash": bytes.fromhex(last)} for one, (n, last) in ends.items()]
        connection.execute(sa.insert(_chains), new)


def _placed(ends: dict[int, tuple[int, str]], row: Any) -> dict[str, Any]:
    chain = row["case_id"] or 0
    line, previous = ends.get(chain, (0, FIRST))
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    ends[chain] = (line + 1, line_hash(previous, {**row, "at": at}))
    return {"of": row["seq"], "line": ends[chain][0], "hash": bytes.fromhex(ends[chain][1])}


def _freeze() -> None:
    """Have the database itself refuse to change what is on record."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _FROZEN:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_refuses_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END"
                )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION doorstep_insert_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME; END $$"
    )
    for table in _FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_insert_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION doorstep_insert_only()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION doorstep_insert_only()"
        )


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "postgresql":
        for table in _FROZEN:
            op.execute(f"DROP TRIGGER {table}_insert_only ON {table}")
            op.execute(f"DROP TRIGGER {table}_never_emptied ON {table}")
        op.execute("DROP FUNCTION doorstep_insert_only()")
    with op.batch_alter_table("audit") as log:
        log.drop_index("uq_audit_case_id_line")
        log.drop_column("hash")
        log.drop_column("line")
        log.create_index("ix_audit_case_id", ["case_id"], unique=False)
    for name in ("audit_heads", "audit_anchors", "audit_chains"):
        op.drop_table(name)
