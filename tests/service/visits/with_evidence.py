"""Stories of what the team sends in; they begin with the reason for the arrears."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.casework.evidence import RESTS
from tests.service.visits.morning import CORA, PLACES, SAM, SOL
from tests.service.visits.visit import Visit
from tests.service.visits.ways import account, both_out, talk

JPEG, PDF, OGG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"%PDF-1.7\n", b"OggS\x00\x02"
MEGABYTE = 1024 * 1024


async def sends(visit: Visit, chat_id: int, kind: str, data: bytes, **about: Any) -> None:
    """Send a file from a phone."""
    unique = hashlib.sha256(data).hexdigest()[:16]
    number = len(visit.town.world.files)
    file = {"file_id": f"{unique}-{number}", "file_unique_id": unique, "file_size": len(data)}
    file |= {name: about.pop(name) for name in ("mime_type",) if name in about}
    await visit.shares(chat_id, data=data, **{kind: [file] if kind == "photo" else file}, **about)


async def evidence(visit: Visit) -> None:
    """Photos, papers, a recording and places: kept, known again, refused, lost; the scheduler gets them back."""
    here = PLACES[visit.locale]
    visit.heading("What is kept")
    await sends(visit, CORA, "photo", JPEG + bytes(2_500_000))
    await sends(visit, CORA, "document", JPEG + bytes(3_500_000), mime_type="image/jpeg")
    await sends(visit, CORA, "document", PDF + bytes(700_000), mime_type="application/pdf")
    await sends(visit, SOL, "voice", OGG + bytes(90_000))
    for number in range(2):
        await sends(visit, SOL, "photo", JPEG + bytes(100_000 + number), media_group_id="7")
    visit.heading("What is not")
    await sends(visit, SOL, "photo", JPEG + bytes(2_500_000))
    await sends(visit, CORA, "document", PDF + bytes(21 * MEGABYTE), mime_type="application/pdf")
    await sends(visit, CORA, "document", b"MZ" + bytes(4_000))
    await sends(visit, CORA, "video", b"x" * 4_000)
    visit.heading("Places")
    place = {"latitude": here.latitude, "longitude": here.longitude + 0.02, "horizontal_accuracy": 15}
    await visit.shares(CORA, location=place, forward_origin={"type": "user"})
    await visit.shares(SOL, location=place | {"latitude": here.latitude + 1, "live_period": 900})
    visit.heading("A file that does not come, and what the scheduler gets")
    visit.town.losing = len(RESTS) + 1
    await sends(visit, SOL, "voice", OGG + bytes(300_000))
    await to_the_end(visit)
    for rest in RESTS:
        await visit.town.jump(seconds=rest.total_seconds())
    visit.look()
    async with aside(visit, "Scheduler writes: /case D-1001"):
        await visit.says(SAM, "/case D-1001")
    await visit.taps(SAM, "evidence")
    for number in ("2", "8"):
        message, _ = visit.town.button(SAM, "original")
        data = next(one["callback_data"] for one in message.buttons() if one["text"] == number)
        await visit.taps(SAM, data.rpartition(":")[2])
    await visit.taps(SAM, "evidence")


async def no_visit_is_open(visit: Visit) -> None:
    """After the visit a photo has no place any more."""
    await to_the_end(visit)
    await sends(visit, CORA, "photo", JPEG + bytes(1_000))


async def to_the_end(visit: Visit) -> None:
    """Everything up to both accounts, told in other stories."""
    async with aside(visit, "the visit ends, both sides have given their account"):
        await talk(visit)
        for option in ("nothing", "next", "no_agreement"):
            await visit.taps(CORA, option)
        await both_out(visit)
        await account(visit)


@asynccontextmanager
async def aside(visit: Visit, instead: str) -> AsyncIterator[None]:
    """Let something happen that is told elsewhere; a line says what it was."""
    lines = list(visit.lines)
    yield
    visit.look()
    visit.lines = [*lines, f"\n-- {instead}"]


STORIES = (evidence, no_visit_is_open)
