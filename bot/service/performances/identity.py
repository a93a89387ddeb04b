"""Who is in the chat: language, identity, and what happens once both are known."""

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.service.conversations.scene import note
from bot.service.customer.stop import close_case
from bot.service.desk.queue.alerts import alert
from bot.service.performances.done import Done
from bot.service.timer_row import timer_row
from bot.store import cases, chats, timers, visits
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

MAX_TRIES = 3
LOCKED_FOR = timedelta(days=1)
LOCALES = {"en": "en", "zh_hans": "zh_Hans", "zh_hant": "zh_Hant"}


async def set_language(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Keep the chosen language for this chat and speak it from here on."""
    locale = LOCALES[str(scene.conversation.session.values["language"])]
    await chats.set_locale(talk.batch.tx, talk.chat_id, locale)
    await talk.batch.load([talk.chat_id])
    talk.batch.refresh_menu(talk.chat_id)
    scene.locale = locale
    return Done("done")


async def check_identity(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Compare the last four characters with the case's, by keyed hash; the third miss locks for a day."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    given = str(scene.conversation.session.values["id_last4"]).strip().upper()
    if hmac.compare_digest(identity_hash(talk, case.id, given), case.id_hash):
        await cases.change(talk.batch.tx, case.id, identity_tries=0, identity_locked_until=None)
        talk.batch.stale(case_id=case.id)
        return Done("right")
    tries = case.identity_tries + 1
    locked = tries >= MAX_TRIES
    until = talk.batch.now + LOCKED_FOR if locked else None
    await cases.change(
        talk.batch.tx, case.id, identity_tries=0 if locked else tries, identity_locked_until=until
    )
    talk.batch.stale(case_id=case.id)
    note(scene, "identity.missed", tries=tries)
    if locked:
        await alert(talk.batch, talk.changes, "identity_locked", case_id=case.id)
        return Done("locked")
    return Done("wrong", {"tries_left": MAX_TRIES - tries})


def identity_hash(talk: "Talk", case_id: int, last4: str) -> bytes:
    """Return the keyed hash of a case's last four characters."""
    return talk.batch.inst.vault.hash("id_last4", f"{case_id}:{last4}")


async def report_not_me(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The link is in the wrong hands: unlink the chat, tell the scheduler, disclose nothing."""
    case = await talk.batch.case(scene.conversation.case_id or 0)
    await close_case(talk, case.id, keep=scene.conversation.id)
    await cases.unlink(talk.batch.tx, case.id)
    talk.batch.stale(case_id=case.id)
    await alert(talk.batch, talk.changes, "not_me", case_id=case.id)
    return Done("done")


async def welcome(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The right party is here: from now on the case may be spoken of, and a waiting visit be announced."""
    case_id = scene.conversation.case_id or 0
    await cases.change(talk.batch.tx, case_id, identified_at=talk.batch.now, stage="identified")
    talk.batch.stale(case_id=case_id)
    note(scene, "identity.established")
    visit = await visits.live_of(talk.batch.tx, case_id)
    if visit is None:
        return Done("no_visit")
    await timers.put(talk.batch.tx, [timer_row("start_notice", visit.id, talk.batch.now, "start")])
    return Done("visit")
