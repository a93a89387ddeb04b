"""Fetching evidence from Telegram, beside the conversations: tried again for hours, kept whole or not at all.

The file is on the disk before its row says so. Killed in between, the next try finds it there and fetches nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from bot.casework.evidence import TAKEN
from bot.documents.content_type import HEAD, content_type
from bot.errors import ConfigError, FileTooBig, KeyUnusable, RetryLater, SendError, StoreFull
from bot.log import log
from bot.service.desk.cases.casefile import key_of
from bot.service.field.evidence.ending import Arrived, Ending, Refused
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
        ending = Ending(self.inst, self.row)
        try:
            arrived = await self._arrive()
        except Refused as refused:
            await ending.settle(partial(ending.refuse, refused))
        except FileTooBig:
            await ending.settle(partial(ending.refuse, Refused("too_large", self.row.claimed_size or 0)))
        except SendError as error:
            log.info("evidence not fetched", evidence=self.row.id, error=type(error).__name__)
            wanted = error.after if isinstance(error, RetryLater) else 0.0
            await ending.settle(partial(ending.later, timedelta(seconds=wanted)))
        except (StoreFull, ConfigError) as ours:
            log.error("evidence cannot be kept now", evidence=self.row.id, error=str(ours))
            await ending.settle(partial(ending.put_off, OUR_REST))
        except Stopped:
            await ending.settle(partial(ending.put_off, timedelta()))
        except KeyUnusable:  # the case was erased meanwhile: nobody is to hear of it
            await ending.settle(ending.close)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must cost this piece alone, and come to an end
            log.error("evidence failed", evidence=self.row.id, error=type(error).__name__)
            await ending.settle(partial(ending.later, timedelta()))
        else:
            await ending.settle(partial(ending.keep, arrived))

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
