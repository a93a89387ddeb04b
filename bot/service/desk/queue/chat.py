"""The queue: what needs a person, most urgent first; each item taken by one, put back, or resolved with a note."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.i18n.text import T
from bot.service.archive.their_data_work import ask_for_file
from bot.service.audit_line import About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.board import show_case
from bot.service.desk.cases.looked import note_look
from bot.service.desk.queue.alarm import go_on_ringing
from bot.service.desk.queue.card import about_of
from bot.service.desk.queue.drill_result import drill_taken
from bot.service.desk.queue.kinds import BY_URGENCY, DRILL, KINDS, MARKS, kind_of
from bot.service.desk.queue.patience import house_patience, patience_for
from bot.service.desk.queue.shown import refresh, show
from bot.service.desk.reminders.chat import preview_case
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.installation import Installation
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import NO_LONGER_OPEN, SENT_AGAIN
from bot.service.person import Person
from bot.store import alerts, cases, outbox, people
from flows.rules import Waiting

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

Act = Callable[["Talk", Tap, ActionTap], Awaitable[str]]

PAGE = 8  # items on a page: as many as a phone shows
COLUMNS = 4

EMPTY = T("queue/empty", "Nothing is waiting for you.")
HEADING = T("queue/heading", "What needs a person: {count}, of which taken: {taken}")
BEFORE = T("queue/before", "‹ Back")
AFTER = T("queue/after", "More ›")
TAKEN = T("alert/taken", "{name} has taken this.")
NOT_YOURS = T("alert/not_yours", "You do not have this item. Take it first.")
TAKE_OVER = T("alert/take_over", "Take it over")
FILE_ON_ITS_WAY = T("alert/file_on_its_way", "The file is being made and goes into their chat.")
LEAVE_IT = T("alert/leave_it", "Leave it")
OVER_GONE = T("alert/over_gone", "{name} took this and no longer works here. Take it over?")
OVER_OLD = T("alert/over_old", "{name} took this a while ago. Take it over?")


async def queue(talk: "Talk", command: Command) -> None:
    """Show the first page."""
    await _show_page(talk, 0, None)


async def turn_page(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show another page in place of this message."""
    await _show_page(talk, reference.subject_id, tap.origin.message_id)
    return ""


async def _show_page(talk: "Talk", page: int, edit: int | None) -> None:
    counts = await alerts.count_open(talk.batch.tx)
    total = sum(count.open for count in counts.values())
    page = min(page, max(0, total - 1) // PAGE)
    rows = await alerts.open_ones(talk.batch.tx, BY_URGENCY, PAGE, page * PAGE)
    lines = [talk.text(HEADING, count=total, taken=sum(count.taken for count in counts.values())), ""]
    lines += [
        f"{counts[name].open} × {talk.text(kind.label)}" for name, kind in KINDS.items() if name in counts
    ]
    lines.append("")
    buttons: list[Button] = []
    for number, row in enumerate(rows, page * PAGE + 1):
        lines.append(f"{number}. {await _line(talk, row)}")
        buttons.append((str(number), f"item:{row.id}"))
    keyboard = [buttons[start : start + COLUMNS] for start in range(0, len(buttons), COLUMNS)]
    keyboard += [_turning(talk, page, total)]
    html = "\n".join(lines) if rows else talk.text(EMPTY)
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [row for row in keyboard if row], edit))


def _turning(talk: "Talk", page: int, total: int) -> list[Button]:
    """Return the buttons that lead to the pages beside this one."""
    before = [(talk.plain(BEFORE), f"queue:{page - 1}")] if page else []
    after = [(talk.plain(AFTER), f"queue:{page + 1}")] if (page + 1) * PAGE < total else []
    return before + after


async def _line(talk: "Talk", row: Any) -> str:
    """Return one item in one line, with who has it."""
    kind = kind_of(row.kind)
    about = await about_of(talk.batch, talk.locale, row)
    who = (await talk.batch.person(row.taken_by)).name if row.taken_by is not None else ""
    escape = talk.batch.inst.calls.escape
    held = f" ✋ {escape(who)}" if who else ""
    return f"{MARKS[kind.urgency]} {escape(about)} · {talk.text(kind.label)}{held}"


async def open_item(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show one item in full in place of this message."""
    if talk.staff is None or await alerts.by_id(talk.batch.tx, reference.subject_id) is None:
        return talk.plain(NO_LONGER_OPEN)
    edit = tap.origin.message_id
    await _note_look(talk, reference.subject_id)
    await show(talk.batch, talk.changes, talk.staff, reference.subject_id, full=True, edit=edit)
    return ""


async def _note_look(talk: "Talk", alert_id: int) -> None:
    """Who opens an item sees something of its case: that is a look at it."""
    row = await alerts.by_id(talk.batch.tx, alert_id)
    if row is not None and row.case_id is not None:
        note_look(talk, row.case_id)


async def take(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Take an item. Who comes second is told who has it, and asked if that is somebody gone, or long ago."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is not None and talk.staff is not None and row.taken_by is None:
        await alerts.take(talk.batch.tx, row.id, talk.staff.id, talk.batch.now)
        if row.kind == DRILL:
            await drill_taken(talk.batch, talk.changes, row, talk.staff)
        await changed(talk, tap, row, "item.taken")
    return notice


async def take_over(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Take an item over from the colleague named in the button, if it still is theirs."""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    if row is None or talk.staff is None or not reference.extra.isdigit():
        return talk.plain(NO_LONGER_OPEN)
    holder, now = int(reference.extra), talk.batch.now
    if not await alerts.take(talk.batch.tx, row.id, talk.staff.id, now, over=holder):
        await refresh(talk.batch, talk.changes, row.id, _here(tap))
        return talk.plain(NO_LONGER_OPEN)
    await changed(talk, tap, row, "item.taken_over")
    return ""


async def put_back(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Give an item back, so that somebody else can take it."""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    if row is None or talk.staff is None:
        return talk.plain(NO_LONGER_OPEN)
    if not await alerts.put_back(talk.batch.tx, row.id, talk.staff.id):
        await refresh(talk.batch, talk.changes, row.id, _here(tap))
        return talk.plain(NO_LONGER_OPEN if row.closed_at is not None else NOT_YOURS)
    if kind_of(row.kind).rings:
        await go_on_ringing(talk.batch, row.id, told=0)
    await changed(talk, tap, row, "item.put_back")
    return ""


async def resolve(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask what was done about an item; it is closed with the answer."""
    return await ask_about(talk, tap, reference, "resolve")


async def answer(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask what the customer shall read about what they asked or complained of."""
    return await ask_about(talk, tap, reference, "answer")


async def plan_by_phone(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Begin a call in which a plan is worked out anew with the customer."""
    return await ask_about(talk, tap, reference, "plan_by_phone", of_visit=False)


async def ask_about(
    talk: "Talk", tap: Tap, reference: ActionTap, script: str, *, of_visit: bool = True
) -> str:
    """Begin a conversation about an item that is mine, or now becomes mine; a second tap shows its question again.

    `of_visit`: it belongs to the visit that the item is about, if there is one.
    """
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None:
        return notice
    if row.taken_by is None:
        await take(talk, tap, reference)
    open_now = talk.foreground()
    asked = (script, row.id)
    if open_now is not None and (open_now.script.name, open_now.session.values.get("item")) == asked:
        await talk.repeat(open_now)
    else:
        values = {"item": row.id, "alarm": kind_of(row.kind).rings}
        visit_id = row.visit_id if of_visit else None
        await talk.begin(script, case_id=row.case_id, visit_id=visit_id, values=values)
    return ""


async def send_again(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """A person decided that a message of unknown fate, or that failed, is to be sent again; that settles the item."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None or talk.staff is None:
        return notice
    now = talk.batch.now
    sent = row.subject_id is not None and await outbox.send_again(talk.batch.tx, row.subject_id, now)
    await alerts.settle(talk.batch.tx, row.id, talk.staff.id, None, now)
    await changed(talk, tap, row, "item.resolved")
    return talk.plain(SENT_AGAIN if sent else NO_LONGER_OPEN)


async def send_data(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """A person decided that the customer gets the copy of their data that they asked for; that settles the item."""
    row, notice = await mine_or_free(talk, tap, reference.subject_id)
    if row is None or talk.staff is None:
        return notice
    await ask_for_file(talk.batch.tx, row.case_id, talk.batch.now)
    await alerts.settle(talk.batch.tx, row.id, talk.staff.id, None, talk.batch.now)
    await changed(talk, tap, row, "item.resolved")
    return talk.plain(FILE_ON_ITS_WAY)


async def case_of(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show the case that an item is about."""
    return await _with_case(talk, tap, reference, show_case)


async def remind_case_of(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Offer a reminder to the customer that an item is about."""
    return await _with_case(talk, tap, reference, preview_case)


async def stop_case_of(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask whether to stop everything for the case that an item is about, and why."""
    return await _with_case(talk, tap, reference, stop_case)


async def stop_case(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask whether to stop everything for this case, and why; a second tap shows the same question again."""
    if not await cases.by_ids(talk.batch.tx, [reference.subject_id]):
        return talk.plain(NO_LONGER_OPEN)
    open_now = talk.foreground()
    if open_now is not None and (open_now.script.name, open_now.case_id) == (
        "stop_case",
        reference.subject_id,
    ):
        await talk.repeat(open_now)
    else:
        await talk.begin("stop_case", case_id=reference.subject_id)
    return ""


async def _with_case(talk: "Talk", tap: Tap, reference: ActionTap, act: Act) -> str:
    """Act on the case that an item is about."""
    row = await alerts.by_id(talk.batch.tx, reference.subject_id)
    if row is None or row.case_id is None:
        return talk.plain(NO_LONGER_OPEN)
    return await act(talk, tap, reference._replace(subject_id=row.case_id))


async def mine_or_free(talk: "Talk", tap: Tap, alert_id: int) -> tuple[Any | None, str]:
    """Return the item if this person may work on it; else None and what the tap is answered with."""
    row = await alerts.by_id(talk.batch.tx, alert_id)
    if row is None or row.closed_at is not None or talk.staff is None:
        if row is not None:
            await refresh(talk.batch, talk.changes, row.id, _here(tap))
        return None, talk.plain(NO_LONGER_OPEN)
    if row.taken_by in (None, talk.staff.id):
        return row, ""
    holder = await talk.batch.person(row.taken_by)
    if await _offer_take_over(talk, tap, row, holder):
        return None, ""
    return None, talk.plain(TAKEN).format(name=holder.name)


async def _offer_take_over(talk: "Talk", tap: Tap, row: Any, holder: Person) -> bool:
    """Ask whether to take it over from somebody who has left or took it long ago; False if neither is so."""
    found = await people.by_ids(talk.batch.tx, [holder.id])
    gone = not any(one.active and one.chat_id is not None for one in found)
    long = await _patience(talk, row.case_id)
    if not gone and (long is None or talk.batch.now - row.taken_at < long):
        return False
    yes = (talk.plain(TAKE_OVER), f"over:{row.id}:{holder.id}")
    no = (talk.plain(LEAVE_IT), f"item:{row.id}")
    html = talk.text(OVER_GONE if gone else OVER_OLD, name=holder.name)
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [[yes, no]], tap.origin.message_id))
    return True


async def _patience(talk: "Talk", case_id: int | None) -> timedelta | None:
    """Return how long a colleague may have an item before somebody else may take it over."""
    if case_id is None:
        return house_patience(talk.batch.inst, Waiting.CLAIM, talk.batch.now)
    case = await talk.batch.case(case_id)
    return patience_for(talk.batch.inst, case.jurisdiction, Waiting.CLAIM, talk.batch.now)


async def changed(talk: "Talk", tap: Tap, row: Any, what: str) -> None:
    """Log what became of an item, and let every message that shows it say so."""
    talk.changes.audit.append(
        audit_line(
            talk.batch.now,
            talk.actor,
            what,
            About(row.case_id, row.visit_id),
            item=row.id,
            item_kind=row.kind,
        )
    )
    await refresh(talk.batch, talk.changes, row.id, _here(tap))


def _here(tap: Tap) -> tuple[int, int] | None:
    message_id = tap.origin.message_id
    return (tap.origin.chat_id, message_id) if message_id is not None else None


async def queue_rows(inst: Installation) -> list[dict[str, Any]]:
    """Return the open items, most urgent first; times are in the installation's zone, people by their badges."""
    zone = ZoneInfo(inst.settings.timezone)
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        rows = await alerts.open_ones(
            tx, BY_URGENCY, sum(one.open for one in (await alerts.count_open(tx)).values())
        )
        await batch.load_cases({row.case_id for row in rows if row.case_id})
        return [
            {
                "id": row.id,
                "kind": row.kind,
                "urgency": kind_of(row.kind).urgency.name.lower(),
                "case_ref": (await batch.case(row.case_id)).case_ref if row.case_id else None,
                "opened_at": row.opened_at.astimezone(zone),
                "taken_by": (await batch.person(row.taken_by)).badge if row.taken_by else None,
                "taken_at": row.taken_at.astimezone(zone) if row.taken_at else None,
            }
            for row in rows
        ]
