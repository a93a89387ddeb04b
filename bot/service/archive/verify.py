"""The log held against its own hashes: every chain, every day's head, the seal on each head."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.check import Fault, chain_fault, heads_fault, root_of
from bot.service.archive.heads import leaf_of, plain, seal_of
from bot.service.desk.cases.look import refs_of
from bot.service.installation import Installation
from bot.store import audit, audit_chain
from bot.store.audit_chain import NO_CASE, End
from bot.store.engine import Tx

_SOME = 200  # chains at a time


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was looked at, the newest head (a row), and the first broken link, `fault`, with the case it is in."""

    lines: int
    chains: int
    heads: int
    newest: Any | None = None
    case_ref: str | None = None
    fault: Fault | None = None


async def verify(inst: Installation) -> Verified:
    """Recompute the whole log, as it stands at one moment."""
    async with inst.store.read() as tx:
        counted = chains = 0
        refs = await refs_of(tx)
        heads = await audit_chain.heads(tx)
        newest = heads[-1] if heads else None
        async for chain, lines, fault in _chains(tx):
            counted, chains = counted + lines, chains + 1
            if fault is not None:
                ref = None if chain == NO_CASE else refs.get(chain, str(chain))
                return Verified(counted, chains, len(heads), newest, ref, fault)
        return Verified(counted, chains, len(heads), newest, None, await _heads_fault(inst, tx, heads))


async def _chains(tx: Tx) -> AsyncIterator[tuple[int, int, Fault | None]]:
    ids = await audit_chain.chain_ids(tx)
    for start in range(0, len(ids), _SOME):
        some = ids[start : start + _SOME]
        ends = await audit_chain.ends(tx, some)
        lines = _by(await audit_chain.lines(tx, some), "case_id")
        anchors = _by(await audit_chain.anchors(tx, some), "chain_id")
        for chain in some:
            found = [line_of(row) for row in lines.get(chain, ())]
            held = {one.lines: (one.day.isoformat(), one.hash.hex()) for one in anchors.get(chain, ())}
            yield chain, len(found), chain_fault(found, end_of(ends.get(chain, End())), held)


def _by(rows: Sequence[Any], name: str) -> Mapping[int, Sequence[Any]]:
    def chain(row: Any) -> int:
        return getattr(row, name) or NO_CASE

    return {one: list(some) for one, some in groupby(sorted(rows, key=chain), key=chain)}


def line_of(row: Any) -> dict[str, Any]:
    """Return a line as exports and the checker have it."""
    said = audit.content(
        {name: getattr(row, name) for name in ("at", "actor", "kind", "case_id", "visit_id", "data")}
    )
    return {"line": row.line, **said, "hash": row.hash.hex()}


def end_of(end: End) -> dict[str, Any]:
    """Return where a chain ends as exports and the checker have it."""
    return {"lines": end.lines, "hash": end.hash}


async def _heads_fault(inst: Installation, tx: Tx, heads: Sequence[Any]) -> Fault | None:
    broken = heads_fault([plain(head) for head in heads])
    if broken is not None:
        return broken
    for head in heads:
        leaves = [leaf_of(one) for one in await audit_chain.leaves_of(tx, head.day)]
        if (len(leaves), root_of(leaves)) != (head.leaves, head.root.hex()):
            return Fault(f"head of {head.day}", "head_mismatch", "it does not hold what is kept for that day")
        if seal_of(inst, head.hash.hex()) != head.seal:
            return Fault(
                f"head of {head.day}", "head_mismatch", "it was not made with this installation's key"
            )
    return None
