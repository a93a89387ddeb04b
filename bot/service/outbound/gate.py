"""The one place that asks the rules: may this go to the customer now, may this slot be offered, may this be said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.desk.casefile import CaseFile
from bot.service.installation import Installation
from bot.store import holds, outbox
from flows.rules import (
    Action,
    ActionKind,
    Channel,
    Consent,
    ConsentForm,
    Contact,
    Facts,
    Hold,
    Outcome,
    Pack,
    Purpose,
    Recording,
    Verdict,
    decide,
)

_LOOK_BACK = timedelta(days=35)  # the longest rolling period that a rule counts contacts in
TEAM = 2
_DOOR_STEP = Action(
    kind=ActionKind.ONSITE_STEP,
    channel=Channel.VISIT,
    purpose=Purpose.VISIT,
    discloses_debt=True,
    staff=TEAM,
)
_DOOR = Action(kind=ActionKind.RECORDING, channel=Channel.VISIT, purpose=Purpose.VISIT, staff=TEAM)
_NOTHING, _SOUND, _FILM = Recording(), Recording(audio=True), Recording(audio=True, video=True)
_REPLY_STEP = Action(
    kind=ActionKind.REPLY, channel=Channel.MESSENGER, purpose=Purpose.REPLY, discloses_debt=True
)


def packs_of(inst: Installation, jurisdiction: str) -> Sequence[Pack]:
    """Return the packs that bind in `jurisdiction`, the lender's own policy among them."""
    return inst.library.packs[jurisdiction]


async def facts_of(batch: Batch, case: CaseFile) -> Facts:
    """Gather what the rules may know of a case: earlier contacts, holds, whether the right party is known."""
    contacts = await outbox.contacts_of(batch.tx, case.id, batch.now - _LOOK_BACK)
    held = await holds.active(batch.tx, case.id, batch.now)
    return Facts(
        zone=case.timezone,
        jurisdiction=case.jurisdiction,
        contacts=tuple(
            Contact(at=row.sent_at, channel=Channel.MESSENGER, purpose=Purpose(row.purpose))
            for row in contacts
        ),
        holds=tuple(Hold(kind=row.kind, since=row.since, until=row.until) for row in held),
        identity_established=case.identified_at is not None,
    )


async def judge_message(batch: Batch, case: CaseFile, purpose: Purpose, *, solicited: bool) -> Verdict:
    """May a message of this purpose go to this customer's chat, now or when?"""
    kind = ActionKind.REPLY if solicited else ActionKind.MESSAGE
    action = Action(kind=kind, channel=Channel.MESSENGER, purpose=purpose)
    return decide(action, await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction), batch.now)


def judge_slot(
    inst: Installation, facts: Facts, starts_at: datetime, ends_at: datetime, at: datetime
) -> Verdict:
    """May this visit take place then, if it is fixed at `at`?"""
    action = Action(
        kind=ActionKind.VISIT_SLOT,
        channel=Channel.VISIT,
        purpose=Purpose.VISIT,
        starts_at=starts_at,
        ends_at=ends_at,
        staff=TEAM,
    )
    return decide(action, facts, packs_of(inst, facts.jurisdiction), at)


async def recording_at(batch: Batch, case: CaseFile) -> str:
    """What the rules say about recording the talk at this door: forbidden, needs_consent, required or allowed."""
    facts = await facts_of(batch, case)
    agreed = [Consent(to, ConsentForm.EXPRESS, batch.now) for to in ("recording_audio", "recording_video")]
    consenting = replace(facts, consents=(*facts.consents, *agreed))

    def may(recording: Recording, given: Facts) -> bool:
        action = replace(_DOOR, recording=recording)
        verdict = decide(action, given, packs_of(batch.inst, case.jurisdiction), batch.now)
        return verdict.outcome is Outcome.ALLOWED

    if not may(_NOTHING, facts):
        return "required" if any(may(one, consenting) for one in (_SOUND, _FILM)) else "forbidden"
    if may(_SOUND, facts):
        return "allowed"
    return "needs_consent" if may(_SOUND, consenting) else "forbidden"


async def judge_step(batch: Batch, conversation: Conversation) -> Verdict:
    """May a step that discloses the debt be opened in this conversation?

    At the door the right party is the one whom the team established in this visit; in a customer's own chat
    it is the one who proved who they are there, and the hours of visits do not bind what they ask for.
    """
    case = await batch.case(conversation.case_id or 0)
    facts = await facts_of(batch, case)
    action = _REPLY_STEP
    if conversation.person_id is not None:
        visit = await batch.visit(conversation.visit_id or 0)
        facts = replace(facts, identity_established=visit.identity_at is not None)
        action = _DOOR_STEP
    return decide(action, facts, packs_of(batch.inst, case.jurisdiction), batch.now)


async def judge_other_way(batch: Batch, case: CaseFile, channel: Channel) -> Verdict:
    """May this customer be told of a visit by telephone or by letter, now or when?"""
    kind = ActionKind.CALL if channel is Channel.PHONE else ActionKind.MESSAGE
    action = Action(kind=kind, channel=channel, purpose=Purpose.NOTICE)
    return decide(action, await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction), batch.now)


def messenger_barred(inst: Installation, case: CaseFile, at: datetime) -> Verdict | None:
    """Return the verdict that bars the messenger for this customer, whatever they ask; None where it may be used."""
    action = Action(kind=ActionKind.REPLY, channel=Channel.MESSENGER, purpose=Purpose.REPLY)
    facts = Facts(zone=case.timezone, jurisdiction=case.jurisdiction)
    verdict = decide(action, facts, packs_of(inst, case.jurisdiction), at)
    return verdict if verdict.kind == "channel_permission" else None
