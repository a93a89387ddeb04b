"""Reminders that a scheduler has sent from the chat: whom, a preview of text, number and times, and then one tap."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.reminders.foresight import Preview, foresee
from bot.service.desk.reminders.sets import FILTERS, line_of, new_reminder, timer_of
from bot.service.desk.rules.titles import title_of
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, UNKNOWN_CASE
from bot.store import cases, reminders, timers

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.outbound.ports import Button

WHOM = T(
    "remind/whom", "Whom shall I remind? For one customer write the case after the command: /remind A-1001"
)
AT_ONCE = 20  # customers that are looked at while the chat waits
LOOKING = T("remind/looking", "I am looking at what the rules say to each: {done} of {count}")
PREVIEW = T("remind/preview", "A reminder to customers: {count}")
WORDS = T("remind/words", "It says ({language}):")
NOW = T("remind/now", "Now: {count}")
LATER = T("remind/later", "From {day}, {time}: {count}\n{why}")
NEVER = T("remind/never", "Not at all: {count}\n{why}")
NOTHING = T("remind/nothing", "Nothing to remind of, or no chat: {count}")
HELD_OUT = T("remind/held_out", "Not reminded ahead of their first payment, for comparison: {count}")
NOBODY = T("remind/nobody", "There is nobody to remind.")
SEND = T("remind/send", "Send")
DONT = T("remind/dont", "Don't")
ON_ITS_WAY = T(
    "remind/on_its_way", "On its way to customers: {count}. What must wait goes at the time shown above."
)
DROPPED = T("remind/dropped", "Nothing was sent.")
SENT_ALREADY = T("remind/sent_already", "This was sent already; nothing goes out twice.")


async def remind(talk: "Talk", command: Command) -> None:
    """Ask whom to remind, or offer a reminder to the customer of the case that was named."""
    if not command.argument:
        rows: list[list[Button]] = [
            [(talk.plain(one.label), f"remindset:0:{name}")] for name, one in FILTERS.items()
        ]
        await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, talk.text(WHOM), rows))
        return
    row = await cases.by_ref(talk.batch.tx, command.argument.strip())
    if row is None:
        await talk.say(UNKNOWN_CASE)
    else:
        await talk.secure()
        await _preview(talk, row.case_ref, [row.id], None)


async def preview_case(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Offer a reminder to the customer of one case."""
    case = await talk.batch.case(reference.subject_id)
    await _preview(talk, case.case_ref, [case.id], None)
    return ""


async def preview_set(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Offer a reminder to a set of customers, in place of the question whom."""
    chosen = FILTERS.get(reference.extra)
    if chosen is None:
        return talk.plain(NO_LONGER_OPEN)
    case_ids = await chosen.pick(talk.batch.tx, talk.batch.now)
    message_id = tap.origin.message_id
    if len(case_ids) > AT_ONCE and message_id is not None:
        await _look_at_many(talk, reference.extra, case_ids, message_id)
    else:
        await _preview(talk, reference.extra, case_ids, message_id)
    return ""


async def _preview(talk: "Talk", chosen: str, case_ids: Sequence[int], edit: int | None) -> None:
    """Show what would become of a few customers' reminders at once."""
    preview = Preview()
    for one in await foresee(talk.batch, case_ids):
        preview.add(one)
    row = new_reminder(chosen, preview.goes, talk.batch.now)
    await reminders.put(talk.batch.tx, row | {"person_id": talk.staff.id if talk.staff else None})
    await show_preview(talk, preview, row["id"], edit)


async def _look_at_many(talk: "Talk", chosen: str, case_ids: Sequence[int], message_id: int) -> None:
    """Have a worker look at them, and say so in the message that will show the preview."""
    row = new_reminder(chosen, case_ids, talk.batch.now) | {"state": "looking", "message_id": message_id}
    await reminders.put(talk.batch.tx, row | {"person_id": talk.staff.id if talk.staff else None})
    count = formats.number(talk.locale, len(case_ids))
    html = talk.text(LOOKING, done=formats.number(talk.locale, 0), count=count)
    await talk.reply(talk.batch.inst.calls.edit(talk.chat_id, message_id, html))


async def show_preview(talk: "Talk", preview: Preview, reminder_id: int, edit: int | None) -> None:
    """Show text, number and times; what is tapped below goes to just those whom the preview was made for."""
    calls = talk.batch.inst.calls
    heading = talk.text(PREVIEW, count=formats.number(talk.locale, preview.count))
    lines = [heading, "", *_samples(talk, preview), *_times(talk, preview)]
    if not preview.goes:
        await talk.reply(calls.menu(talk.chat_id, "\n".join([*lines, talk.text(NOBODY)]), [], edit))
        return
    buttons = [(talk.plain(SEND), f"remindgo:{reminder_id}"), (talk.plain(DONT), f"remindno:{reminder_id}")]
    await talk.reply(calls.menu(talk.chat_id, "\n".join(lines), [buttons], edit))


def _samples(talk: "Talk", preview: Preview) -> list[str]:
    """Return the text as the first customer of each language reads it."""
    lines = []
    for locale, html in preview.samples.items():
        lines += [talk.text(WORDS, language=formats.language(locale)), f"<i>{html}</i>", ""]
    return lines


def _times(talk: "Talk", preview: Preview) -> list[str]:
    """Say when they would go: now, later and by which rule, not at all and by which rule."""
    zone, number = talk.batch.inst.settings.timezone, partial(formats.number, talk.locale)

    def why(rule: str) -> str:
        return title_of(talk.batch.inst.catalogues, talk.locale, preview.verdicts[rule])

    lines = [talk.text(NOW, count=number(preview.now))] if preview.now else []
    for (until, rule), count in preview.later.items():
        at = until or talk.batch.now
        day, time = formats.day(talk.locale, zone, at), formats.clock(talk.locale, zone, at)
        lines.append(talk.text(LATER, day=day, time=time, count=number(count), why=why(rule)))
    lines += [talk.text(NEVER, count=number(count), why=why(rule)) for rule, count in preview.never.items()]
    others = ((HELD_OUT, preview.held_out), (NOTHING, preview.nothing))
    return lines + [talk.text(text, count=number(count)) for text, count in others if count]


async def send(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Send what was previewed; a second tap sends nothing."""
    row = await reminders.by_id(talk.batch.tx, reference.subject_id)
    if row is None:
        return talk.plain(NO_LONGER_OPEN)
    if not await reminders.decide(talk.batch.tx, row.id, talk.batch.now):
        return talk.plain(SENT_ALREADY)
    await timers.put(talk.batch.tx, [timer_of(row.id, talk.batch.now)])
    actor = talk.actor
    talk.changes.audit.append(line_of(row.id, row.chosen, len(row.case_ids), actor, talk.batch.now))
    await _close(talk, tap)
    await talk.say(ON_ITS_WAY, count=formats.number(talk.locale, len(row.case_ids)))
    return ""


async def drop(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Send nothing; a later tap on Send is too late."""
    dropped = await reminders.decide(talk.batch.tx, reference.subject_id, talk.batch.now)
    await _close(talk, tap)
    return talk.plain(DROPPED if dropped else SENT_ALREADY)


async def _close(talk: "Talk", tap: Tap) -> None:
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
