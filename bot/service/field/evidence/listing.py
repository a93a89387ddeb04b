"""The evidence of a case as plain rows with stable field names."""

from typing import Any
from zoneinfo import ZoneInfo

from bot.service.audit_line import CLI, CUSTOMER, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.holds import case_by_ref
from bot.service.field.evidence.items import Item, items_of_case
from bot.service.installation import Installation
from bot.store import audit


async def evidence_list(inst: Installation, case_ref: str) -> list[dict[str, Any]]:
    """Return all evidence of a case, oldest first; times are in its zone. The look is logged. Raises `InputRefused`."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        case = await case_by_ref(batch, case_ref)
        await audit.append(tx, [audit_line(batch.now, CLI, "case.looked_at", About(case.id))])
        zone = ZoneInfo(case.timezone)
        return [await _row(batch, zone, item) for item in await items_of_case(batch, case)]


async def _row(batch: Batch, zone: ZoneInfo, item: Item) -> dict[str, Any]:
    reading = item.reading
    return {
        "id": item.id,
        "at": item.said_at.astimezone(zone),
        "kind": str(item.kind),
        "state": item.state,
        "by": (await batch.person(item.person_id)).badge if item.person_id else CUSTOMER,
        "step": item.step,
        "type": item.content_type,
        "size": item.size,
        "sha256": item.sha256.hex() if item.sha256 else None,
        "agreed": item.agreed,
        "distance_m": reading.distance if reading else None,
        "speed_kmh": reading.speed if reading else None,
        "signals": " ".join(reading.signals) if reading else None,
    }
