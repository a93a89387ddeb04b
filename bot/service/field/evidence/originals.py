"""Originals given back: to a person, whose look is logged, and to whoever puts a case together with its hashes."""

import asyncio
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.errors import DoorstepError, InputRefused, KeyUnusable, Rejected
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile, key_of
from bot.service.field.evidence.items import Item, items_of_case, open_item, place_content
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Call
from bot.store import audit, evidence

OPENED = "evidence.opened"


async def originals_of(batch: Batch, case: CaseFile) -> list[Item]:
    """Return all evidence of a case that is kept, oldest first; `content_of` gives the original of each."""
    return [item for item in await items_of_case(batch, case) if item.state == "kept"]


def content_of(inst: Installation, item: Item) -> Iterator[bytes]:
    """Yield the original of a kept item in chunks; it blocks, so call it from a thread.

    Raises `KeyUnusable` when it is not what came (the hash is compared at the end) or its case was erased, and
    `InputRefused` when its file is missing.
    """
    digest = sha256()
    for chunk in _chunks(inst, item):
        digest.update(chunk)
        yield chunk
    if digest.digest() != item.sha256:
        raise KeyUnusable(
            f"The original {item.id} has another hash than when it came: restore it from your backup."
        )


def _chunks(inst: Installation, item: Item) -> Iterator[bytes]:
    if item.fix is not None:
        yield place_content(item.fix)
    else:
        yield from inst.originals.read(inst.vault, key_of(item.case_id), item.case_id, item.id)


async def kept_item(batch: Batch, evidence_id: int) -> Item:
    """Return a kept item. Raises `InputRefused` when there is none of this id, `KeyUnusable` when it was erased."""
    row = await evidence.by_id(batch.tx, evidence_id)
    if row is None or row.state != "kept":
        found = "No evidence" if row is None else f"There is no original ({row.state}) of"
        raise InputRefused(f"{found} {evidence_id}: `doorstep evidence list CASE` lists what is kept.")
    await batch.load_keys([row.case_id])
    return open_item(row, batch.inst.vault)


def opened(batch: Batch, item: Item, actor: str) -> dict[str, Any]:
    """Return the line of the log that says that somebody fetched an original."""
    return audit_line(batch.now, actor, OPENED, About(item.case_id, item.visit_id), evidence=item.id)


async def attach(inst: Installation, call: Call) -> Call:
    """Return a call of the outbox with the original that it is to carry. Raises `Rejected` when it cannot be read."""
    field, name, evidence_id = call.original or ("", "", 0)
    try:
        async with inst.store.read() as tx:
            item = await kept_item(Batch(inst, tx, inst.clock.now()), evidence_id)
        content = await asyncio.to_thread(lambda: b"".join(content_of(inst, item)))
    except (InputRefused, KeyUnusable) as error:
        raise Rejected(type(error).__name__) from None
    return Call(call.method, call.payload, {field: (name, content)})


async def save(inst: Installation, evidence_id: int, out: Path, actor: str = CLI) -> Item:
    """Write an original to a new file and log who fetched it.

    Raises `InputRefused` for an unknown id, a missing original or a file that is there already, `KeyUnusable`.
    """
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        item = await kept_item(batch, evidence_id)
        await audit.append(tx, [opened(batch, item, actor)])
    await asyncio.to_thread(_write, inst, item, out)
    return item


def _write(inst: Installation, item: Item, out: Path) -> None:
    try:
        file = os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except FileExistsError:
        raise InputRefused(f"{out} is there already: name another file.") from None
    except OSError as error:
        raise InputRefused(f"{out} cannot be written ({error.strerror}): name another file.") from None
    try:
        with file:
            for chunk in content_of(inst, item):
                file.write(chunk)
    except (DoorstepError, OSError):
        out.unlink(missing_ok=True)  # half of an original must not be taken for it
        raise
