"""`/report`: asked for in the chat; it is made by a worker."""

from datetime import date
from typing import TYPE_CHECKING

from bot.casework.days import parse_day
from bot.errors import InputRefused
from bot.service.desk.evaluation import texts
from bot.service.desk.evaluation.appraisal import span_of, today_of
from bot.service.inbound.incoming import Command
from bot.service.installation import Installation
from bot.service.timer_row import timer_row

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

KIND = "evaluation"
DAYS = 2  # that may be written: the first and the last


async def report(talk: "Talk", command: Command) -> None:
    """Ask for a report, of the last 180 days or of the days that are written."""
    span = _span(talk.batch.inst, command.argument)
    if span is None or talk.staff is None:
        await talk.say(texts.HOW)
        return
    key = "/".join(day.isoformat() for day in span)
    talk.changes.timers.append(timer_row(KIND, talk.staff.id, talk.batch.now, key))
    await talk.say(texts.WORKING)


def _span(inst: Installation, written: str) -> tuple[date, date] | None:
    days = [_day(word) for word in written.split()]
    if None in days or len(days) > DAYS:
        return None
    first, last = (*days, None, None)[:2]
    try:
        return span_of(first, last, today_of(inst))
    except InputRefused:
        return None


def _day(word: str) -> date | None:
    try:
        return parse_day(word)
    except ValueError:
        return None
