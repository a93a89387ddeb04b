"""Moving a conversation: one event in, the core decides, every effect becomes rows of this transaction."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.ids import new_id
from bot.service.conversations.batch import dumps
from bot.service.conversations.conversation import row_of
from bot.service.conversations.facts import facts_for
from bot.service.conversations.said import check_disclosure, said_aloud
from bot.service.conversations.scene import Scene, note
from bot.service.conversations.values import fill_in, zone_of
from bot.service.desk.cases.casefile import ANSWER_PLACE
from bot.service.outbound.labels import label_of
from bot.service.outbound.texts import NO_LONGER_OPEN, OUT_OF_BOUNDS, REJECTED
from bot.service.timer_row import timer_row
from bot.store import outbox
from flows.engine import (
    CancelTimer,
    ClosePrompt,
    Event,
    Finished,
    Perform,
    RecordAnswer,
    RejectInput,
    RejectTap,
    SendPrompt,
    SendText,
    SetTimer,
    Turn,
    advance,
)
from flows.engine.session import Session, Status


async def run(scene: Scene, event: Event) -> None:
    """Let the core decide on `event`, carry out what it orders, and go on until it waits."""
    conversation = scene.conversation
    before = conversation.session
    following: Event | None = event
    while following is not None:
        facts = await facts_for(scene.batch, conversation)
        turn = advance(conversation.script, conversation.session, following, facts)
        scene.idle = turn.session is conversation.session
        conversation.session = turn.session
        if scene.batch.inst.watch is not None:
            scene.batch.inst.watch(conversation, turn)
        following = await _carry_out(scene, turn, following)
    if conversation.session is not before:
        if _asks_something_else(before, conversation.session):
            conversation.asked_no = conversation.session.prompt_no
            if scene.tapped is None:
                scene.batch.just_asked.add(conversation.id)
        _keep(scene)


def _asks_something_else(before: Session, after: Session) -> bool:
    """Has one question taken the place of another? The first one of a conversation takes nobody's."""
    if not before.frames or not after.frames:
        return False
    was, now = before.frames[-1], after.frames[-1]
    return (was.script, was.step) != (now.script, now.step)


async def _carry_out(scene: Scene, turn: Turn, event: Event) -> Event | None:
    """Carry out the effects of a turn; return the answer to its `Perform`, if it has one."""
    replaces = scene.tapped is not None and any(
        isinstance(effect, SendPrompt) and effect.in_place for effect in turn.effects
    )
    for effect in turn.effects:
        if isinstance(effect, Perform):
            return await scene.perform(scene, effect)
        if replaces and isinstance(effect, ClosePrompt):
            continue  # the next question takes the place of the answered one
        await EFFECTS[type(effect)](scene, effect)
    return None


def _keep(scene: Scene) -> None:
    """Note the conversation for writing, and whose turn it is to be typed at."""
    conversation = scene.conversation
    row = row_of(conversation, scene.batch.inst.vault, scene.batch.now)
    scene.changes.sessions[conversation.id] = row
    if conversation.session.status is Status.DONE:
        chat = scene.batch.chat(conversation.chat_id)
        if chat is not None and chat.session_id == conversation.id:
            scene.changes.foreground.setdefault(conversation.chat_id, None)


async def _send_text(scene: Scene, effect: SendText) -> None:
    await check_disclosure(scene, effect)
    html = await fill_in(scene.reader, effect.text)
    await scene.send(scene.batch.inst.calls.say(scene.conversation.chat_id, html))


async def _send_prompt(scene: Scene, effect: SendPrompt) -> None:
    verdict = await check_disclosure(scene, effect)
    html = await said_aloud(scene, effect, verdict) + await fill_in(scene.reader, effect.text)
    zone = await zone_of(scene.batch, scene.conversation)
    labels = {option.id: label_of(scene.batch.inst, scene.locale, zone, option) for option in effect.options}

    edit = scene.tapped if effect.in_place else None
    call = scene.batch.inst.calls.ask(
        scene.conversation.chat_id, html, effect, labels, scene.conversation.id, edit
    )
    _attend(scene)
    await scene.send(call, prompt_no=effect.prompt_no)


def _attend(scene: Scene) -> None:
    """Let typed text belong to this conversation; where it does already, nothing is written."""
    conversation, chat = scene.conversation, scene.batch.chat(scene.conversation.chat_id)
    pending = scene.changes.foreground
    if conversation.chat_id in pending or chat is None or chat.session_id != conversation.id:
        pending[conversation.chat_id] = conversation.id


async def _close(scene: Scene, effect: ClosePrompt) -> None:
    """Take the buttons away from the prompt that is over; the tapped message is known, others are looked up."""
    message_id = scene.tapped
    if message_id is None:
        message_id = await outbox.message_of(scene.batch.tx, scene.conversation.id, effect.prompt_no)
    if message_id is not None:
        call = scene.batch.inst.calls.close(scene.conversation.chat_id, message_id)
        await scene.send(call)


async def _reject_input(scene: Scene, effect: RejectInput) -> None:
    """Say what was wrong with it, where it was of the right kind, and what can be taken here."""
    told = [REJECTED[effect.reason]] if effect.hint is None or effect.reason in OUT_OF_BOUNDS else []
    html = "\n".join(scene.text(one) for one in (*told, effect.hint) if one is not None)
    await scene.send(scene.batch.inst.calls.say(scene.conversation.chat_id, html))


async def _reject_tap(scene: Scene, effect: RejectTap) -> None:
    scene.notice = scene.text(NO_LONGER_OPEN)


async def _record(scene: Scene, effect: RecordAnswer) -> None:
    conversation = scene.conversation
    value = scene.batch.inst.vault.seal(conversation.key_id, dumps(effect.value), ANSWER_PLACE)
    row = {
        "id": new_id(),
        "session_id": conversation.id,
        "case_id": conversation.case_id,
        "visit_id": conversation.visit_id,
        "step": effect.step,
        "name": effect.name,
        "value_enc": value,
        "at": scene.batch.now,
    }
    scene.changes.answers.append(row)


async def _set_timer(scene: Scene, effect: SetTimer) -> None:
    row = timer_row("session", scene.conversation.id, effect.due_at, effect.key, effect.turn)
    scene.changes.timers.append(row)


async def _cancel_timer(scene: Scene, effect: CancelTimer) -> None:
    scene.changes.cancelled.append((scene.conversation.id, effect.key))


async def _finished(scene: Scene, effect: Finished) -> None:
    note(scene, "session.finished", script=scene.conversation.script.name, outcome=effect.outcome)


Handler = Callable[[Scene, Any], Awaitable[None]]
EFFECTS: Mapping[type, Handler] = {
    SendText: _send_text,
    SendPrompt: _send_prompt,
    ClosePrompt: _close,
    RejectInput: _reject_input,
    RejectTap: _reject_tap,
    RecordAnswer: _record,
    SetTimer: _set_timer,
    CancelTimer: _cancel_timer,
    Finished: _finished,
}
