"""The customer sees who is coming."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.ExifTags import Base

from bot.documents.portrait import SIDE, portrait
from bot.errors import InputRefused
from bot.service.desk.portraits import remove_portrait, set_portrait
from bot.store.tables import portraits as table
from tests.service.test_visits import Moments, moments  # noqa: F401 - a fixture
from tests.service.visits.morning import ADA, CORA, Moment
from tests.service.visits.visit import copied
from tests.service.visits.ways import open_visits


def photo(width: int = 1600, height: int = 1200, kind: str = "JPEG") -> bytes:
    """A picture with the place where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[Base.Orientation.value] = 6
    exif[Base.Make.value] = "A camera"
    out = BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, format=kind, exif=exif)
    return out.getvalue()


def test_a_photo_keeps_nothing_but_the_picture() -> None:
    """It is small and upright, and no camera, time or place is left in it."""
    with Image.open(BytesIO(portrait(photo()))) as kept:
        assert (kept.format, kept.size) == ("JPEG", (SIDE * 3 // 4, SIDE))
        assert not kept.getexif()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", photo()[:400], b"GIF89a" + bytes(20)])
def test_no_photo_is_refused(content: bytes) -> None:
    """Whatever cannot be read as a picture is refused with what to give."""
    with pytest.raises(InputRefused, match="JPEG, PNG or WebP"):
        portrait(content)


async def told(moment: Moment, folder: Path) -> tuple[list[tuple[str, str]], bytes, list[str]]:
    """Return what the customer gets when the team sets out, what the database holds, and what follows a removal."""
    async with copied(moment, folder) as visit:
        inst = visit.town.inst
        await set_portrait(inst, f"C-{CORA}", photo(kind="PNG"))
        async with inst.store.read() as tx:
            (row,) = (await tx.execute(table.select())).all()
        before = len(visit.town.chat(ADA).messages)
        await open_visits(visit)
        await visit.taps(CORA, "set_out")
        got = [(next(iter(one.content), "text"), one.shown) for one in visit.town.chat(ADA).messages[before:]]
        removed = [str(await remove_portrait(inst, f"C-{CORA}")) for _ in range(2)]
        with pytest.raises(InputRefused) as unknown:
            await set_portrait(inst, "C-0", photo())
        return got, row.picture_enc, [*removed, str(unknown.value)]


def test_the_customer_sees_who_is_coming(moments: Moments, tmp_path: Path) -> None:  # noqa: F811
    """The photo comes ahead of names and code, once, with the name; who has none is named alone. It is kept sealed."""
    got, kept, removed = asyncio.run(told(moments("en", "morning"), tmp_path / "data"))

    assert got[0] == ("photo", "Cora Lane (badge C-902)")
    assert [kind for kind, _ in got] == ["photo", "text"]
    assert "Sol Hart (badge S-903)" in got[1][1]
    assert b"JFIF" not in kept
    assert removed[:2] == ["True", "False"]
    assert "doorstep staff list" in removed[2]
