"""What needs a person: a row that stays until somebody has dealt with it, and a message to every scheduler."""

from bot.errors import DisclosureRefused
from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.outbound.texts import ALERTS, DONE, SEND_AGAIN, TAKE
from bot.service.person import DESK_ROLES, Person, open_person
from bot.store import alerts, chats, people
from flows.rules import Purpose


async def alert(  # noqa: PLR0913 - what it is about, by name
    batch: Batch,
    changes: Changes,
    kind: str,
    *,
    case_id: int,
    visit_id: int | None = None,
    person_id: int | None = None,
    urgent: bool = False,
    subject_id: int | None = None,
    receipt_id: int | None = None,
) -> None:
    """Open an alert of `kind` unless the same is still open, and tell every scheduler in their language.

    `receipt_id` is the receipt of the rules that says why, where they refused something or let it wait.
    """
    alert_id = new_id()
    row = {
        "id": alert_id,
        "kind": kind,
        "urgent": urgent,
        "case_id": case_id,
        "visit_id": visit_id,
        "subject_id": subject_id,
        "receipt_id": receipt_id,
        "opened_at": batch.now,
    }
    if not await alerts.open_alert(batch.tx, row) and not urgent:
        return
    who = await batch.person(person_id) if person_id else None
    for person in await desk(batch):
        await _tell(batch, changes, person, kind, alert_id, case_id, who)
    if kind == "sos" and visit_id is not None:
        await _tell_partner(batch, changes, visit_id, person_id, alert_id, case_id, who)


async def step_refused(batch: Batch, changes: Changes, refusal: DisclosureRefused) -> None:
    """Tell the scheduler that a step which discloses a debt was not opened."""
    await alert(
        batch,
        changes,
        "step_refused",
        case_id=refusal.case_id,
        visit_id=refusal.visit_id,
        receipt_id=refusal.receipt_id,
    )


async def desk(batch: Batch) -> list[Person]:
    """Return the schedulers and administrators who have opened their invite."""
    rows = [row for role in DESK_ROLES for row in await people.active(batch.tx, role)]
    return [open_person(row, batch.inst.vault) for row in rows if row.chat_id is not None]


async def _tell(
    batch: Batch,
    changes: Changes,
    person: Person,
    kind: str,
    alert_id: int,
    case_id: int,
    who: Person | None,
) -> None:
    inst = batch.inst
    locale = await locale_of_person(batch, person)
    html = await alert_text(batch, locale, kind, case_id, who)
    buttons = [
        (inst.catalogues.text(locale, text.context, text.msgid), f"{verb}:{alert_id}")
        for verb, text in (("take", TAKE), ("done", DONE))
    ]
    if kind == "unknown_delivery":
        again = inst.catalogues.text(locale, SEND_AGAIN.context, SEND_AGAIN.msgid)
        buttons.append((again, f"again:{alert_id}"))
    call = inst.calls.menu(person.chat_id or 0, html, [buttons])
    lane = Lane.SAFETY if kind == "sos" else Lane.REPLIES
    parcel = Parcel(call, f"a{alert_id}:{person.id}", person.chat_id or 0, lane, Purpose.ALERT)
    to_staff(batch, changes, parcel)


async def alert_text(batch: Batch, locale: str, kind: str, case_id: int, who: Person | None) -> str:
    """Return what an alert says, as html. Names and address only where somebody must act on them at once."""
    inst = batch.inst
    case = await batch.case(case_id)
    text = ALERTS.get(kind, ALERTS["other"])
    words = inst.catalogues.text(locale, text.context, text.msgid)
    values = {
        "case_ref": case.case_ref,
        "who": who.name if who else "",
        "address": case.personal["address"] if kind == "sos" else "",
    }
    return inst.calls.escape(words.format_map(values))


async def locale_of_person(batch: Batch, person: Person) -> str:
    """Return the language of a member of staff: their own choice in chat, else as invited."""
    rows = await chats.load(batch.tx, [person.chat_id]) if person.chat_id else []
    return next((row.locale for row in rows if row.locale), person.locale)


async def _tell_partner(
    batch: Batch,
    changes: Changes,
    visit_id: int,
    person_id: int | None,
    alert_id: int,
    case_id: int,
    who: Person | None,
) -> None:
    visit = await batch.visit(visit_id)
    other = visit.safety_officer_id if visit.collector_id == person_id else visit.collector_id
    partner = await batch.person(other)
    if partner.chat_id is not None:
        await _tell(batch, changes, partner, "sos", alert_id, case_id, who)
