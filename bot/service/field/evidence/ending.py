"""How fetching a piece of evidence ended: written down once, and told to those whom it concerns."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from bot.casework.evidence import TAKEN, Kind, rest_after
from bot.service.audit_line import About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.customer import receipt
from bot.service.desk.queue.alerts import alert
from bot.service.field.evidence import confirm
from bot.service.field.evidence.items import sender_of
from bot.service.installation import Installation
from bot.store import evidence


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


class Words(Protocol):
    """What whoever sent something in is told of it: a module for each kind of sender."""

    async def say_kept(self, talk: Talk, row: Any) -> None:
        """It is kept."""

    async def say_same(self, talk: Talk, first: Any) -> None:
        """The same is kept already."""

    async def say_refused(self, talk: Talk, row: Any, fault: str, size: int) -> None:
        """It cannot be kept, and what to do."""

    async def say_lost(self, talk: Talk, row: Any) -> None:
        """It could not be fetched, and what to do."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Writes one ending of one piece down; `row` is as it was before this attempt was counted."""

    inst: Installation
    row: Any

    @property
    def words(self) -> Words:
        """Return what its sender is told: a colleague of each step, a customer only of what went wrong."""
        return receipt if self.row.person_id is None else confirm

    async def settle(self, ending: Callable[[Talk], Awaitable[None]]) -> None:
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

    async def keep(self, arrived: Arrived, talk: Talk) -> None:
        """It is kept, unless the same content is kept already for this case: then this copy goes."""
        row, tx = self.row, talk.batch.tx
        content = {"content_type": arrived.content_type, "size": arrived.size, "sha256": arrived.sha256}
        first = await evidence.of_hash(tx, row.case_id, arrived.sha256)
        if first is not None:
            await asyncio.to_thread(self.inst.originals.remove, row.case_id, row.id)
            await evidence.settle(tx, row.id, state="same", first_id=first.id, **content)
            await self.words.say_same(talk, first)
            return
        kind = row.kind if row.kind == Kind.PHOTO else TAKEN[arrived.content_type].kind
        await evidence.settle(tx, row.id, state="kept", kind=kind, kept_at=talk.batch.now, **content)
        talk.changes.audit.append(self._line(talk, sha256=arrived.sha256.hex()))
        await self.words.say_kept(talk, await evidence.by_id(tx, row.id))

    def _line(self, talk: Talk, **data: object) -> dict[str, Any]:
        row = self.row
        return audit_line(
            talk.batch.now,
            sender_of(row),
            "evidence.kept",
            About(row.case_id, row.visit_id),
            evidence=row.id,
            **data,
        )

    async def refuse(self, refused: Refused, talk: Talk) -> None:
        """It cannot be kept; its sender is told why, and what to do."""
        await evidence.settle(talk.batch.tx, self.row.id, state="refused", fault=refused.fault)
        await self.words.say_refused(talk, self.row, refused.fault, refused.size)

    async def later(self, wanted: timedelta, talk: Talk) -> None:
        """Try again after a rest, no shorter than is wanted; after the last one sender and scheduler hear of it."""
        row, rest = self.row, rest_after(self.row.attempts + 1)
        if rest is not None:
            await evidence.settle(talk.batch.tx, row.id, due_at=talk.batch.now + max(rest, wanted))
            return
        await evidence.settle(talk.batch.tx, row.id, state="lost")
        about = {"case_id": row.case_id, "visit_id": row.visit_id, "person_id": row.person_id}
        await alert(talk.batch, talk.changes, "evidence_lost", subject_id=row.id, **about)
        await self.words.say_lost(talk, row)

    async def close(self, talk: Talk) -> None:
        """It cannot be sealed any more; nobody is told."""
        await evidence.settle(talk.batch.tx, self.row.id, state="lost")

    async def put_off(self, rest: timedelta, talk: Talk) -> None:
        """Come back to it without counting this attempt: the fault was ours."""
        due = talk.batch.now + rest
        await evidence.settle(talk.batch.tx, self.row.id, due_at=due, attempts=self.row.attempts)
