"""Evidence of a visit: noted at once, fetched whole, told to its sender, shown to the desk, given back as it came."""

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.casework.evidence import RESTS
from bot.errors import ConfigError, InputRefused, KeyUnusable, RetryLater
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.look import audit_list, case_detail
from bot.service.field.evidence import confirm
from bot.service.field.evidence import work as evidence_work
from bot.service.field.evidence.listing import evidence_list
from bot.service.field.evidence.originals import content_of, originals_of, save
from bot.service.field.report import visit_report
from bot.store import cases
from bot.store import evidence as store
from bot.store.tables import chats, evidence, keys, sessions
from tests.service.conftest import Town
from tests.service.test_bad_input import announced, last
from tests.service.test_on_the_doorstep import (
    COLLECTOR,
    OFFICER,
    SCHEDULER,
    interviewing,
    on_the_day,
    ringing,
)

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PDF = b"%PDF-1.7\n"
OGG = b"OggS\x00\x02"
EXE = b"MZ\x90\x00\x03"
MEGABYTE = 1024 * 1024
CONSENT = "US-MA"  # where nobody is recorded without a yes


def content(head: bytes, size: int = 5_000) -> bytes:
    """Return content of a kind, new each time."""
    return head + os.urandom(size - len(head))


async def sends(
    town: Town, chat_id: int, kind: str, data: bytes, *, silent: bool = False, **about: Any
) -> None:
    """Send a file from a phone; the same content has the same unique id, `silent` tells Telegram no size."""
    unique = hashlib.sha256(data).hexdigest()[:16]
    file = {"file_id": f"{unique}-{len(town.world.files)}", "file_unique_id": unique}
    file |= {} if silent else {"file_size": len(data)}
    file |= {name: about.pop(name) for name in ("mime_type", "file_unique_id") if name in about}
    sent = {kind: [file] if kind == "photo" else file, **about}
    await town.does(chat_id, "share", content=sent, data=base64.b64encode(data).decode())


async def rows(town: Town, *, places: bool = False) -> list[Any]:
    """Return what is on record, oldest first; without the places, unless they are asked for."""
    async with town.inst.store.read() as tx:
        found = (await tx.execute(select(evidence).order_by(evidence.c.id))).all()
    return [row for row in found if (row.kind == "location") == places]


async def original(town: Town, row: Any) -> bytes:
    """Return an original as the archive gets it."""
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        items = await originals_of(batch, await batch.case(row.case_id))
        item = next(one for one in items if one.id == row.id)
    return b"".join(content_of(town.inst, item))


def on_disk(town: Town) -> list[str]:
    """Return the names of all files in the evidence folder."""
    return sorted(file.name for file in town.inst.settings.evidence.rglob("*") if file.is_file())


async def test_what_comes_late_takes_its_own_place(town: Town) -> None:
    """After the visit a reply fills the gap that it answers; without one the same kind goes before the newest."""
    await interviewing(town)
    town.losing = 99
    for kind, head in (("photo", JPEG), ("photo", JPEG), ("document", PDF)):
        await sends(town, COLLECTOR, kind, content(head, 300_000))
    for rest in RESTS:
        await town.jump(seconds=rest.total_seconds())
    town.losing = 0
    first, second, paper = await rows(town)
    async with town.inst.store.begin() as tx:
        await tx.execute(sessions.update().values(status="done"))
        await tx.execute(chats.update().values(session_id=None))

    answers = {"reply_to_message": {"message_id": first.message_id}}
    await sends(town, COLLECTOR, "photo", content(JPEG, 2_000), **answers)
    await sends(town, COLLECTOR, "photo", content(JPEG, 4_000))
    await sends(town, COLLECTOR, "photo", content(JPEG, 5_000))

    assert [row.first_id for row in (await rows(town))[3:]] == [first.id, second.id, paper.id]


async def test_what_a_team_sends_in(town: Town) -> None:
    """Each piece is kept whole with who, when and which step; its sender hears of it, and the question stays open."""
    await interviewing(town)
    sent = {
        "photo": (COLLECTOR, content(JPEG)),
        "document": (COLLECTOR, content(PDF)),
        "voice": (OFFICER, content(OGG)),
    }
    for kind, (chat_id, data) in sent.items():
        await sends(town, chat_id, kind, data)
    large = content(JPEG, 20 * MEGABYTE)
    await sends(town, OFFICER, "document", large, mime_type="image/jpeg")

    found = await rows(town)
    assert [row.kind for row in found] == ["photo", "document", "voice", "photo_file"]
    assert [row.step for row in found] == ["onsite.reason"] * 2 + ["safety.way_out"] * 2
    assert [row.state for row in found] == ["kept"] * 4
    for row, data in zip(found, [*(data for _, data in sent.values()), large], strict=True):
        assert await original(town, row) == data
        assert row.sha256 == hashlib.sha256(data).digest()
        assert row.said_at == town.clock.now()
        assert data[:64] not in town.inst.originals.path(row.case_id, row.id).read_bytes()
    assert len(on_disk(town)) == 4
    kept = [text for text in town.said(COLLECTOR) if text.startswith("Kept")]
    assert [text.partition(",")[0] for text in kept] == ["Kept: photo", "Kept: document"]
    assert "as a file" in kept[0]
    assert "Kept: photo as a file, 20.0 MB" in last(town, OFFICER).shown

    await town.taps(COLLECTOR, "illness")
    assert any("live on at the moment" in text for text in town.said(COLLECTOR))


async def test_more_than_telegram_gives(town: Town) -> None:
    """More than 20 MB is refused with what to do, whether its size was told or not; nothing of it is kept."""
    await interviewing(town)
    await sends(town, COLLECTOR, "document", content(PDF, 21 * MEGABYTE))
    assert "has 21.0 MB, and Telegram hands me no more than 20 MB" in last(town, COLLECTOR).shown
    await sends(town, COLLECTOR, "voice", content(OGG, 20 * MEGABYTE + 1), silent=True)

    assert "your recording" in last(town, COLLECTOR).shown
    assert "a shorter recording" in last(town, COLLECTOR).shown
    assert [(row.state, row.fault) for row in await rows(town)] == [("refused", "too_large")] * 2
    assert on_disk(town) == []


async def test_what_is_not_taken(town: Town) -> None:
    """A file of another kind is refused by its content, whatever it is called, with the kinds that are taken."""
    await on_the_day(town)
    for kind, data in (
        ("document", content(EXE)),
        ("document", b"."),
        ("document", b"only text"),
        ("photo", content(EXE)),
        ("video", b"x"),
        ("video_note", b"x"),
    ):
        await sends(town, COLLECTOR, kind, data, silent=True, mime_type="image/jpeg")
        assert "I take photos (JPEG, PNG, WebP, HEIC)" in last(town, COLLECTOR).shown, (kind, data[:5])

    assert {(row.state, row.fault) for row in await rows(town)} == {("refused", "wrong_type")}
    assert on_disk(town) == []


async def test_a_lost_download(town: Town) -> None:
    """A download that breaks off is tried again, later and later; after the last time sender and desk hear of it.

    What is then sent once more is taken, though the visit is over by then.
    """
    await interviewing(town)
    town.losing = 2
    data = content(JPEG, 300_000)
    await sends(town, COLLECTOR, "photo", data)
    assert "fetching it now" in last(town, COLLECTOR).shown
    for rest in RESTS[:2]:
        await town.jump(seconds=rest.total_seconds())
    assert "Kept: photo" in last(town, COLLECTOR).shown

    town.losing = 99
    await sends(town, OFFICER, "document", content(PDF, 300_000))
    for rest in RESTS:
        assert "Not kept" not in last(town, OFFICER).shown
        await town.jump(seconds=rest.total_seconds())

    assert "Telegram did not hand me your document of 10:30" in "".join(town.said(OFFICER)[-2:])
    assert any("could not be fetched from Telegram" in text for text in town.said(SCHEDULER))
    assert [row.state for row in await rows(town)] == ["kept", "lost"]
    assert len(on_disk(town)) == 1
    assert town.losing == 99 - len(RESTS) - 1

    town.losing = 0
    async with town.inst.store.begin() as tx:
        await tx.execute(sessions.update().values(status="done"))
        await tx.execute(chats.update().values(session_id=None))
    await sends(town, OFFICER, "document", data := content(PDF))
    *_, lost, late = await rows(town)
    assert (late.state, late.step, late.first_id) == ("kept", "late/safety.way_out", lost.id)
    assert await original(town, late) == data
    await sends(town, OFFICER, "document", content(PDF))
    assert "no visit is open" in last(town, OFFICER).shown


async def test_the_same_photo_twice(town: Town) -> None:
    """What came before is recognised by Telegram's id and by its content, whoever sends it, and is kept once."""
    await interviewing(town)
    data = content(JPEG)
    await sends(town, COLLECTOR, "photo", data)
    await sends(town, COLLECTOR, "photo", data)
    assert "This came before, at 10:30" in last(town, COLLECTOR).shown
    await sends(town, OFFICER, "document", data, file_unique_id="another")

    assert "This came before, at 10:30" in last(town, OFFICER).shown
    first, again, other = await rows(town)
    assert [row.state for row in (first, again, other)] == ["kept", "same", "same"]
    assert again.first_id == other.first_id == first.id
    assert on_disk(town) == [str(first.id)]
    assert await original(town, first) == data
    assert town.world.calls["fetch"] == 2, "what Telegram knows again is not even fetched"


async def test_an_album(town: Town) -> None:
    """Pictures sent together are pieces of their own, confirmed by one message that counts them."""
    await interviewing(town)
    before = len(town.said(COLLECTOR))
    for _ in range(3):
        await sends(town, COLLECTOR, "photo", content(JPEG), media_group_id="77")

    assert town.said(COLLECTOR)[before:] == [town.said(COLLECTOR)[-1]]
    assert town.said(COLLECTOR)[-1].startswith("Album: 3 of 3 kept.")
    assert len(on_disk(town)) == 3


async def test_outside_of_a_visit(town: Town) -> None:
    """Without an open visit nothing is kept, and the sender is told what to do."""
    await announced(town)
    await town.says(COLLECTOR, "/help")
    assert "While a visit is open you can send photos" in last(town, COLLECTOR).shown
    await town.says(SCHEDULER, "/help")
    assert "While a visit is open" not in last(town, SCHEDULER).shown
    for kind, data in (("photo", content(JPEG)), ("voice", content(OGG))):
        await sends(town, COLLECTOR, kind, data)
        assert "no visit is open" in last(town, COLLECTOR).shown
    await town.does(COLLECTOR, "share", content={"location": {"latitude": 51.5, "longitude": -0.1}})

    assert "no visit is open" in last(town, COLLECTOR).shown
    assert await rows(town) == await rows(town, places=True) == []


async def test_a_file_that_was_asked_for(town: Town) -> None:
    """A photo that answers the note's question is evidence, too, of that step; one that is refused answers nothing."""
    await interviewing(town)
    await town.taps(COLLECTOR, "note")
    await town.taps(COLLECTOR, "file")
    await sends(town, COLLECTOR, "video", b"x")
    await sends(town, COLLECTOR, "photo", content(JPEG), caption="She said she wants to die.")

    assert "May I ask what made it difficult?" in "".join(town.said(COLLECTOR)[-3:])
    assert "may be about self-harm" in "".join(town.said(COLLECTOR)[-2:])
    refused, kept = await rows(town)
    assert (refused.state, kept.state) == ("refused", "kept")
    assert kept.step == "onsite.reason/note.record"


async def test_a_recording_that_nobody_agreed_to(town: Town) -> None:
    """Where the rules ask for consent a recording is marked until the customer said yes, and its sender is told."""
    await ringing(town)
    async with town.inst.store.begin() as tx:
        (row,) = await cases.all_rows(tx)
        await cases.change(tx, row.id, jurisdiction=CONSENT)
    for option in ("maybe_them", "no_code", "them"):
        await town.taps(COLLECTOR, option)
    await sends(town, COLLECTOR, "document", content(OGG), mime_type="audio/ogg")
    assert "A recording of the talk was not agreed to here" in last(town, COLLECTOR).shown
    await town.taps(COLLECTOR, "yes")
    await sends(town, COLLECTOR, "voice", content(OGG))

    assert "not agreed" not in last(town, COLLECTOR).shown
    assert [row["agreed"] for row in await evidence_list(town.inst, "A-1")] == [None, None, False, True]
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "evidence")
    assert last(town, SCHEDULER).shown.count("No consent to a recording") == 1


async def test_places(town: Town) -> None:
    """Every place is kept with its signals; only the phone's own checks in; a live one is followed in steps."""
    await on_the_day(town)
    here = {"latitude": 51.5, "longitude": -0.1, "horizontal_accuracy": 9, "live_period": 900}
    await town.taps(COLLECTOR, "check_in")
    await town.does(COLLECTOR, "share", content={"location": here, "forward_origin": {"type": "user"}})
    assert "Please send your own location" in last(town, COLLECTOR).shown
    await town.jump(minutes=20)
    await town.does(COLLECTOR, "share", content={"location": here})
    assert "You are checked in" in last(town, COLLECTOR).shown
    message_id = next(one.message_id for one in reversed(town.chat(COLLECTOR).messages) if not one.by_bot)
    said = len(town.said(COLLECTOR))
    for minutes in (1, 3, 2):
        await town.jump(minutes=minutes)
        await town.does(COLLECTOR, "edit", message_id=message_id, location=here | {"latitude": 53.0})

    assert len(town.said(COLLECTOR)) == said, "a live location that moves on needs no answer"
    found = await evidence_list(town.inst, "A-1")
    assert [row["signals"] for row in found] == ["forwarded", "", "edited too_fast"]
    assert [row["distance_m"] for row in found] == [None] * 3, "the address is not on the map"
    assert [len(bytes.fromhex(row["sha256"])) for row in found] == [32] * 3


# -- kill


Kill = Callable[[Town, pytest.MonkeyPatch], None]


class PowerCut(BaseException):
    """The process ends here."""


def _in_the_middle(town: Town, patch: pytest.MonkeyPatch) -> None:
    async def fetch(file_ref: str) -> Any:
        yield town.world.files[file_ref][:100_000]
        raise PowerCut

    patch.setattr(town, "fetch", fetch)


def _before_the_file_is_there(town: Town, patch: pytest.MonkeyPatch) -> None:
    def replace(*_: object) -> None:
        raise PowerCut

    patch.setattr(Path, "replace", replace)


def _before_the_row(town: Town, patch: pytest.MonkeyPatch) -> None:
    async def settle(*_: object, **__: object) -> bool:
        raise PowerCut

    patch.setattr(store, "settle", settle)


def _before_the_commit(town: Town, patch: pytest.MonkeyPatch) -> None:
    async def say_kept(*_: object) -> None:
        raise PowerCut

    patch.setattr(confirm, "say_kept", say_kept)


@pytest.mark.parametrize(
    ("kill", "fetches"),
    [
        (_in_the_middle, 1),
        (_before_the_file_is_there, 1),
        (_before_the_row, 0),
        (_before_the_commit, 0),
    ],
)
async def test_a_power_cut_between_any_two_steps(
    town: Town, monkeypatch: pytest.MonkeyPatch, kill: Kill, fetches: int
) -> None:
    """Cut off anywhere, it is there once after the next start; what was on the disk is not fetched again."""
    await interviewing(town)
    data = content(JPEG, 600_000)
    with monkeypatch.context() as patch:
        kill(town, patch)
        with pytest.raises(PowerCut):
            await sends(town, COLLECTOR, "photo", data)
    asked = town.world.calls["fetch"]

    await evidence_work.recover(town.inst)
    await town.settle()

    (row,) = await rows(town)
    assert row.state == "kept"
    assert on_disk(town) == [str(row.id)]
    assert await original(town, row) == data
    assert town.world.calls["fetch"] - asked == fetches
    assert sum(text.startswith("Kept: photo") for text in town.said(COLLECTOR)) == 1


async def test_a_stop_in_the_middle(town: Town) -> None:
    """A process that is told to end leaves a file where it is, and the attempt does not count."""
    await interviewing(town)
    data = content(JPEG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence_work, "work", _no_work)
        await sends(town, COLLECTOR, "photo", data)
    assert not await evidence_work.work(town.inst, town.fetch, lambda: True)
    (row,) = await rows(town)
    assert (row.state, row.attempts, row.held_until) == ("received", 0, None)
    assert on_disk(town) == []

    await town.settle()
    assert await original(town, row) == data


async def _no_work(*_: object) -> bool:
    return False


async def test_what_is_not_the_senders_fault(town: Town) -> None:
    """While we cannot write or ask, a file waits and no attempt counts; the waits that Telegram asks for are kept."""
    await interviewing(town)
    folder = town.inst.settings.evidence
    folder.write_text("in its place")
    data = content(JPEG)
    await sends(town, COLLECTOR, "photo", data)
    for _ in RESTS:
        await town.jump(minutes=1)
    (row,) = await rows(town)
    assert (row.state, row.attempts) == ("received", 0)

    folder.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(town, "fetch", _raising(ConfigError("the token is wrong")))
        await town.jump(minutes=1)
        assert (await rows(town))[0].attempts == 0
        patch.setattr(town, "fetch", _raising(RetryLater("too many", 300)))
        await town.jump(minutes=1)
        assert (await rows(town))[0].due_at == town.clock.now() + timedelta(minutes=5)
    await town.jump(minutes=5)
    assert "Kept: photo" in last(town, COLLECTOR).shown
    assert await original(town, row) == data


def _raising(error: Exception) -> Callable[[str], Any]:
    async def fetch(file_ref: str) -> Any:
        raise error
        yield b""

    return fetch


# -- the desk


async def test_the_desk_sees_it_and_gets_it_back(town: Town, tmp_path: Path) -> None:
    """Counted in /case, listed with hashes, in the history and the report; each original at a tap, which is logged."""
    await ringing(town)
    data = content(JPEG)
    await sends(town, COLLECTOR, "photo", data, caption="The door <closed>")
    (row,) = await rows(town)
    short = row.sha256.hex()[:8]

    await town.says(SCHEDULER, "/case A-1")
    assert "Evidence: 1 × photo, 2 × location" in last(town, SCHEDULER).shown
    await town.taps(SCHEDULER, "evidence")
    listed = last(town, SCHEDULER).shown
    assert f"The collector, at the door: photo. 0.1 MB, SHA-256 {short}…" in listed
    assert (
        "location. the address is not on the map. Signals: accuracy not told; single pin, not live" in listed
    )
    await town.taps(SCHEDULER, str(row.id))

    sent = last(town, SCHEDULER)
    assert sent.content["data"] == data
    assert sent.content["document"]["file_name"] == f"20270302-103000-{short}.jpg"
    assert row.sha256.hex() in sent.shown
    assert "“The door <closed>”" in sent.shown
    assert any("goes on record" in one or "is on record" in one for one in town.chat(SCHEDULER).notices)

    detail = await case_detail(town.inst, "A-1")
    entries = [one for one in detail["timeline"] if one["kind"].startswith("evidence.")]
    assert [one["kind"] for one in entries].count("evidence.place") == 2
    kept = next(one for one in entries if one["kind"] == "evidence.kept")
    assert kept["data"]["sha256"] == row.sha256.hex()
    assert next(one for one in entries if one["kind"] == "evidence.opened")["data"] == {"evidence": row.id}
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "history")
    assert f"Evidence kept: photo, SHA-256 {short}… (colleague)" in last(town, SCHEDULER).shown
    assert "signals: accuracy not told; single pin, not live" in last(town, SCHEDULER).shown

    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        report = await visit_report(batch, row.visit_id, "en")
    section = next(one for one in report.sections if one.heading == "Evidence (3)")
    assert [cells[1:] for cells in section.rows if "photo" in cells[1]] == [
        ("photo (The collector)", "at the door", f"0.1 MB, SHA-256 {short}…")
    ]


async def test_from_the_command_line(town: Town, tmp_path: Path) -> None:
    """An original is written to a new file as it came; the look is logged; what is not there is said."""
    await interviewing(town)
    data = content(PDF)
    await sends(town, COLLECTOR, "document", data)
    *_, row = await evidence_list(town.inst, "A-1")
    out = tmp_path / "paper.pdf"
    await save(town.inst, row["id"], out)

    assert out.read_bytes() == data
    assert row["sha256"] == hashlib.sha256(data).hexdigest()
    assert (row["by"], row["type"], row["size"]) == ("co", "application/pdf", len(data))
    log = [one for one in await audit_list(town.inst) if one["kind"] == "evidence.opened"]
    assert [(one["actor"], one["data"]) for one in log] == [("cli", {"evidence": row["id"]})]
    with pytest.raises(InputRefused, match="there already"):
        await save(town.inst, row["id"], out)
    with pytest.raises(InputRefused, match="doorstep evidence list"):
        await save(town.inst, 1, tmp_path / "other")
    place, *_ = await evidence_list(town.inst, "A-1")
    await save(town.inst, place["id"], tmp_path / "place.geojson")
    assert hashlib.sha256((tmp_path / "place.geojson").read_bytes()).hexdigest() == place["sha256"]


async def test_an_erased_case(town: Town, tmp_path: Path) -> None:
    """With the key of its case destroyed an original cannot be read, and nothing half-read is left."""
    await interviewing(town)
    await sends(town, COLLECTOR, "photo", content(JPEG))
    (row,) = await rows(town)
    async with town.inst.store.begin() as tx:
        await tx.execute(
            keys.update().where(keys.c.id == f"case:{row.case_id}").values(destroyed_at=town.clock.now())
        )
    town.inst.vault.forget(f"case:{row.case_id}")

    with pytest.raises(KeyUnusable, match="destroyed"):
        await save(town.inst, row.id, tmp_path / "photo.jpg")
    await town.says(SCHEDULER, "/case A-1")
    assert not (tmp_path / "photo.jpg").exists()


async def test_a_case_that_is_erased_while_its_photo_comes(town: Town) -> None:
    """What arrives when its row is gone already leaves no file behind."""
    await interviewing(town)

    async def fetch(file_ref: str) -> Any:
        yield town.world.files[file_ref]
        async with town.inst.store.begin() as tx:
            await tx.execute(evidence.delete())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(town, "fetch", fetch)
        await sends(town, COLLECTOR, "photo", content(JPEG))

    assert await rows(town) == []
    assert on_disk(town) == []


async def test_a_damaged_original_is_not_passed_on(town: Town, tmp_path: Path) -> None:
    """A file that was changed on the disk is refused, and half of it is not left behind as if it were the whole."""
    await interviewing(town)
    await sends(town, COLLECTOR, "photo", content(JPEG, 600_000))
    (row,) = await rows(town)
    path = town.inst.originals.path(row.case_id, row.id)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.write_bytes(bytes(raw))

    with pytest.raises(KeyUnusable, match="changed"):
        await save(town.inst, row.id, tmp_path / "photo.jpg")
    assert not (tmp_path / "photo.jpg").exists()
    path.unlink()
    with pytest.raises(InputRefused, match="backup"):
        await save(town.inst, row.id, tmp_path / "photo.jpg")
