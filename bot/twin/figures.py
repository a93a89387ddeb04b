"""What a town came to: how far its visits went, what was promised and kept, what needed a person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.service.installation import Installation
from bot.store import soundness
from bot.store.visits import all_rows

HOUR = timedelta(hours=1)


async def figures(inst: Installation) -> dict[str, int]:
    """Return counts by their names, in the order in which one reads them; `lead`: mean hours from plan to visit."""
    async with inst.store.read() as tx:
        went, promised = await all_rows(tx), await soundness.all_promises(tx)
        items = await soundness.items(tx)
    return {
        "announced": sum(one.noticed_at is not None for one in went),
        "confirmed": sum(one.confirmed_at is not None for one in went),
        "visits": sum(one.status == "ended" for one in went),
        "talks": sum(one.identity_at is not None for one in went),
        "lead": _lead([one for one in went if one.status == "ended"]),
        "promises": len(promised),
        "kept": sum(one.status in ("kept", "late") for one in promised),
        "items": items,
    }


def _lead(went: Sequence[Any]) -> int:
    waits = [one.starts_at - one.approved_at for one in went if one.approved_at is not None]
    return round(sum(waits, timedelta()) / HOUR / len(waits)) if waits else 0
