"""A timer that waits: what falls due, about what, when."""

from datetime import UTC, datetime
from typing import Any

from bot.ids import new_id


def timer_row(kind: str, subject_id: int, due_at: datetime, key: str = "", turn: int = 0) -> dict[str, Any]:
    """Return a row for `store.timers.put`, due at an aware instant; `key` tells several about one subject apart."""
    return {
        "id": new_id(),
        "kind": kind,
        "subject_id": subject_id,
        "key": key or kind,
        "turn": turn,
        "due_at": due_at.astimezone(UTC),
        "status": "waiting",
    }
