"""What one chat's turn wants written. Collected first, so that a fault drops one chat's share and no other's."""

from dataclasses import dataclass, field
from typing import Any

from bot.service.outbound.outgoing import Outgoing
from bot.store import answers, audit, chats, outbox, receipts, sessions, timers
from bot.store.engine import Tx

Row = dict[str, Any]


@dataclass(slots=True)
class Changes:
    """Rows by table, written with a constant number of statements however many chats took part."""

    sessions: dict[int, Row] = field(default_factory=dict)
    foreground: dict[int, int | None] = field(default_factory=dict)
    timers: list[Row] = field(default_factory=list)
    cancelled: list[tuple[int, str]] = field(default_factory=list)
    outbox: list[Row] = field(default_factory=list)
    receipts: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    audit: list[Row] = field(default_factory=list)
    queued: list[Outgoing] = field(default_factory=list)
    secured: bool = False

    def add(self, other: "Changes") -> None:
        """Take over what another chat's turn wants written."""
        self.sessions |= other.sessions
        self.foreground |= other.foreground
        self.timers += other.timers
        self.cancelled += other.cancelled
        self.outbox += other.outbox
        self.receipts += other.receipts
        self.answers += other.answers
        self.audit += other.audit
        self.queued += other.queued
        self.secured |= other.secured

    async def write(self, tx: Tx) -> None:
        """Write everything; cancellations come before new timers of the same key."""
        await sessions.save(tx, list(self.sessions.values()))
        await chats.set_foreground(tx, self.foreground)
        await timers.cancel(tx, self.cancelled)
        await timers.put(tx, self.timers)
        await outbox.put(tx, self.outbox)
        await receipts.put(tx, self.receipts)
        await answers.put(tx, self.answers)
        await audit.append(tx, self.audit)
