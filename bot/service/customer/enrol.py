"""Opening a link: a member of staff signs in once, a customer is led to the identity question."""

from typing import TYPE_CHECKING, Any

from bot.service.customer.stop import has_stopped
from bot.service.desk.queue.alerts import alert, settle_itself
from bot.service.inbound.incoming import Command
from bot.service.outbound.colleague import tell
from bot.service.outbound.contact import tell_refused
from bot.service.outbound.gate import messenger_barred
from bot.service.outbound.receipts import keep
from bot.service.outbound.texts import (
    LINK_EXPIRED,
    LINK_UNKNOWN,
    LINK_USED,
    LOCKED,
    NOTHING_OPEN,
    OTHER_WAY,
    ROLES,
    SIGNED_OUT,
    STRANGER,
    WELCOME_STAFF,
)
from bot.store import cases, invites, outbox, people, sessions

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.person import Person

REFUSED = {"used": LINK_USED, "expired": LINK_EXPIRED, "unknown": LINK_UNKNOWN}


async def start(talk: "Talk", command: Command) -> None:
    """Obey `/start`, with or without a link's payload."""
    if not command.argument:
        await _start_again(talk)
        return
    token_hash = talk.batch.inst.vault.hash("invite", command.argument)
    invite = await invites.find(talk.batch.tx, token_hash)
    if invite is not None and invite.case_id is not None:
        await _customer(talk, invite)
    elif invite is not None:
        await _staff(talk, invite, token_hash)
    else:
        await talk.say(LINK_UNKNOWN)


async def _start_again(talk: "Talk") -> None:
    """`/start` alone: show the open question again, or say what this chat is for."""
    conversation = talk.foreground()
    case = None if talk.staff else await cases.of_chat(talk.batch.tx, talk.chat_id)
    if case is not None and await has_stopped(talk.batch, case.id):
        await talk.begin("resume", case_id=case.id)
    elif conversation is not None:
        await talk.repeat(conversation)
    elif talk.staff or case is not None:
        await talk.say(NOTHING_OPEN)
    else:
        await talk.say(STRANGER)


async def _staff(talk: "Talk", invite: Any, token_hash: bytes) -> None:
    state = await invites.redeem(talk.batch.tx, token_hash, talk.chat_id, talk.batch.now)
    if state != "fresh":
        await talk.say(REFUSED[state])
        return
    await talk.secure()
    before = await talk.batch.person(invite.person_id)
    await people.set_chat(talk.batch.tx, invite.person_id, talk.chat_id)
    await _leave_other_phone(talk, before)
    await talk.batch.load([talk.chat_id])
    person = await talk.batch.person(invite.person_id)
    talk.batch.refresh_menu(talk.chat_id)
    role = talk.text(ROLES[person.role])
    await talk.say(WELCOME_STAFF, name=person.name, role=role)
    await _resume(talk, person.id)


async def _leave_other_phone(talk: "Talk", person: "Person") -> None:
    """The phone that was theirs gets nothing more that was meant for them, and a word that it is signed out."""
    if person.chat_id is None or person.chat_id == talk.chat_id:
        return
    await outbox.withdraw_staff_chat(talk.batch.tx, person.chat_id)
    talk.batch.refresh_menu(person.chat_id)
    await tell(talk.batch, talk.changes, person, SIGNED_OUT)


async def _resume(talk: "Talk", person_id: int) -> None:
    """What was open on this person's other phone goes on here: the newest question is asked again."""
    rows = await sessions.move_to_chat(talk.batch.tx, person_id, talk.chat_id)
    await talk.batch.load_conversations([row.id for row in rows])
    conversation = talk.batch.conversation(rows[-1].id) if rows else None
    if conversation is not None:
        await talk.repeat(conversation)


async def _customer(talk: "Talk", invite: Any) -> None:
    """Link this chat to the case, unless another chat was faster; then go on to who they are.

    Where the rules bar the messenger it is not linked: the customer is told another way to reach us, nothing more.
    """
    case = await talk.batch.case(invite.case_id)
    vault = talk.batch.inst.vault
    if invite.token_hash != vault.hash("invite", vault.token(case.id, case.link_no)):
        await talk.say(LINK_USED)  # of an earlier letter, which reached the wrong person
        return
    barred = messenger_barred(talk.batch.inst, case, talk.batch.now)
    if barred is not None:
        await talk.say(OTHER_WAY, contact=talk.batch.inst.settings.contact)
        receipt_id = keep(talk.changes, barred, case_id=case.id)
        await tell_refused(talk.batch, talk.changes, barred, receipt_id, case_id=case.id, visit_id=None)
        return
    if case.chat_id is None:
        state = await invites.redeem(talk.batch.tx, invite.token_hash, talk.chat_id, talk.batch.now)
        if state == "expired" or (state == "used" and invite.used_by_chat != talk.chat_id):
            await talk.say(REFUSED[state])
            return
        await talk.secure()
        await cases.change(talk.batch.tx, case.id, chat_id=talk.chat_id, stage="linked")
        await settle_itself(talk.batch, talk.changes, case.id, "link_unopened")
        talk.batch.stale(case_id=case.id)
        talk.batch.refresh_menu(talk.chat_id)
    elif case.chat_id != talk.chat_id:
        await talk.say(LINK_USED)
        await alert(talk.batch, talk.changes, "link_opened_twice", case_id=case.id)
        return
    await _go_on(talk, case.id)


async def _go_on(talk: "Talk", case_id: int) -> None:
    """Resume what is open about this case, say that it is locked, or begin the enrolment."""
    case = await talk.batch.case(case_id)
    if await has_stopped(talk.batch, case_id):
        await talk.begin("resume", case_id=case_id)
        return
    open_rows = await sessions.waiting_of_case(talk.batch.tx, case_id, None)
    mine = [row.id for row in open_rows if row.chat_id == talk.chat_id]
    if case.identity_locked_until is not None and case.identity_locked_until > talk.batch.now:
        await talk.say(LOCKED)
    elif mine:
        await talk.batch.load_conversations(mine)
        conversation = talk.batch.conversation(mine[-1])
        if conversation is not None:
            await talk.repeat(conversation)
    elif case.identified_at is not None:
        await talk.say(NOTHING_OPEN)
    else:
        await talk.begin("enrolment", case_id=case_id)
