"""What a town came to: how far its visits went, what was promised and kept, what needed a person."""

from bot.service.installation import Installation
from bot.store import soundness
from bot.store.visits import all_rows


async def figures(inst: Installation) -> dict[str, int]:
    """Return counts by their names, in the order in which one reads them."""
    async with inst.store.read() as tx:
        went, promised = await all_rows(tx), await soundness.all_promises(tx)
        items = await soundness.items(tx)
    return {
        "announced": sum(one.noticed_at is not None for one in went),
        "confirmed": sum(one.confirmed_at is not None for one in went),
        "visits": sum(one.status == "ended" for one in went),
        "talks": sum(one.identity_at is not None for one in went),
        "promises": len(promised),
        "kept": sum(one.status in ("kept", "late") for one in promised),
        "items": items,
    }
