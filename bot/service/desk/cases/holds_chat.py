"""Holds in the scheduler's chat: shown with the case, each with its button that begins a conversation."""

from typing import TYPE_CHECKING, Any

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.customer.holds import note_of
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.section import Section
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.ports import Button
from bot.store import barred_times, holds

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

PUT_ON_HOLD = T("hold/put", "Put on hold")
LIFT = T("hold/lift", "Lift: {kind}")
SHOWN = T("hold/shown", "On hold: {kind}, since {since}")
SHOWN_UNTIL = T("hold/shown_until", "On hold: {kind}, since {since} until {until}")
NO_TIMES = T("hold/no_times", "Not at these times: {times}")
_CHOICES = "put_on_hold"


async def holds_section(talk: "Talk", case: CaseFile) -> Section:
    """What holds a case, with the words that came with it; the times that do not suit; buttons to hold and to lift."""
    return Section("\n".join(await _lines(talk, case)), await _buttons(talk, case))


async def _lines(talk: "Talk", case: CaseFile) -> list[str]:
    rows = await holds.active(talk.batch.tx, case.id, talk.batch.now)
    lines = [line for row in rows for line in _shown(talk, case, row)]
    barred = await barred_times.of_case(talk.batch.tx, case.id)
    if barred:
        times = [formats.weekly(talk.locale, row.weekday, row.opens, row.closes) for row in barred]
        lines.append(talk.text(NO_TIMES, times=", ".join(times)))
    return lines


def _shown(talk: "Talk", case: CaseFile, row: Any) -> list[str]:
    text = SHOWN if row.until is None else SHOWN_UNTIL
    until = "" if row.until is None else formats.day(talk.locale, case.timezone, row.until)
    since = formats.day(talk.locale, case.timezone, row.since)
    line = talk.text(text, kind=kind_label(talk, row.kind), since=since, until=until)
    said = note_of(talk.batch.inst.vault, row)
    return [line, talk.batch.inst.calls.escape(f"“{said}”")] if said else [line]


async def _buttons(talk: "Talk", case: CaseFile) -> list[list[Button]]:
    rows = await holds.active(talk.batch.tx, case.id, talk.batch.now)
    lift = [[(talk.plain(LIFT).format(kind=kind_label(talk, row.kind)), f"lift:{row.id}")] for row in rows]
    return [*lift, [(talk.plain(PUT_ON_HOLD), f"hold:{case.id}")]]


def kind_label(talk: "Talk", kind: str) -> str:
    """Return how the scheduler's own choices name a kind of hold; one that they do not offer stands as it is."""
    step = talk.batch.inst.library.latest[_CHOICES].steps["kind"]
    labels = {choice.id: choice.label for choice in getattr(step, "choices", ())}
    return talk.plain(labels[kind]) if kind in labels else kind


async def ask_hold(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Begin to put a case on hold."""
    await talk.begin("put_on_hold", case_id=reference.subject_id)
    return ""


async def ask_lift(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Begin to lift a hold."""
    row = await holds.by_id(talk.batch.tx, reference.subject_id)
    if row is not None:
        await talk.begin("lift_hold", case_id=row.case_id, values={"hold": row.id})
    return ""
