"""What of a case waits: its visit and its messages, each with a way to ask why."""

from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.section import Section
from bot.service.desk.queue.card import by_the_rules
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import STATUSES
from bot.store import outbox, receipts, visits

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

VISIT = T("case/visit", "Visit: {day}, {time}, {status}")
MESSAGE = T("case/message", "A message waits until {day}, {time}.")


async def waiting_section(talk: "Talk", case: CaseFile) -> Section:
    """Return the live visit of a case, by its clock, and the messages that wait, by the scheduler's."""
    batch, zone = talk.batch, talk.batch.inst.settings.timezone
    lines, rows = list[str](), list[list[Button]]()
    visit = await visits.live_of(batch.tx, case.id)
    if visit is not None:
        day = formats.day(talk.locale, case.timezone, visit.starts_at)
        time = formats.span(talk.locale, case.timezone, visit.starts_at, visit.ends_at)
        lines.append(talk.text(VISIT, day=day, time=time, status=talk.plain(STATUSES[visit.status])))
        waits = visit.status == "approved"
        why = await receipts.last_obstacle(batch.tx, visit.id) if waits else None
        rows.append(await by_the_rules(batch, talk.locale, why, visit.id))
    for message in await outbox.waiting_of_case(batch.tx, case.id, batch.now):
        day = formats.day(talk.locale, zone, message.not_before)
        time = formats.clock(talk.locale, zone, message.not_before)
        lines.append(talk.text(MESSAGE, day=day, time=time))
        why = await receipts.last_obstacle(batch.tx, message.id)
        rows.append(await by_the_rules(batch, talk.locale, why, None))
    return Section("\n".join(lines), [row for row in rows if row])
