"""Agreed by phone: a scheduler who called the customer writes down that the visit suits them."""

from typing import TYPE_CHECKING

from bot.i18n.text import T
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
from flows.rules import Outcome

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

CONFIRMED = T("visit/confirmed_by_phone", "{case_ref}: the visit is confirmed, as agreed by phone.")
NOT_LAWFUL = T("visit/not_lawful_now", "The rules do not allow this visit any more: {title}")


async def agree_by_phone(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Confirm a visit that could not be announced in chat, if it lies ahead and its time is lawful now."""
    batch, person = talk.batch, talk.staff
    visit = next(iter(await visits.by_ids(batch.tx, [reference.subject_id])), None)
    if visit is None or person is None or visit.status != "approved" or visit.starts_at <= batch.now:
        return talk.plain(NO_LONGER_OPEN)
    case = await batch.case(visit.case_id)
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
    talk.changes.audit.append(
        {
            "at": batch.now,
            "actor": f"person:{person.id}",
            "kind": "visit.agreed_by_phone",
            "case_id": case.id,
            "visit_id": visit.id,
            "data": {"sequence": visit.sequence},
        }
    )
    await settle_itself(batch, talk.changes, case.id, "channel_barred", "refused", "unreachable")
    await talk.say(CONFIRMED, case_ref=case.case_ref)
    return ""
