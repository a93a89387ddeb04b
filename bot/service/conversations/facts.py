"""What a script may branch on and time itself by: impersonal facts of the case and the visit, fresh each turn."""

from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.casework.crisis_lines import has_crisis_line
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.conversations.values import promise_of
from bot.service.outbound.gate import recording_at

_REMIND_AT = (time(10), time(17))  # local wall times of a promise's reminder; the gate moves it where it must


async def facts_for(batch: Batch, conversation: Conversation) -> Mapping[str, object]:
    """Return the facts of `flows/scripts`; instants are aware UTC, absent things are left out."""
    chat = batch.chat(conversation.chat_id)
    facts: dict[str, object] = {"locale_chosen": chat is not None and chat.locale is not None}
    if conversation.visit_id is not None:
        facts |= await _visit_facts(batch, conversation)
    if conversation.case_id is not None:
        facts |= await _case_facts(batch, conversation)
    return facts


async def _visit_facts(batch: Batch, conversation: Conversation) -> dict[str, object]:
    visit = await batch.visit(conversation.visit_id or 0)
    partner = {visit.collector_id: "safety_officer_in_at", visit.safety_officer_id: "collector_in_at"}
    partner_in_at = getattr(visit, partner.get(conversation.person_id or 0, "collector_in_at"))
    return {
        "has_visit": True,
        "visit_status": visit.status,
        "visit_starts_at": visit.starts_at,
        "visit_ends_at": visit.ends_at,
        "identity_established": visit.identity_at is not None,
        "partner_in": partner_in_at is not None,
    }


async def _case_facts(batch: Batch, conversation: Conversation) -> dict[str, object]:
    case = await batch.case(conversation.case_id or 0)
    facts: dict[str, object] = {"identified": case.identified_at is not None}
    facts["has_crisis_line"] = has_crisis_line(case.jurisdiction)
    if conversation.script.name == "onsite":
        facts["recording"] = await recording_at(batch, case)
    if conversation.script.name == "follow_up":
        promise, zone = await promise_of(batch, conversation), ZoneInfo(case.timezone)
        if promise is not None:
            facts["promise_due_at"] = _reminder_at(promise.due_on, zone, batch.now)
            facts["promise_days"] = (promise.due_on - batch.now.astimezone(zone).date()).days
    return facts


def _reminder_at(due_on: date, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when to remind of a promise: in the morning, or in the afternoon if it was made that same day."""
    morning, afternoon = (datetime.combine(due_on, at, zone) for at in _REMIND_AT)
    return morning if morning > now else afternoon
