"""The case file in the scheduler's chat: how far behind the case is, and its history page by page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from bot.casework.arrears import bucket, days_past_due
from bot.i18n import formats
from bot.i18n.text import T
from bot.service.audit_line import CLI
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.looked import note_look
from bot.service.desk.cases.section import Section
from bot.service.desk.cases.timeline import Entry, timeline_of
from bot.service.desk.queue.kinds import KINDS
from bot.service.desk.rules.titles import title_in
from bot.service.field.evidence.items import SHORT
from bot.service.field.evidence.texts import BETWEEN_SIGNALS, SIGNALS
from bot.service.field.evidence.texts import KINDS as EVIDENCE
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.ports import Button
from bot.service.outbound.texts import NO_LONGER_OPEN, SUMMARY_LABELS
from bot.store import cases
from flows.rules import RuleRef
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

PAGE = 12  # entries
PAST_DUE = T("case/past_due", "Days past due: {days} ({bucket})")
HISTORY = T("case/history", "History")
EARLIER = T("case/earlier", "Earlier")
LATER = T("case/later", "Later")
PAGE_HEAD = T("case/history_head", "{case_ref}: history, page {page} of {pages}, the newest first")
BY = T("case/by", "{what} ({who})")
COLLEAGUE = T("case/colleague", "colleague")
COMMAND_LINE = T("case/command_line", "command line")
UNNAMED = T("history/other", "Noted: {kind}")
LINES: Mapping[str, Text] = {
    "case.imported": T("history/imported", "Taken in with a file"),
    "case.updated": T("history/updated", "Changed by a file: {columns}"),
    "case.looked_at": T("history/looked_at", "Somebody looked at the case"),
    "case.exported": T("history/exported", "Everything on record was written into a file"),
    "data.asked": T("history/data_asked", "The customer asked for a copy of their data"),
    "data.sent": T("history/data_sent", "The copy of their data went to the customer"),
    "contact.sent": T("history/sent", "Message sent: {purpose}"),
    "contact.unknown": T("history/unknown", "Message, not known whether it arrived: {purpose}"),
    "contact.failed": T("history/failed", "Message that could not be sent: {purpose}"),
    "contact.withdrawn": T("history/withdrawn", "Message not sent: {purpose}"),
    "rule.wait": T("history/rule_wait", "Had to wait: {title}"),
    "rule.refused": T("history/rule_refused", "Refused by a rule: {title}"),
    "answer": T("history/answer", "{question}: {answer}"),
    "promise.made": T("history/promise_made", "Promise: {amount} on {due_on}"),
    "promise.kept": T("history/promise_kept", "Promise kept: {amount}"),
    "promise.broken": T("history/promise_broken", "Promise not kept: {amount}"),
    "promise.replaced": T("history/promise_replaced", "Promise replaced by a newer one: {amount}"),
    "promise.late": T("history/promise_late", "Promise kept late: {amount}"),
    "plans.worked_out": T("history/plans_worked_out", "Plans looked at in the visit: {plans}"),
    "plan.proposed": T("history/plan_proposed", "Plan picked in the visit: {product}"),
    "plan.first": T("history/plan_first", "Plan granted by the first of two"),
    "plan.granted": T("history/plan_granted", "Plan granted"),
    "plan.refused": T("history/plan_refused", "Plan not granted"),
    "plan.accepted": T("history/plan_accepted", "Plan accepted by the customer"),
    "plan.declined": T("history/plan_declined", "Plan declined by the customer"),
    "plan.taken_back": T("history/plan_taken_back", "Plan taken back by the customer"),
    "plan.lapsed": T("history/plan_lapsed", "Plan closed without an answer"),
    "plan.kept": T("history/plan_kept", "Plan kept to the end"),
    "payment": T("history/payment", "Payment: {amount}"),
    "item.opened": T("history/item_opened", "For the desk: {item}"),
    "item.answered": T("history/item_answered", "Answered in the customer's chat"),
    "item.matched": T("history/item_matched", "Payment found by the desk"),
    "item.asked_for_receipt": T(
        "history/item_asked", "Payment not found; the customer was asked for the receipt"
    ),
    "item.resolved": T("history/item_resolved", "Resolved by the desk"),
    "hold.opened": T("history/hold_opened", "On hold: {hold}"),
    "hold.lifted": T("history/hold_lifted", "No longer on hold: {hold}"),
    "call.contacted": T("history/call_contacted", "Call: spoke with the customer"),
    "call.attempted": T("history/call_attempted", "Call: nobody answered"),
    "visit.approved": T("history/visit_approved", "Visit approved for {starts_at}"),
    "visit.announced": T("history/visit_announced", "Visit announced for {starts_at}"),
    "visit.confirmed": T("history/visit_confirmed", "Visit confirmed by the customer"),
    "visit.moved": T("history/visit_moved", "Visit moved"),
    "visit.checked_in": T("history/checked_in", "Checked in at the visit"),
    "visit.right_party": T("history/right_party", "Identity established at the door"),
    "visit.checked_out": T("history/checked_out", "Checked out of the visit"),
    "visit.ended": T("history/visit_ended", "Visit ended"),
    "identity.established": T("history/identified", "Identity established in the chat"),
    "identity.missed": T("history/missed", "Wrong answer to the identity question"),
    "customer.stopped": T("history/stopped", "The customer asked to stop"),
    "risk.decided": T("history/risk_decided", "Treatment decided"),
    "evidence.received": T("history/evidence_received", "Sent in, still being fetched: {what}"),
    "evidence.kept": T("history/evidence_kept", "Evidence kept: {what}, SHA-256 {sha256}…"),
    "evidence.same": T("history/evidence_same", "Sent in once more: {what}"),
    "evidence.refused": T("history/evidence_refused", "Sent in, not taken: {what}"),
    "evidence.lost": T("history/evidence_lost", "Sent in, lost on the way: {what}"),
    "evidence.place": T(
        "history/evidence_place", "Location, metres from the address: {distance_m}; signals: {signals}"
    ),
    "evidence.opened": T("history/evidence_opened", "An original was fetched"),
}
PURPOSES: Mapping[str, Text] = {
    "notice": T("purpose/notice", "visit notice"),
    "nudge": T("purpose/nudge", "nudge"),
    "reminder": T("purpose/reminder", "reminder"),
    "follow_up": T("purpose/follow_up", "follow-up"),
    "confirmation": T("purpose/confirmation", "confirmation"),
    "reply": T("purpose/reply", "reply"),
    "answer": T("purpose/answer", "a person's answer"),
    "satisfaction": T("purpose/satisfaction", "survey"),
}


async def arrears_section(talk: "Talk", case: CaseFile) -> Section:
    """Return how far behind the case is, and the button to its history."""
    today = talk.batch.now.astimezone(ZoneInfo(case.timezone)).date()
    days = days_past_due(case.overdue_since, today)
    html = talk.text(PAST_DUE, days=formats.number(talk.locale, days), bucket=bucket(days))
    return Section(html, [[(talk.plain(HISTORY), f"history:{case.id}:0")]])


async def turn_history(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Show a page of a case's history; the first one is a message of its own, the others take its place."""
    if not reference.extra.isdigit() or not await cases.by_ids(talk.batch.tx, [reference.subject_id]):
        return talk.plain(NO_LONGER_OPEN)
    case = await talk.batch.case(reference.subject_id)
    note_look(talk, case.id)
    entries = (await timeline_of(talk.batch, case))[::-1]
    pages = max(1, -(-len(entries) // PAGE))
    page = min(int(reference.extra), pages - 1)
    lines = [line_of(talk, case, entry) for entry in entries[page * PAGE : (page + 1) * PAGE]]
    head = talk.text(PAGE_HEAD, case_ref=case.case_ref, page=page + 1, pages=pages)
    html = "\n".join([head, "", *map(talk.batch.inst.calls.escape, lines)])
    turning = int(reference.extra) > 0 or _is_a_page(tap)
    edit = tap.origin.message_id if turning else None
    await talk.reply(talk.batch.inst.calls.menu(talk.chat_id, html, _turns(talk, case.id, page, pages), edit))
    return ""


def _is_a_page(tap: Tap) -> bool:
    """Only a page's own button to the newest entries says so."""
    return tap.data.endswith(":00")


def _turns(talk: "Talk", case_id: int, page: int, pages: int) -> list[list[Button]]:
    row = []
    if page > 0:
        row.append((talk.plain(LATER), f"history:{case_id}:{page - 1:02}"))
    if page < pages - 1:
        row.append((talk.plain(EARLIER), f"history:{case_id}:{page + 1:02}"))
    return [row] if row else []


class Reader(Protocol):
    """Whom something is put into words for: a chat, or a document in a language."""

    @property
    def batch(self) -> Batch:
        """Return what is loaded."""

    @property
    def locale(self) -> str:
        """Return the language."""

    def plain(self, text: Text) -> str:
        """Return one of our own texts."""


def line_of(talk: Reader, case: CaseFile, entry: Entry) -> str:
    """Return an entry in words, with its day and time by the case's own clock."""
    day = formats.date(talk.locale, entry.at.astimezone(ZoneInfo(case.timezone)).date())
    when = f"{day} {formats.clock(talk.locale, case.timezone, entry.at)}"
    text = LINES.get(entry.kind)
    values = {name: _shown(talk, case, name, value) for name, value in entry.data.items()} | _rule(
        talk, entry
    )
    if text is None or not set(text.names) <= values.keys():
        what = talk.plain(UNNAMED).format(kind=entry.kind)
    else:
        what = talk.plain(text).format_map(values)
    who = _who(talk, entry.actor)
    return f"{when}  {talk.plain(BY).format(what=what, who=who) if who else what}"


def _rule(talk: Reader, entry: Entry) -> dict[str, str]:
    """Return what the rule of a receipt says, in the reader's language."""
    rule, title = entry.data.get("rule"), entry.data.get("title")
    if not rule or not title:
        return {}
    return {"title": title_in(talk.batch.inst.catalogues, talk.locale, RuleRef.read(rule), title)}


def _who(talk: Reader, actor: str) -> str:
    if actor.startswith("person:"):
        return talk.plain(COLLEAGUE)
    return talk.plain(COMMAND_LINE) if actor == CLI else ""


def _shown(talk: Reader, case: CaseFile, name: str, value: Any) -> str:
    """Return a detail in the reader's language."""
    if isinstance(value, datetime):
        return f"{formats.day(talk.locale, case.timezone, value)}, {formats.clock(talk.locale, case.timezone, value)}"
    if isinstance(value, date):
        return formats.date(talk.locale, value)
    if isinstance(value, list):
        return talk.plain(BETWEEN_SIGNALS).join(_shown(talk, case, name, one) for one in value) or "–"
    if name in WORDS and value in WORDS[name]:
        return talk.plain(WORDS[name][value])
    if name == "sha256":
        return str(value)[:SHORT]
    return "–" if value is None else str(value)


_ITEMS = {kind: one.label for kind, one in KINDS.items()}
WORDS: Mapping[str, Mapping[str, Text]] = {
    "purpose": PURPOSES,
    "item": _ITEMS,
    "hold": _ITEMS,
    "question": SUMMARY_LABELS,
    "what": EVIDENCE,
    "signals": SIGNALS,
}
