"""aiogram's finite state machine, in memory, with its defaults."""

import asyncio
import os

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.bench.crowd import STEPS

TOKEN, ROOT = os.environ["DOORSTEP_TOKEN"], os.environ["DOORSTEP_API_URL"]


class Checklist(StatesGroup):
    """One state; the number is data."""

    asking = State()


def _screen(number: int) -> tuple[str, InlineKeyboardMarkup]:
    text = (
        f"Question {number} of the checklist: was it done as it should be?"
        if number <= STEPS
        else "All done."
    )
    row = [
        InlineKeyboardButton(text="Yes", callback_data="yes"),
        InlineKeyboardButton(text="No", callback_data="no"),
    ]
    return f"{number}/{STEPS}\n{text}", InlineKeyboardMarkup(inline_keyboard=[row])


async def start(message: Message, state: FSMContext) -> None:
    """Ask the first question."""
    await state.set_state(Checklist.asking)
    await state.set_data({"number": 1})
    text, markup = _screen(1)
    await message.answer(text, reply_markup=markup)


async def press(query: CallbackQuery, state: FSMContext) -> None:
    """Keep the answer, show the next question in its place."""
    data = await state.get_data()
    number = data["number"] + 1
    await state.update_data({"number": number, f"a{number - 1}": query.data})
    await query.answer()
    text, markup = _screen(number)
    await query.message.edit_text(text, reply_markup=markup)


async def main() -> None:
    """Poll."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(ROOT))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.message.register(start, Command("checklist"))
    dispatcher.callback_query.register(press, Checklist.asking, F.data)
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main())
