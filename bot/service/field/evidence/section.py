"""Evidence in the scheduler's chat: counted with the case, listed page by page, each original at a tap."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.errors import InputRefused, KeyUnusable
from bot.i18n import formats
from bot.service.audit_line import colleague
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.section import Section
from bot.service.desk.cases.timeline_chat import EARLIER, LATER
from bot.service.field.evidence import texts
from bot.service.field.evidence.items import Item, items_of_case
from bot.service.field.evidence.originals import kept_item, opened
from bot.service.field.evidence.words import EvidenceWords
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.outgoing import Call
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import cases

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

PAGE = 8  # pieces: a row of buttons
LONGEST_CAPTION = 700  # characters, beside our own in the 1,024 that Telegram takes
TOLD = ("received", "kept", "lost")  # a double, and what was refused, is in the history alone


async def evidence_section(talk: "Talk", case: CaseFile) -> Section:
    """Return how much there is of each kind, and the button to the list."""
    items = await _listed(talk, case)
    if not items:
        return Section("")
    words = EvidenceWords(talk.batch.inst, talk.locale)
    counts = Counter(words.what(item) for item in items)
    told = [
        words.say(texts.COUNT, count=formats.number(talk.locale, n), what=what) for what, n in counts.items()
    ]
    html = talk.text(texts.SECTION, counts=words.say(texts.COMMA).join(told))
    return Section(html, [[(talk.plain(texts.BUTTON), f"evidence:{case.id}:0")]])


async def _listed(talk: "Talk", case: CaseFile) -> list[Item]:
    return [item for item in await items_of_case(talk.batch, case) if item.state in TOLD][::-1]


async def turn_page(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show a page of the list; the first one is a message of its own, the others take its place."""
    case_id, extra = reference.subject_id, reference.extra
    if not extra.isdigit() or not await cases.by_ids(talk.batch.tx, [case_id]):
        return talk.plain(NO_LONGER_OPEN)
    case = await talk.batch.case(case_id)
    items = await _listed(talk, case)
    pages = max(1, -(-len(items) // PAGE))
    page = min(int(extra), pages - 1)
    shown = items[page * PAGE : (page + 1) * PAGE]
    head = talk.text(texts.HEAD, case_ref=case.case_ref, page=page + 1, pages=pages)
    lines = [
        talk.batch.inst.calls.escape(await _line(talk, case, n, item)) for n, item in enumerate(shown, 1)
    ]
    rows = [_numbers(shown), _turns(talk, case_id, page, pages)]
    edit = tap.origin.message_id if len(extra) > 1 else None  # a page's own buttons count with two digits
    html = "\n".join([head, "", *lines])
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, [row for row in rows if row], edit))
    return ""


async def _line(talk: "Talk", case: CaseFile, number: int, item: Item) -> str:
    words = EvidenceWords(talk.batch.inst, talk.locale)
    return words.say(
        texts.LINE,
        number=number,
        day=formats.day(talk.locale, case.timezone, item.said_at),
        time=formats.clock(talk.locale, case.timezone, item.said_at),
        who=await words.sender(talk.batch, item),
        stage=words.stage(item),
        what=words.what(item),
        about=words.about(item),
    )


def _numbers(items: Sequence[Item]) -> list[Button]:
    return [(str(n), f"original:{item.id}") for n, item in enumerate(items, 1) if item.state == "kept"]


def _turns(talk: "Talk", case_id: int, page: int, pages: int) -> list[Button]:
    row = []
    if page > 0:
        row.append((talk.plain(LATER), f"evidence:{case_id}:{page - 1:02}"))
    if page < pages - 1:
        row.append((talk.plain(EARLIER), f"evidence:{case_id}:{page + 1:02}"))
    return row


async def send_original(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Send an original back as the file that it is, a location as a pin; that it was fetched goes into the log."""
    try:
        item = await kept_item(talk.batch, reference.subject_id)
    except (InputRefused, KeyUnusable):
        return talk.plain(texts.GONE)
    inst = talk.batch.inst
    if item.fix is None and not inst.originals.is_there(item.case_id, item.id):
        return talk.plain(texts.GONE)
    person = talk.staff.id if talk.staff else 0
    talk.changes.audit.append(opened(talk.batch, item, colleague(person)))
    await talk.reply(await _original(talk, item))
    return talk.plain(texts.SENDING)


async def _original(talk: "Talk", item: Item) -> Call:
    calls, case = talk.batch.inst.calls, await talk.batch.case(item.case_id)
    words = EvidenceWords(talk.batch.inst, talk.locale)
    when = {
        "day": formats.day(talk.locale, case.timezone, item.said_at),
        "time": formats.clock(talk.locale, case.timezone, item.said_at),
    }
    who = await words.sender(talk.batch, item)
    if item.fix is not None:
        title = words.say(texts.PIN, case_ref=case.case_ref, who=who, **when)
        return calls.venue(talk.chat_id, *item.fix.point, title, words.about(item))
    digest = item.sha256.hex() if item.sha256 else ""
    html = talk.text(
        texts.CAPTION, case_ref=case.case_ref, what=words.what(item), who=who, hash=digest, **when
    )
    if item.caption:
        html += f"\n{calls.escape(f'“{item.caption[:LONGEST_CAPTION]}”')}"
    return calls.original(talk.chat_id, item.file_name, item.id, html)
