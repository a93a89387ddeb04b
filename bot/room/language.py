"""Another language on a phone: chosen as a person would, in the chat."""

from bot.room.people import Person
from bot.room.room import Room
from bot.sandbox.phone import Phone


async def choose_language(room: Room, person: Person, language: str) -> None:
    """Ask for the languages and tap one; of a phone that has not been opened only its own language is set."""
    chat = room.world.chat(person.id)
    person.language = language
    chat.language_code = language.replace("_", "-").lower()
    if chat.opened and not chat.blocked:
        phone = Phone(room.session, room.stage.url, person.id)
        await phone.say("/language")
        await phone.settled()
        await phone.choose(language.lower())
    await room.moved()
