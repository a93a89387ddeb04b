"""Who looks at a case in the chat is on record."""

from typing import TYPE_CHECKING

from bot.service.audit_line import About, audit_line

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk


def note_look(talk: "Talk", case_id: int, visit_id: int | None = None) -> None:
    """Put on record that the colleague of this chat looks at a case."""
    line = audit_line(talk.batch.now, talk.actor, "case.looked_at", About(case_id, visit_id))
    talk.changes.audit.append(line)
