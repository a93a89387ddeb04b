"""A client that knows nothing of us works with the stand-in: python-telegram-bot with its own HTTP."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.sandbox.hands import DEEDS
from bot.sandbox.world import BOT_NAME, TOKEN, World


def bot_at(root: str, token: str = TOKEN) -> Bot:
    """Return a bot of the library, unchanged but for the address."""
    return Bot(token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot")


async def test_the_library_signs_in_and_talks(root: str, world: World) -> None:
    """It signs in, sends, edits, sends a file, reads updates and answers a tap."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="5:1:yes")]])
    preview = LinkPreviewOptions(is_disabled=True)
    async with bot_at(root) as bot:
        assert bot.username == BOT_NAME
        sent = await bot.send_message(
            101, "<b>Hello</b>", parse_mode="HTML", reply_markup=keyboard, link_preview_options=preview
        )
        edited = await bot.edit_message_text("Well", 101, sent.message_id, reply_markup=keyboard)
        file = await bot.send_document(101, b"BEGIN", filename="visit.ics", caption="Visit")
        DEEDS["tap"](world, world.chat(101), {"message_id": sent.message_id, "data": "5:1:yes"})
        DEEDS["say"](world, world.chat(101), {"text": "/start abc"})
        tap, said = await bot.get_updates(timeout=0)
        assert tap.callback_query is not None
        await tap.callback_query.answer("Noted")

    assert not isinstance(edited, bool)
    assert (sent.text, edited.text) == ("Hello", "Well")
    assert file.document is not None
    assert (file.document.file_name, file.caption) == ("visit.ics", "Visit")
    assert tap.callback_query.data == "5:1:yes"
    assert said.message is not None
    assert said.message.text == "/start abc"
    assert list(said.message.parse_entities(["bot_command"]).values()) == ["/start"]
    assert world.chat(101).notices == ["Noted"]


async def test_the_library_understands_its_refusals(root: str, world: World) -> None:
    """Refusals become the library's own errors."""
    async with bot_at(root) as bot:
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(9999, "x")
        world.chat(102).blocked = True
        with pytest.raises(Forbidden):
            await bot.send_message(102, "x")
    with pytest.raises(InvalidToken):
        async with bot_at(root, "1:wrong"):
            pass
