"""Writing outbox rows. To staff freely; to a customer only through the gate: there is no other way out."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.casefile import CaseFile, key_of
from bot.service.outbound.gate import judge_message
from bot.service.outbound.outgoing import Call, Lane, Outgoing, State
from bot.service.person import STAFF_KEY
from bot.store.vault import Vault
from flows.rules import Outcome, Purpose, Verdict

PLACE = "outbox.body"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A call with what the outbox must know of it. `key` is unique for ever: a replay cannot double a row."""

    call: Call
    key: str
    chat_id: int
    lane: Lane
    purpose: Purpose
    session_id: int | None = None
    visit_id: int | None = None
    prompt_no: int | None = None
    not_after: datetime | None = None
    unasked: bool = False


def seal_call(vault: Vault, key_id: str, call: Call) -> bytes:
    """Seal a call for the outbox."""
    body: dict[str, Any] = {"method": call.method, "payload": call.payload}
    if call.files:
        body["files"] = {field: [name, content.hex()] for field, (name, content) in call.files.items()}
    return vault.seal(key_id, orjson.dumps(body), PLACE)


def open_call(vault: Vault, key_id: str, sealed: bytes) -> Call:
    """Open what `seal_call` sealed."""
    body = orjson.loads(vault.unseal(key_id, sealed, PLACE))
    files = {
        field: (name, bytes.fromhex(content)) for field, (name, content) in body.get("files", {}).items()
    }
    return Call(body["method"], body["payload"], files or None)


def to_staff(batch: Batch, changes: Changes, parcel: Parcel) -> int:
    """Put down a message to a colleague, return its id; it goes out as soon as the transaction is committed."""
    row = _row(batch, parcel, STAFF_KEY, case_id=None, contact=False)
    changes.outbox.append(row)
    if batch.hands_over:
        row["state"] = State.QUEUED
        outgoing = Outgoing(row["id"], parcel.chat_id, parcel.lane, parcel.call, contact=False)
        changes.queued.append(outgoing)
    return int(row["id"])


def answer_tap(batch: Batch, changes: Changes, parcel: Parcel) -> None:
    """Answer a tap. It is no message and worth nothing after a crash, so a live sender takes it without a row."""
    if batch.hands_over:
        changes.queued.append(Outgoing(0, parcel.chat_id, parcel.lane, parcel.call, contact=False))
    else:
        to_staff(batch, changes, parcel)


async def to_customer(batch: Batch, changes: Changes, case: CaseFile, parcel: Parcel) -> Verdict:
    """Put down a message to a customer as the rules allow: now, at the next lawful instant, or not at all."""
    verdict = await judge_message(batch, case, parcel.purpose, solicited=not parcel.unasked)
    row = _row(batch, parcel, key_of(case.id), case_id=case.id, contact=True)
    row["verdict"] = verdict.to_json()
    if verdict.outcome is Outcome.WAIT:
        row["not_before"] = verdict.until
    if verdict.outcome is Outcome.REFUSED or _too_late(row):
        row["state"] = State.WITHDRAWN
    changes.outbox.append(row)
    return verdict


def _too_late(row: dict[str, Any]) -> bool:
    return row["not_after"] is not None and row["not_before"] > row["not_after"]


def _row(batch: Batch, parcel: Parcel, key_id: str, *, case_id: int | None, contact: bool) -> dict[str, Any]:
    text = parcel.call.payload.get("text") or parcel.call.payload.get("caption") or ""
    return {
        "id": new_id(),
        "effect_key": parcel.key,
        "chat_id": parcel.chat_id,
        "lane": int(parcel.lane),
        "method": parcel.call.method,
        "body_enc": seal_call(batch.inst.vault, key_id, parcel.call),
        "key_id": key_id,
        "case_id": case_id,
        "visit_id": parcel.visit_id,
        "session_id": parcel.session_id,
        "prompt_no": parcel.prompt_no,
        "purpose": str(parcel.purpose),
        "contact": contact,
        "not_before": batch.now,
        "not_after": parcel.not_after,
        "state": State.READY,
        "message_id": parcel.call.payload.get("message_id"),  # known already where a message is edited
        "text_hash": hashlib.sha256(text.encode()).digest(),
        "verdict": None,
        "created_at": batch.now,
    }
