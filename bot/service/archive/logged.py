"""A case's part of the log as an export carries it: its chain, and what ties that to the heads of the days."""

from typing import Any

from bot.check import path_of
from bot.service.archive.heads import leaf_of, plain
from bot.service.archive.verify import end_of, line_of
from bot.store import audit_chain
from bot.store.engine import Tx


async def log_of(tx: Tx, case_id: int) -> dict[str, Any]:
    """Return the lines of a case, the end of their chain, all heads, and the way from its ends to those heads."""
    ends = await audit_chain.ends(tx, [case_id])
    return {
        "chain": case_id,
        "lines": [line_of(row) for row in await audit_chain.lines(tx, [case_id])],
        "end": end_of(ends[case_id]),
        "heads": [plain(head) for head in await audit_chain.heads(tx)],
        "anchors": await _anchors(tx, case_id),
    }


async def _anchors(tx: Tx, case_id: int) -> list[dict[str, Any]]:
    found = []
    for anchor in await audit_chain.anchors(tx, [case_id]):
        leaves = await audit_chain.leaves_of(tx, anchor.day)
        place = [one.chain_id for one in leaves].index(case_id)
        path = path_of([leaf_of(one) for one in leaves], place)
        end = {"lines": anchor.lines, "hash": anchor.hash.hex()}
        found.append({"day": anchor.day.isoformat(), **end, "path": path})
    return found
