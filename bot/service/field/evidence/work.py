"""Fetching evidence from Telegram, beside the conversations: tried again for hours, kept whole or not at all.

The file is on the disk before its row says so. Killed in between, the next try finds it there and fetches nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from bot.casework.evidence import TAKEN, Kind, rest_after
from bot.documents.content_type import HEAD, content_type
from bot.errors import ConfigError, FileTooBig, KeyUnusable, RetryLater, SendError, StoreFull
from bot.log import log
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.cases.casefile import key_of
from bot.service.desk.queue.alerts import alert
from bot.service.field.evidence.confirm import say_kept, say_lost, say_refused, say_same
from bot.service.inbound.incoming import MAX_MEGABYTES, MEGABYTE
from bot.service.installation import Installation
from bot.store import evidence, keys
from bot.store.originals import Draft
from bot.store.stream import CHUNK

AT_ONCE = 4  # files: one that stalls must not keep the others
HELD_FOR = timedelta(minutes=3)  # longer than a download may take
OUR_REST = timedelta(minutes=1)  # after a disk that took nothing, or a token that is wrong

Fetch = Callable[[str], AsyncGenerator[bytes]]  # by Telegram's file reference


class Stopped(Exception):  # noqa: N818
    """The process is about to end: what is left is fetched after its next start."""


class Refused(Exception):  # noqa: N818
    """It is not kept, for a `fault` that the sender is told; `size` in bytes as far as it is known."""

    def __init__(self, fault: str, size: int = 0) -> None:
        self.fault, self.size = fault, size
        super().__init__(fault)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is on the disk for good; `size` in bytes."""

    sha256: bytes
    size: int
    content_type: str


async def recover(inst: Installation) -> None:
    """At the start of the only process: let go of what the last one held when it died."""
    async with inst.store.begin() as tx:
        await evidence.release(tx)


async def work(inst: Installation, fetch: Fetch, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Fetch what is due; return whether there was anything."""
    now, wall = inst.clock.now(), inst.clock.wall()
    async with inst.store.read() as tx:
        if not await evidence.waits(tx, now, wall):
            return False
    async with inst.store.begin() as tx:
        rows = await evidence.claim(tx, now, wall, wall + HELD_FOR, AT_ONCE)
        await keys.load(tx, inst.vault, list({key_of(row.case_id) for row in rows}))
    await asyncio.gather(*(_Errand(inst, row, fetch, stopping).run() for row in rows))
    return bool(rows) and not stopping()


@dataclass(frozen=True, slots=True)
class _Errand:
    """One piece that is to be fetched; `row` is as it was before this attempt was counted."""

    inst: Installation
    row: Any
    fetch: Fetch
    stopping: Callable[[], bool]

    async def run(self) -> None:
        """Fetch it, and write down how it went."""
        try:
            arrived = await self._arrive()
        except Refused as refused:
            await self._settle(partial(self._refuse, refused))
        except FileTooBig:
            await self._settle(partial(self._refuse, Refused("too_large", self.row.claimed_size or 0)))
        except SendError as error:
            log.info("evidence not fetched", evidence=self.row.id, error=type(error).__name__)
            wanted = error.after if isinstance(error, RetryLater) else 0.0
            await self._settle(partial(self._later, timedelta(seconds=wanted)))
        except (StoreFull, ConfigError) as ours:
            log.error("evidence cannot be kept now", evidence=self.row.id, error=str(ours))
            await self._settle(partial(self._put_off, OUR_REST))
        except Stopped:
            await self._settle(partial(self._put_off, timedelta()))
        except KeyUnusable:  # the case was erased meanwhile: nobody is to hear of it
            await self._settle(self._close)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must cost this piece alone, and come to an end
            log.error("evidence failed", evidence=self.row.id, error=type(error).__name__)
            await self._settle(partial(self._later, timedelta()))
        else:
            await self._settle(partial(self._keep, arrived))

    # -- fetching

    async def _arrive(self) -> Arrived:
        """Bring the file to the disk; one that a killed process brought there is only read."""
        row, originals = self.row, self.inst.originals
        if await asyncio.to_thread(originals.is_there, row.case_id, row.id):
            return await asyncio.to_thread(self._read_back)
        async with aclosing(_in_chunks(self.fetch(row.file_ref))) as chunks:
            head = await anext(chunks, b"")
            found, draft = _taken(head), await self._draft()
            try:
                await self._pour(draft, head)
                async for chunk in chunks:
                    await self._pour(draft, chunk)
                return Arrived(await asyncio.to_thread(draft.finish), draft.size, found)
            except BaseException:
                await asyncio.to_thread(draft.drop)
                raise

    async def _pour(self, draft: Draft, chunk: bytes) -> None:
        """Write some of it. Raises `Stopped`, and `Refused` when it is more than was announced and allowed."""
        if self.stopping():
            raise Stopped
        await asyncio.to_thread(draft.write, chunk)
        if draft.size > MAX_MEGABYTES * MEGABYTE:
            raise Refused("too_large", draft.size)

    async def _draft(self) -> Draft:
        row, inst = self.row, self.inst
        return await asyncio.to_thread(
            inst.originals.draft, inst.vault, key_of(row.case_id), row.case_id, row.id
        )

    def _read_back(self) -> Arrived:
        row, digest, size, found = self.row, sha256(), 0, ""
        for chunk in self.inst.originals.read(self.inst.vault, key_of(row.case_id), row.case_id, row.id):
            found = found or _taken(chunk)
            digest.update(chunk)
            size += len(chunk)
        return Arrived(digest.digest(), size, found)

    # -- writing down how it went

    async def _settle(self, ending: Callable[[Talk], Awaitable[None]]) -> None:
        """Write one ending down, unless somebody else was faster."""
        inst, row = self.inst, self.row
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, inst.clock.now())
            fresh = await evidence.by_id(tx, row.id)
            if fresh is None:  # erased meanwhile: what was just written must not stay behind
                await asyncio.to_thread(inst.originals.remove, row.case_id, row.id)
            if fresh is None or fresh.state != "received":
                return
            await batch.load([row.chat_id])
            talk = Talk(batch, row.chat_id)
            await ending(talk)
            batch.changes.add(talk.changes)
            await batch.changes.write(tx)

    async def _keep(self, arrived: Arrived, talk: Talk) -> None:
        row, tx = self.row, talk.batch.tx
        content = {"content_type": arrived.content_type, "size": arrived.size, "sha256": arrived.sha256}
        first = await evidence.of_hash(tx, row.case_id, arrived.sha256)
        if first is not None:
            await asyncio.to_thread(self.inst.originals.remove, row.case_id, row.id)
            await evidence.settle(tx, row.id, state="same", first_id=first.id, **content)
            await say_same(talk, first)
            return
        kind = row.kind if row.kind == Kind.PHOTO else TAKEN[arrived.content_type].kind
        await evidence.settle(tx, row.id, state="kept", kind=kind, kept_at=talk.batch.now, **content)
        talk.changes.audit.append(self._line(talk, sha256=arrived.sha256.hex()))
        await say_kept(talk, await evidence.by_id(tx, row.id))

    def _line(self, talk: Talk, **data: object) -> dict[str, Any]:
        row = self.row
        subject = {"case_id": row.case_id, "visit_id": row.visit_id, "data": {"evidence": row.id, **data}}
        return {"at": talk.batch.now, "actor": f"person:{row.person_id}", "kind": "evidence.kept", **subject}

    async def _refuse(self, refused: Refused, talk: Talk) -> None:
        await evidence.settle(talk.batch.tx, self.row.id, state="refused", fault=refused.fault)
        await say_refused(talk, self.row, refused.fault, refused.size)

    async def _later(self, wanted: timedelta, talk: Talk) -> None:
        """Try again after a rest, no shorter than is wanted; after the last one sender and scheduler hear of it."""
        row, rest = self.row, rest_after(self.row.attempts + 1)
        if rest is not None:
            await evidence.settle(talk.batch.tx, row.id, due_at=talk.batch.now + max(rest, wanted))
            return
        await evidence.settle(talk.batch.tx, row.id, state="lost")
        about = {"case_id": row.case_id, "visit_id": row.visit_id, "person_id": row.person_id}
        await alert(talk.batch, talk.changes, "evidence_lost", subject_id=row.id, **about)
        await say_lost(talk, row)

    async def _close(self, talk: Talk) -> None:
        await evidence.settle(talk.batch.tx, self.row.id, state="lost")

    async def _put_off(self, rest: timedelta, talk: Talk) -> None:
        """Come back to it without counting this attempt: the fault was ours."""
        due = talk.batch.now + rest
        await evidence.settle(talk.batch.tx, self.row.id, due_at=due, attempts=self.row.attempts)


def _taken(head: bytes) -> str:
    """Return what content that begins so is. Raises `Refused` when it is of a kind that is not taken."""
    found = content_type(head[:HEAD])
    if found is None or found not in TAKEN:
        raise Refused("wrong_type")
    return found


async def _in_chunks(pieces: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """Yield what comes in pieces of the network's liking in few large ones, so that the first tells what it is."""
    waiting = bytearray()
    async with aclosing(pieces):
        async for piece in pieces:
            waiting += piece
            if len(waiting) >= CHUNK:
                yield bytes(waiting)
                waiting.clear()
    if waiting:
        yield bytes(waiting)
