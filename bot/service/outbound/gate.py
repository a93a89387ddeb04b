"""The one place that asks the rules: may this go to the customer now, may this slot be offered, may this be said."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.desk.cases.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.rule_facts import facts_of
from flows.rules import (
    Action,
    ActionKind,
    AgreedTime,
    Channel,
    Consent,
    ConsentForm,
    Facts,
    Outcome,
    Pack,
    Purpose,
    Recording,
    Verdict,
    decide,
    held,
)

TEAM = 2
_DOOR_STEP = Action(
    kind=ActionKind.ONSITE_STEP,
    channel=Channel.VISIT,
    purpose=Purpose.VISIT,
    discloses_debt=True,
    staff=TEAM,
)
_STAY = replace(_DOOR_STEP, discloses_debt=False)
_DOOR = Action(kind=ActionKind.RECORDING, channel=Channel.VISIT, purpose=Purpose.VISIT, staff=TEAM)
_NOTHING, _SOUND, _FILM = Recording(), Recording(audio=True), Recording(audio=True, video=True)
_REPLY_STEP = Action(
    kind=ActionKind.REPLY, channel=Channel.MESSENGER, purpose=Purpose.REPLY, discloses_debt=True
)
_CALL_STEP = replace(_REPLY_STEP, channel=Channel.PHONE)
RIGHT_PARTY, THEM = "right_party", "them"  # what scripts that are read out on the telephone save


def packs_of(inst: Installation, jurisdiction: str) -> Sequence[Pack]:
    """Return the packs that bind in `jurisdiction`, the lender's own policy among them."""
    return inst.library.packs[jurisdiction]


async def judge_message(batch: Batch, case: CaseFile, purpose: Purpose, *, solicited: bool) -> Verdict:
    """May a message of this purpose go to this customer's chat, now or when?

    The confirmation of a stop is judged as a message of ours although it answers one: the rules allow it once.
    """
    reply = solicited and purpose is not Purpose.OPT_OUT_CONFIRMATION
    action = _message(purpose, ActionKind.REPLY if reply else ActionKind.MESSAGE)
    return decide(action, await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction), batch.now)


def judge_slot(
    inst: Installation,
    facts: Facts,
    starts_at: datetime,
    ends_at: datetime,
    at: datetime,
    *,
    told_at: datetime | None = None,
) -> Verdict:
    """May this visit take place then, if it is fixed at `at`? `told_at`: the customer has known of it since then.

    A case has one visit at a time: a planned one would give way to this, or is this, and does not count.
    """
    made = tuple(one for one in facts.contacts if one.channel is not Channel.VISIT or one.at <= at)
    facts = replace(facts, contacts=made)
    action = replace(_slot(starts_at, ends_at), told_at=told_at)
    return decide(action, facts, packs_of(inst, facts.jurisdiction), at)


async def judge_announced(batch: Batch, case: CaseFile, visit: Any) -> Verdict:
    """May a visit that the customer was told of take place, if they say yes to it now?

    They have known of it since the notice; and it suits them, whatever times they have named.
    """
    facts = replace(await facts_of(batch, case), barred_times=())
    span = visit.starts_at, visit.ends_at
    return judge_slot(batch.inst, facts, *span, batch.now, told_at=visit.noticed_at)


async def message_held(batch: Batch, case: CaseFile, purpose: Purpose) -> bool:
    """Does a hold keep back messages of this purpose that nobody asked for?"""
    facts, packs = await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction)
    return held(_message(purpose), facts, packs, batch.now).outcome is not Outcome.ALLOWED


async def slot_held(batch: Batch, case: CaseFile) -> bool:
    """Does a hold stand against visits?"""
    facts, packs = await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction)
    return held(_slot(batch.now, batch.now), facts, packs, batch.now).outcome is not Outcome.ALLOWED


def _message(purpose: Purpose, kind: ActionKind = ActionKind.MESSAGE) -> Action:
    return Action(kind=kind, channel=Channel.MESSENGER, purpose=purpose)


def _slot(starts_at: datetime, ends_at: datetime) -> Action:
    return Action(
        kind=ActionKind.VISIT_SLOT,
        channel=Channel.VISIT,
        purpose=Purpose.VISIT,
        starts_at=starts_at,
        ends_at=ends_at,
        staff=TEAM,
    )


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
    it is the one who proved who they are there, and the hours of visits do not bind what they ask for. A visit
    that they agreed to suits them, whatever times they have named since. On the telephone it is the one who said
    who they are in this call; whether and when to call was asked before it.
    """
    case = await batch.case(conversation.case_id or 0)
    facts = await facts_of(batch, case)
    action = _REPLY_STEP
    if conversation.person_id is not None and conversation.visit_id is None:
        said = conversation.session.values.get(RIGHT_PARTY)
        facts, action = replace(facts, identity_established=said == THEM), _CALL_STEP
    elif conversation.person_id is not None:
        visit = await batch.visit(conversation.visit_id or 0)
        facts = replace(
            facts,
            identity_established=visit.identity_at is not None,
            agreed_times=(AgreedTime(visit.starts_at, visit.ends_at),),
            barred_times=(),
        )
        action = _DOOR_STEP
    return decide(action, facts, packs_of(batch.inst, case.jurisdiction), batch.now)


async def may_stay(batch: Batch, case: CaseFile, visit: Any, until: datetime) -> bool:
    """May the team of this visit stay until then? Beyond the time that was agreed on, the hours of visits decide."""
    facts = replace(
        await facts_of(batch, case),
        identity_established=visit.identity_at is not None,
        agreed_times=(AgreedTime(visit.starts_at, visit.ends_at),),
        barred_times=(),
    )
    last_minute = until - timedelta(minutes=1)
    verdict = decide(_STAY, facts, packs_of(batch.inst, case.jurisdiction), last_minute)
    return verdict.outcome is Outcome.ALLOWED


async def judge_other_way(
    batch: Batch, case: CaseFile, channel: Channel, purpose: Purpose = Purpose.NOTICE
) -> Verdict:
    """May this customer be told of a visit, or be answered, by telephone or by letter, now or when?"""
    kind = ActionKind.CALL if channel is Channel.PHONE else ActionKind.MESSAGE
    action = Action(kind=kind, channel=channel, purpose=purpose)
    return decide(action, await facts_of(batch, case), packs_of(batch.inst, case.jurisdiction), batch.now)


def messenger_barred(inst: Installation, case: CaseFile, at: datetime) -> Verdict | None:
    """Return the verdict that bars the messenger for this customer, whatever they ask; None where it may be used."""
    action = Action(kind=ActionKind.REPLY, channel=Channel.MESSENGER, purpose=Purpose.REPLY)
    facts = Facts(zone=case.timezone, jurisdiction=case.jurisdiction)
    verdict = decide(action, facts, packs_of(inst, case.jurisdiction), at)
    return verdict if verdict.kind == "channel_permission" else None
