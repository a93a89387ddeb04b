"""Another language on a phone: chosen as a person would, in the chat."""

from bot.errors import InputRefused
from bot.room.people import Person
from bot.room.room import Room
from bot.sandbox.phone import NotSeen, Phone


async def choose_language(room: Room, person: Person, language: str) -> None:
    """Ask for the languages and tap one; of a phone that has not been opened only its own language is set.

    Raises `InputRefused` where the phone cannot ask, or gets no answer.
    """
    chat = room.world.chat(person.id)
    if chat.opened and not chat.blocked:
        try:
            await _ask(Phone(room.session, room.stage.url, person.id), language)
        except NotSeen:
            raise InputRefused("The phone got no answer: its language is as it was. Try it again.") from None
    person.language = language
    chat.language_code = language.replace("_", "-").lower()
    await room.moved()


async def _ask(phone: Phone, language: str) -> None:
    await phone.say("/language")
    await phone.settled()
    await phone.choose(language.lower())
