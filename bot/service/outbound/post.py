"""Parcels and the rows of the outbox. To staff freely; a customer is written to through `contact` alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
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


def seal_call(vault: Vault, key_id: str, call: Call, lines: Sequence[str] = ()) -> bytes:
    """Seal a call for the outbox; `lines` (html) are what the rules want it to say besides."""
    body: dict[str, Any] = {"method": call.method, "payload": call.payload}
    if lines:
        body["lines"] = list(lines)
    if call.files:
        body["files"] = {field: [name, content.hex()] for field, (name, content) in call.files.items()}
    if call.original:
        body["original"] = call.original
    return vault.seal(key_id, orjson.dumps(body), PLACE)


def open_call(vault: Vault, key_id: str, sealed: bytes) -> tuple[Call, tuple[str, ...]]:
    """Open what `seal_call` sealed: the call, and the lines that it must carry."""
    body = orjson.loads(vault.unseal(key_id, sealed, PLACE))
    files = {
        field: (name, bytes.fromhex(content)) for field, (name, content) in body.get("files", {}).items()
    }
    field, name, evidence_id = body.get("original") or ("", "", 0)
    original = (field, name, evidence_id) if field else None
    return Call(body["method"], body["payload"], files or None, original), tuple(body.get("lines", ()))


def words_of(call: Call) -> str | None:
    """Return the field of a call that holds words for a person; None when it says nothing."""
    return next((name for name in ("text", "caption") if call.payload.get(name)), None)


def with_lines(call: Call, lines: Sequence[str]) -> Call:
    """Return the call as it leaves, the lines below its words."""
    field = words_of(call)
    if field is None or not lines:
        return call
    said = "\n".join((call.payload[field], "", *lines))
    return replace(call, payload={**call.payload, field: said})


def hash_of(call: Call) -> bytes:
    """Return the hash of what a call says, for the record."""
    return hashlib.sha256(str(call.payload.get(words_of(call) or "", "")).encode()).digest()


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
    batch: Batch,
    parcel: Parcel,
    key_id: str,
    *,
    case_id: int | None,
    contact: bool,
    lines: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the row of a parcel, sealed under `key_id`; `contact`: it goes to a customer, with these lines."""
    return {
        "id": new_id(),
        "effect_key": parcel.key,
        "chat_id": parcel.chat_id,
        "lane": int(parcel.lane),
        "method": parcel.call.method,
        "body_enc": seal_call(batch.inst.vault, key_id, parcel.call, lines),
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
        "text_hash": hash_of(with_lines(parcel.call, lines)),
        "created_at": batch.now,
    }
