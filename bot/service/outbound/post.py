"""Parcels and the rows of the outbox. To staff freely; a customer is written to through `contact` alone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.outbound.outgoing import Call, Lane, Outgoing, State
from bot.service.person import STAFF_KEY
from bot.store.vault import Vault
from flows.rules import Purpose

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
    row = row_of(batch, parcel, STAFF_KEY, case_id=None, contact=False)
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


def row_of(
    batch: Batch, parcel: Parcel, key_id: str, *, case_id: int | None, contact: bool
) -> dict[str, Any]:
    """Return the row of a parcel, sealed under `key_id`; `contact`: it goes to a customer."""
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
        "created_at": batch.now,
    }
