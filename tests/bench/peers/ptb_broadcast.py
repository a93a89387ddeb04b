"""python-telegram-bot with AIORateLimiter and its defaults: the same questions, and the news to everybody at once."""

import asyncio
import sys

from telegram import Update
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes

from tests.bench.audience import FIRST_CUSTOMER, NEWS
from tests.bench.peers.ptb_conversation import ROOT, TOKEN, conversation

CUSTOMERS = int(sys.argv[2])


async def broadcast(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Write to everybody, beside the other handlers."""
    sends = [
        context.bot.send_message(FIRST_CUSTOMER + number, NEWS.format(number)) for number in range(CUSTOMERS)
    ]
    context.application.create_task(_all(sends))


async def _all(sends: list[object]) -> None:
    await asyncio.gather(*sends, return_exceptions=True)


def main() -> None:
    """Poll."""
    builder = Application.builder().token(TOKEN).base_url(f"{ROOT}/bot").base_file_url(f"{ROOT}/file/bot")
    application = builder.rate_limiter(AIORateLimiter()).build()
    application.add_handler(CommandHandler("broadcast", broadcast))
    application.add_handler(conversation())
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
