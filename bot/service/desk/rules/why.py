"""Why something was refused or waits: the rule, its source, and when it becomes lawful, for the scheduler who asks."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.rules.titles import title_of
from bot.service.inbound.incoming import Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.gate import judge_other_way
from bot.service.outbound.texts import NO_LONGER_OPEN
from bot.store import receipts
from flows.rules import Channel, Outcome, Verdict
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

HEADINGS: Mapping[Outcome, Text] = {
    Outcome.ALLOWED: T("why/allowed", "{case_ref}: {about}. No rule stands in the way."),
    Outcome.WAIT: T("why/waits", "{case_ref}: {about}. It waits, because of this rule:"),
    Outcome.REFUSED: T("why/refused", "{case_ref}: {about}. It was refused, because of this rule:"),
}
ABOUT: Mapping[str, Text] = {
    "message": T("why/message", "a message to the customer"),
    "reply": T("why/reply", "an answer to the customer"),
    "call": T("why/call", "a call to the customer"),
    "visit_slot": T("why/visit_slot", "the time of a visit"),
    "onsite_step": T("why/onsite_step", "a step at the door"),
}
OTHER = T("why/other", "what was asked")
SOURCE = T("why/source", "Source: {citation}")
STANDING = T("why/standing", "Standing: {force}, {status}")
FORCES: Mapping[str, Text] = {
    "law": T("force/law", "law"),
    "regulator": T("force/regulator", "rule of a regulator"),
    "standard": T("force/standard", "standard"),
    "self_regulation": T("force/self_regulation", "rule of the trade"),
    "guidance": T("force/guidance", "guidance"),
    "policy": T("force/policy", "the lender's own policy"),
}
STATUSES: Mapping[str, Text] = {
    "verified": T("rule_status/verified", "verified"),
    "unverified": T("rule_status/unverified", "not verified yet"),
}
FROM = T("why/from", "Lawful from {day}, {time} (your time)")
NEVER = T("why/never", "It does not become lawful by waiting.")
ALLOWED_NOW = T("why/allowed_now", "{way}: allowed now")
ALLOWED_FROM = T("why/allowed_from", "{way}: allowed from {day}, {time} (your time)")
NOT_ALLOWED = T("why/not_allowed", "{way}: not allowed")
WAYS: Mapping[Channel, Text] = {
    Channel.PHONE: T("way/phone", "By telephone"),
    Channel.LETTER: T("way/letter", "By letter"),
}


async def why(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Tell the scheduler what a receipt says, and what is allowed instead where the channel itself is barred."""
    row = await receipts.by_id(talk.batch.tx, reference.subject_id)
    if row is None:
        return talk.plain(NO_LONGER_OPEN)
    verdict = Verdict.from_json(row.verdict)
    case = await talk.batch.case(row.case_id)
    about = talk.plain(ABOUT.get(row.about, OTHER))
    lines = [talk.text(HEADINGS[verdict.outcome], case_ref=case.case_ref, about=about), ""]
    if verdict.bound is not None:
        lines += _rule(talk, verdict)
    if verdict.kind == "channel_permission":
        lines += ["", *[await _other_way(talk, row, channel) for channel in WAYS]]
    await talk.reply(talk.batch.inst.calls.say(talk.chat_id, "\n".join(lines)))
    return ""


def _rule(talk: "Talk", verdict: Verdict) -> Iterator[str]:
    """Yield what the rule says, its source and standing, and when it gives way."""
    inst = talk.batch.inst
    yield inst.calls.escape(title_of(inst.catalogues, talk.locale, verdict))
    yield talk.text(SOURCE, citation=verdict.citation)
    if verdict.force in FORCES and verdict.status in STATUSES:
        force, status = talk.plain(FORCES[verdict.force]), talk.plain(STATUSES[verdict.status])
        yield talk.text(STANDING, force=force, status=status)
    yield talk.text(FROM, **_when(talk, verdict)) if verdict.until is not None else talk.text(NEVER)


async def _other_way(talk: "Talk", row: Any, channel: Channel) -> str:
    verdict = await judge_other_way(talk.batch, await talk.batch.case(row.case_id), channel)
    way = talk.plain(WAYS[channel])
    if verdict.outcome is Outcome.WAIT:
        return talk.text(ALLOWED_FROM, way=way, **_when(talk, verdict))
    return talk.text(ALLOWED_NOW if verdict.outcome is Outcome.ALLOWED else NOT_ALLOWED, way=way)


def _when(talk: "Talk", verdict: Verdict) -> dict[str, str]:
    """Return the instant by the scheduler's own clock."""
    zone = talk.staff.timezone if talk.staff is not None else talk.batch.inst.settings.timezone
    until = verdict.until or talk.batch.now
    return {"day": formats.day(talk.locale, zone, until), "time": formats.clock(talk.locale, zone, until)}
