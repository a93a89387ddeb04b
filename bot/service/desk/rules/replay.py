"""Replay: past decisions judged anew under another pack or version, and what would have been different."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.service.conversations.batch import Batch
from bot.service.installation import Installation
from bot.store import receipts
from flows.rules import Pack, Verdict, chain, decide, pinned
from flows.rules.link import POLICY


@dataclass(slots=True)
class Replayed:
    """How many receipts the pack speaks about, and each that would have been another; `changes` counts them by kind."""

    judged: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    rows: list[dict[str, Any]] = field(default_factory=list)


def candidate(packs: Sequence[Pack], named: str, policy: str) -> tuple[str, Mapping[str, Sequence[Pack]]]:
    """Return a pack's name and the packs of each place with `named` (such as `UK@2`) in force on every day.

    A `policy-...` takes the place of the lender's own policy. Raises `InputRefused` for a pack that is not there.
    """
    name, _, version = named.partition("@")
    try:
        chosen = pinned(packs, name, int(version))
    except (KeyError, ValueError):
        known = ", ".join(sorted(f"{pack.name}@{pack.version}" for pack in packs))
        raise InputRefused(f"There is no pack {named}. Write one of: {known}.") from None
    return name, chain(chosen, name if name.startswith(POLICY) else policy)


async def replay(inst: Installation, packs: Sequence[Pack], named: str, first: date, last: date) -> Replayed:
    """Judge the receipts of the days from `first` to `last` (the scheduler's, both included) under `named`."""
    name, places = candidate(packs, named, inst.settings.rule_pack)
    zone = ZoneInfo(inst.settings.timezone)
    start, end = (datetime.combine(day, time(0), zone) for day in (first, last + timedelta(days=1)))
    done = Replayed()
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        async for row in receipts.between(tx, start, end):
            then = Verdict.from_json(row.verdict)
            binding = places.get(then.facts.jurisdiction, ())
            if not any(pack.name == name for pack in binding):
                continue
            done.judged += 1
            now = decide(then.action, then.facts, binding, then.at)
            if (now.outcome, now.until) != (then.outcome, then.until):
                done.changes[f"{then.outcome} to {now.outcome}"] += 1
                done.rows.append(await _difference(batch, row, then, now))
    return done


async def _difference(batch: Batch, row: Any, then: Verdict, now: Verdict) -> dict[str, Any]:
    case = await batch.case(row.case_id)
    zone = ZoneInfo(case.timezone)
    shown: dict[str, Any] = {
        "at": row.at.astimezone(zone),
        "case_ref": case.case_ref,
        "about": row.about,
        "purpose": str(then.action.purpose),
        "message_id": row.outbox_id,
        "visit_id": row.visit_id,
        "step": row.step,
    }
    for prefix, verdict in (("", then), ("would_be_", now)):
        shown |= {
            f"{prefix}outcome": str(verdict.outcome),
            f"{prefix}until": verdict.until.astimezone(zone) if verdict.until else None,
            f"{prefix}rule": str(verdict.bound) if verdict.bound else None,
        }
    return shown
