"""A live conversation: a session of the core, with whose chat it is and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.ids import new_id
from bot.service.audit_line import CUSTOMER, colleague
from bot.service.desk.cases.casefile import key_of
from bot.service.installation import Installation
from bot.service.person import STAFF_KEY
from bot.store.vault import Vault
from flows.engine import Session, session_from_json, session_to_json
from flows.script import Script

PLACE = "sessions.body"
BACK_TO = "back_to"  # the value that names the conversation which one beside it leads back to


@dataclass(slots=True)
class Conversation:
    """Mutable for the length of one transaction; `session` is replaced by each turn.

    `asked_no` is the prompt with which the open question was first asked; 0 for the first one of all.
    """

    id: int
    chat_id: int
    case_id: int | None
    visit_id: int | None
    person_id: int | None
    script: Script
    session: Session
    started_at: datetime
    asked_no: int = 0

    @property
    def key_id(self) -> str:
        """The data key that what was said here is sealed with."""
        return key_of(self.case_id) if self.case_id else STAFF_KEY

    @property
    def actor(self) -> str:
        """How the log calls whoever this conversation is with."""
        return colleague(self.person_id) if self.person_id else CUSTOMER


def open_conversation(row: Any, inst: Installation) -> Conversation:
    """Open a row of `sessions`. Raises `UnknownScript` when a version that it is pinned to is not installed."""
    session = open_session(row, inst.vault)
    return Conversation(
        id=row.id,
        chat_id=row.chat_id,
        case_id=row.case_id,
        visit_id=row.visit_id,
        person_id=row.person_id,
        script=inst.library.pinned(session.script, session.version, session.pins),
        session=session,
        started_at=row.started_at,
        asked_no=row.asked_no,
    )


def open_session(row: Any, vault: Vault) -> Session:
    """Return where a conversation stands; what was sealed last says on which version, whatever the row says."""
    key_id = key_of(row.case_id) if row.case_id else STAFF_KEY
    return session_from_json(orjson.loads(vault.unseal(key_id, row.body_enc, PLACE)))


def new_conversation(
    inst: Installation,
    name: str,
    chat_id: int,
    at: datetime,
    *,
    case_id: int | None = None,
    visit_id: int | None = None,
    person_id: int | None = None,
    values: Mapping[str, object] | None = None,
) -> Conversation:
    """Begin a conversation on the latest version of script `name`; `values` are what it starts from."""
    script = inst.library.latest[name]
    session = Session(script.name, script.version, values=values or {})
    return Conversation(new_id(), chat_id, case_id, visit_id, person_id, script, session, at)


def row_of(conversation: Conversation, vault: Vault, at: datetime) -> dict[str, Any]:
    """Return the row of `sessions` for where the conversation stands now."""
    session = conversation.session
    body = orjson.dumps(session_to_json(session))
    return {
        "id": conversation.id,
        "chat_id": conversation.chat_id,
        "case_id": conversation.case_id,
        "visit_id": conversation.visit_id,
        "person_id": conversation.person_id,
        "script": session.script,
        "version": session.version,
        "status": str(session.status),
        "turn": session.turn,
        "asked_no": conversation.asked_no,
        "body_enc": vault.seal(conversation.key_id, body, PLACE),
        "started_at": conversation.started_at,
        "updated_at": at,
    }
