"""Photos of staff: set and removed by the office, shown to the customer whom they are on their way to."""

from bot.documents.portrait import portrait
from bot.service.audit_line import CLI, audit_line
from bot.service.desk.planning.staff import with_badge
from bot.service.installation import Installation
from bot.service.person import STAFF_KEY
from bot.store import audit, keys, portraits
from bot.store.vault import Vault

PLACE = "portraits.picture"


async def set_portrait(inst: Installation, badge: str, content: bytes) -> None:
    """Keep a photo of a member of staff, sealed. Raises `InputRefused` for an unknown badge, or for no photo."""
    picture, now = portrait(content), inst.clock.now()
    async with inst.store.begin() as tx:
        await keys.ensure(tx, inst.vault, [STAFF_KEY], now)
        person = await with_badge(tx, badge)
        sealed = inst.vault.seal(STAFF_KEY, picture, PLACE)
        await portraits.put(tx, {"person_id": person.id, "picture_enc": sealed, "set_at": now})
        await audit.append(tx, [audit_line(now, CLI, "staff.photo_set", person=person.id)])


async def remove_portrait(inst: Installation, badge: str) -> bool:
    """Remove the photo of a member of staff; return whether there was one. Raises `InputRefused`."""
    async with inst.store.begin() as tx:
        person = await with_badge(tx, badge)
        removed = await portraits.remove(tx, person.id)
        if removed:
            line = audit_line(inst.clock.now(), CLI, "staff.photo_removed", person=person.id)
            await audit.append(tx, [line])
        return removed


def open_portrait(vault: Vault, sealed: bytes) -> bytes:
    """Open what `set_portrait` sealed; the staff key must have been loaded."""
    return vault.unseal(STAFF_KEY, sealed, PLACE)
