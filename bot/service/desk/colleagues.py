"""The people at the desk and the language that each of them reads."""

from bot.service.conversations.batch import Batch
from bot.service.person import DESK_ROLES, Person, open_person
from bot.store import chats, people


async def desk(batch: Batch) -> list[Person]:
    """Return the schedulers and administrators who have opened their invite."""
    rows = [row for role in DESK_ROLES for row in await people.active(batch.tx, role)]
    return [open_person(row, batch.inst.vault) for row in rows if row.chat_id is not None]


async def locale_of_person(batch: Batch, person: Person) -> str:
    """Return the language of a member of staff: their own choice in chat, else as invited."""
    rows = await chats.load(batch.tx, [person.chat_id]) if person.chat_id else []
    return next((row.locale for row in rows if row.locale), person.locale)
