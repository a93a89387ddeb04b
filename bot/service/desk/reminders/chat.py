"""Reminders that a scheduler has sent from the chat: whom, a preview of text, number and times, and then one tap."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.reminders.sets import FILTERS, Foreseen, foresee, line_of, new_reminder, timer_of
from bot.service.desk.rules.titles import title_of
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, UNKNOWN_CASE
from bot.store import cases, reminders, timers
from flows.rules import Outcome, Verdict

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.outbound.ports import Button

WHOM = T(
    "remind/whom", "Whom shall I remind? For one customer write the case after the command: /remind A-1001"
)
PREVIEW = T("remind/preview", "A reminder to customers: {count}")
WORDS = T("remind/words", "It says ({language}):")
NOW = T("remind/now", "Now: {count}")
LATER = T("remind/later", "From {day}, {time}: {count}\n{why}")
NEVER = T("remind/never", "Not at all: {count}\n{why}")
NOTHING = T("remind/nothing", "Nothing to remind of, or no chat: {count}")
HELD_OUT = T("remind/held_out", "Not reminded of their first promise, for comparison: {count}")
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
    rows = await chosen.pick(talk.batch.tx, talk.batch.now)
    await _preview(talk, reference.extra, [row.id for row in rows], tap.origin.message_id)
    return ""


async def _preview(talk: "Talk", chosen: str, case_ids: Sequence[int], edit: int | None) -> None:
    """Show text, number and times, and keep whom it was shown for: what is tapped later goes to these."""
    foreseen = await foresee(talk.batch, case_ids)
    goes = [one for one in foreseen if one.verdict is not None and one.verdict.outcome is not Outcome.REFUSED]
    calls = talk.batch.inst.calls
    lines = [talk.text(PREVIEW, count=len(foreseen)), "", *_samples(talk, goes), *_times(talk, foreseen)]
    if not goes:
        await talk.reply(calls.menu(talk.chat_id, "\n".join([*lines, talk.text(NOBODY)]), [], edit))
        return
    row = new_reminder(chosen, [one.case_id for one in goes], talk.batch.now)
    await reminders.put(talk.batch.tx, row | {"person_id": talk.staff.id if talk.staff else None})
    buttons = [(talk.plain(SEND), f"remindgo:{row['id']}"), (talk.plain(DONT), f"remindno:{row['id']}")]
    await talk.reply(calls.menu(talk.chat_id, "\n".join(lines), [buttons], edit))


def _samples(talk: "Talk", goes: Sequence[Foreseen]) -> list[str]:
    """Return the text as the first customer of each language reads it."""
    first = {one.reminder.locale: one.reminder.html for one in reversed(goes) if one.reminder is not None}
    lines = []
    for locale, html in first.items():
        lines += [talk.text(WORDS, language=formats.language(locale)), f"<i>{html}</i>", ""]
    return lines


def _times(talk: "Talk", foreseen: Sequence[Foreseen]) -> list[str]:
    """Count by when it would go: now, later and by which rule, not at all and by which rule."""
    zone = talk.batch.inst.settings.timezone
    verdicts = [one.verdict for one in foreseen if one.verdict is not None]
    lines = []

    def why(verdict: Verdict) -> str:
        return title_of(talk.batch.inst.catalogues, talk.locale, verdict)

    now = sum(one.outcome is Outcome.ALLOWED for one in verdicts)
    if now:
        lines.append(talk.text(NOW, count=now))
    later = Counter((one.until, why(one)) for one in verdicts if one.outcome is Outcome.WAIT)
    for (until, title), count in later.items():
        day, time = (
            formats.day(talk.locale, zone, until or talk.batch.now),
            formats.clock(talk.locale, zone, until or talk.batch.now),
        )
        lines.append(talk.text(LATER, day=day, time=time, count=count, why=title))
    never = Counter(why(one) for one in verdicts if one.outcome is Outcome.REFUSED)
    lines += [talk.text(NEVER, count=count, why=title) for title, count in never.items()]
    spared = sum(one.held_out for one in foreseen)
    others = ((HELD_OUT, spared), (NOTHING, len(foreseen) - len(verdicts) - spared))
    return lines + [talk.text(text, count=count) for text, count in others if count]


async def send(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Send what was previewed; a second tap sends nothing."""
    row = await reminders.by_id(talk.batch.tx, reference.subject_id)
    if row is None:
        return talk.plain(NO_LONGER_OPEN)
    if not await reminders.decide(talk.batch.tx, row.id, talk.batch.now):
        return talk.plain(SENT_ALREADY)
    await timers.put(talk.batch.tx, [timer_of(row.id, talk.batch.now)])
    actor = f"person:{talk.staff.id if talk.staff else 0}"
    talk.changes.audit.append(line_of(row.id, row.chosen, len(row.case_ids), actor, talk.batch.now))
    await _close(talk, tap)
    await talk.say(ON_ITS_WAY, count=len(row.case_ids))
    return ""


async def drop(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Send nothing; a later tap on Send is too late."""
    dropped = await reminders.decide(talk.batch.tx, reference.subject_id, talk.batch.now)
    await _close(talk, tap)
    return talk.plain(DROPPED if dropped else SENT_ALREADY)


async def _close(talk: "Talk", tap: Tap) -> None:
    if tap.origin.message_id is not None:
        await talk.reply(talk.batch.inst.calls.close(talk.chat_id, tap.origin.message_id))
