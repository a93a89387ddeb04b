"""Who looks at a case in the chat is on record."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


def note_look(talk: "Talk", case_id: int, visit_id: int | None = None) -> None:
    """Put on record that the colleague of this chat looks at a case."""
    actor = f"person:{talk.staff.id if talk.staff else 0}"
    line = {"at": talk.batch.now, "actor": actor, "kind": "case.looked_at", "data": {}}
    talk.changes.audit.append({**line, "case_id": case_id, "visit_id": visit_id})
