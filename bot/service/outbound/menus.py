"""The command menu of one chat: what its role may type, in its language."""

from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.inbound.commands import menu_of, role_of
from bot.service.installation import Installation


async def menus_of(inst: Installation, chat_id: int) -> list[tuple[str, str]]:
    """Return the commands of a chat with their descriptions."""
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([chat_id])
        talk = Talk(batch, chat_id)
        role = await role_of(talk)
        return [(name, talk.plain(text)) for name, text in menu_of(role)]
