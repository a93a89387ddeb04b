"""Evidence of a visit: noted at once, fetched whole, told to its sender, and given back as it was."""

import hashlib
import os
from typing import Any

import pytest
from sqlalchemy import select

from bot.store.tables import evidence
from tests.service.conftest import Town
from tests.service.test_bad_input import last
from tests.service.test_on_the_doorstep import COLLECTOR, OFFICER, SCHEDULER, interviewing, on_the_day

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + os.urandom(300_000)
PDF = b"%PDF-1.7\n" + os.urandom(5_000)
VOICE = b"OggS\x00\x02" + os.urandom(9_000)
MEGABYTE = 1024 * 1024


async def sends(town: Town, chat_id: int, kind: str, data: bytes, **about: Any) -> None:
    """Send a file from a phone."""
    unique = hashlib.sha256(data).hexdigest()[:16]
    file = {"file_id": f"{unique}-{len(town.world.files)}", "file_unique_id": unique, "file_size": len(data)}
    town.world.files[file["file_id"]] = data
    told = {key: about.pop(key) for key in ("mime_type", "file_name") if key in about}
    one = file | told
    content = {kind: [one] if kind == "photo" else one, **about}
    from bot.sandbox.hands import _from_person
    from bot.sandbox.views import message_view

    chat = town.chat(chat_id)
    message = _from_person(town.world, chat, **content)
    town.world.add_update("message", message_view(chat, message))
    await town.settle()


async def rows(town: Town) -> list[Any]:
    """Return what is on record, oldest first."""
    async with town.inst.store.read() as tx:
        return list((await tx.execute(select(evidence).order_by(evidence.c.id))).all())


async def test_a_photo(town: Town) -> None:
    """x"""
    await interviewing(town)
    await sends(town, COLLECTOR, "photo", JPEG)
    for m in town.said(COLLECTOR)[-3:]: print(m)
    for r in await rows(town): print(r)
    await sends(town, COLLECTOR, "document", b"MZ"+bytes(500), file_name="x.exe")
    await sends(town, COLLECTOR, "document", PDF, file_name="x.pdf", mime_type="application/pdf")
    await sends(town, OFFICER, "voice", VOICE)
    await sends(town, OFFICER, "photo", JPEG)
    await sends(town, OFFICER, "document", bytes(21*MEGABYTE))
    await sends(town, OFFICER, "document", JPEG+bytes(20*MEGABYTE-len(JPEG)))
    for m in town.said(COLLECTOR)[-5:]: print(m)
    for m in town.said(OFFICER)[-7:]: print(m)
    for r in await rows(town): print(r)
    assert 0
