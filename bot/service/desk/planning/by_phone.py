"""By phone: a scheduler who called the customer writes down what came of it. Each call counts as the rules say."""

from typing import TYPE_CHECKING

from bot.i18n.text import T
from bot.service.audit_line import About, audit_line, colleague
from bot.service.desk.calls import keep_call
from bot.service.desk.queue.alerts import settle_itself
from bot.service.desk.rules.titles import title_of
from bot.service.field.no_show import expect_team
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.gate import judge_slot
from bot.service.outbound.receipts import keep
from bot.service.outbound.rule_facts import facts_of
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import visits
from flows.rules import ContactOutcome, Outcome

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

CONFIRMED = T("visit/confirmed_by_phone", "{case_ref}: the visit is confirmed, as agreed by phone.")
NOTED = T("call/noted", "Noted. It counts as a call; “Why?” shows when the next one is allowed.")
NOTED_UNLAWFUL = T("call/noted_unlawful", "Noted. The rules did not allow this call: {title}")
NOT_LAWFUL = T("visit/not_lawful_now", "The rules do not allow this visit any more: {title}")
_NO_AGREEMENT = (ContactOutcome.CONTACTED, ContactOutcome.ATTEMPTED)


async def agree_by_phone(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Confirm a visit that could not be announced in chat, if it lies ahead and its time is lawful now."""
    batch, person = talk.batch, talk.staff
    visit = next(iter(await visits.by_ids(batch.tx, [reference.subject_id])), None)
    if visit is None or person is None or visit.status != "approved" or visit.starts_at <= batch.now:
        return talk.plain(NO_LONGER_OPEN)
    case = await batch.case(visit.case_id)
    await keep_call(talk, case, visit.id, ContactOutcome.CONTACTED)
    facts = await facts_of(batch, case)
    verdict = judge_slot(batch.inst, facts, visit.starts_at, visit.ends_at, batch.now)
    keep(talk.changes, verdict, case_id=case.id, visit_id=visit.id)
    if verdict.outcome is not Outcome.ALLOWED:
        title = title_of(batch.inst.catalogues, talk.locale, verdict)
        return talk.plain(NOT_LAWFUL).format(title=title)
    agreed = {"noticed_at": batch.now, "confirmed_at": batch.now}
    await visits.move_status(batch.tx, visit.id, ("approved",), "confirmed", **agreed)
    batch.stale(visit_id=visit.id)
    await expect_team(batch, visit)
    line = audit_line(
        batch.now,
        colleague(person.id),
        "visit.agreed_by_phone",
        About(case.id, visit.id),
        sequence=visit.sequence,
    )
    talk.changes.audit.append(line)
    await settle_itself(batch, talk.changes, case.id, "channel_barred", "refused", "unreachable")
    await talk.say(CONFIRMED, case_ref=case.case_ref)
    return ""


async def note_call(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Keep a call about a visit that ended without an agreement, or that nobody answered."""
    visit = next(iter(await visits.by_ids(talk.batch.tx, [reference.subject_id])), None)
    if visit is None or talk.staff is None or reference.extra not in _NO_AGREEMENT:
        return talk.plain(NO_LONGER_OPEN)
    case = await talk.batch.case(visit.case_id)
    verdict = await keep_call(talk, case, visit.id, ContactOutcome(reference.extra))
    if verdict.outcome is Outcome.ALLOWED:
        return talk.plain(NOTED)
    title = title_of(talk.batch.inst.catalogues, talk.locale, verdict)
    return talk.plain(NOTED_UNLAWFUL).format(title=title)
