"""python-telegram-bot's ConversationHandler, in memory, with its defaults."""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
)

from tests.bench.crowd import STEPS

TOKEN, ROOT = os.environ["DOORSTEP_TOKEN"], os.environ["DOORSTEP_API_URL"]


def _screen(number: int) -> tuple[str, InlineKeyboardMarkup]:
    text = (
        f"Question {number} of the checklist: was it done as it should be?"
        if number <= STEPS
        else "All done."
    )
    row = [InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("No", callback_data="no")]
    return f"{number}/{STEPS}\n{text}", InlineKeyboardMarkup([row])


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Ask the first question."""
    text, markup = _screen(1)
    await update.message.reply_text(text, reply_markup=markup)
    return 1


async def press(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer, show the next question in its place."""
    query = update.callback_query
    number = context.user_data.get("number", 1)
    context.user_data[f"a{number}"] = query.data
    number = number + 1 if number <= STEPS else 1
    context.user_data["number"] = number
    await query.answer()
    text, markup = _screen(number)
    await query.edit_message_text(text, reply_markup=markup)
    return 1 if number <= STEPS else ConversationHandler.END


async def fresh(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Begin anew."""
    context.user_data["number"] = 1
    return await start(update, context)


def conversation() -> ConversationHandler:
    """Return the checklist."""
    begin = CommandHandler("checklist", fresh)
    return ConversationHandler(
        entry_points=[begin],
        states={1: [CallbackQueryHandler(press)]},
        fallbacks=[begin],
        allow_reentry=True,
    )


def main() -> None:
    """Poll."""
    builder = Application.builder().token(TOKEN).base_url(f"{ROOT}/bot").base_file_url(f"{ROOT}/file/bot")
    application = builder.build()
    application.add_handler(conversation())
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
