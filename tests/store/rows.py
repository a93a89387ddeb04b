"""Rows with invented data: only what the database insists on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.store.engine import Tx
from bot.store.tables import cases, people, visits

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def case(case_id: int, **columns: Any) -> dict[str, Any]:
    """Return a case."""
    row = {
        "id": case_id,
        "case_ref": f"T-{case_id}",
        "jurisdiction": "UK",
        "timezone": "Europe/London",
        "locale": "en",
        "currency": "GBP",
        "outstanding": 10000,
        "overdue_since": date(2027, 1, 1),
        "personal_enc": b"sealed",
        "id_hash": b"h",
        "phone_hash": b"h",
        "loan": {},
        "stage": "imported",
        "imported_at": NOON,
        "updated_at": NOON,
    }
    return row | columns


def person(person_id: int, role: str, **columns: Any) -> dict[str, Any]:
    """Return a member of staff."""
    row = {
        "id": person_id,
        "role": role,
        "name_enc": b"sealed",
        "badge": f"B-{person_id}",
        "locale": "en",
        "timezone": "Europe/London",
        "chat_id": None,
        "active": True,
        "created_at": NOON,
    }
    return row | columns


def visit(visit_id: int, case_id: int, **columns: Any) -> dict[str, Any]:
    """Return an approved visit by collector 1 and safety officer 2."""
    row = {
        "id": visit_id,
        "case_id": case_id,
        "collector_id": 1,
        "safety_officer_id": 2,
        "starts_at": NOON,
        "ends_at": NOON + HOUR,
        "status": "approved",
        "created_at": NOON,
    }
    return row | columns


def update(update_id: int, chat_id: int | None) -> dict[str, Any]:
    """Return an update of a chat."""
    return {"update_id": update_id, "chat_id": chat_id, "body_enc": b"sealed", "received_at": NOON}


def timer(timer_id: int, **columns: Any) -> dict[str, Any]:
    """Return a timer that is due at noon."""
    row = {
        "id": timer_id,
        "kind": "session",
        "subject_id": timer_id,
        "key": "t",
        "turn": 1,
        "due_at": NOON,
        "status": "waiting",
    }
    return row | columns


def message(row_id: int, **columns: Any) -> dict[str, Any]:
    """Return a message to staff that may go at noon."""
    row = {
        "id": row_id,
        "effect_key": f"e:{row_id}",
        "chat_id": 900,
        "lane": 1,
        "method": "sendMessage",
        "body_enc": b"sealed",
        "key_id": "staff",
        "case_id": None,
        "visit_id": None,
        "session_id": None,
        "prompt_no": None,
        "purpose": "reply",
        "contact": False,
        "not_before": NOON,
        "not_after": None,
        "state": "ready",
        "text_hash": b"h",
        "created_at": NOON,
    }
    return row | columns


async def field_team(tx: Tx, case_ids: range) -> None:
    """Add collector 1, safety officer 2 and cases."""
    await tx.execute(people.insert(), [person(1, "collector"), person(2, "safety_officer")])
    await tx.execute(cases.insert(), [case(one) for one in case_ids])


async def announce(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Add visits."""
    await tx.execute(visits.insert(), rows)
