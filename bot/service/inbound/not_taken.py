"""What could not be taken: a step that the rules forbid is answered at once, a fault is tried again and set aside."""

from collections.abc import Sequence

from bot.errors import DisclosureRefused
from bot.log import log
from bot.service.conversations.talk import Talk
from bot.service.desk.queue.alerts import alert, step_refused
from bot.service.inbound.in_order import Update
from bot.service.inbound.incoming import Tap
from bot.service.outbound.texts import MAY_NOT_GO_ON, SET_ASIDE, STEP_CLOSED
from bot.store import cases, inbox
from flows.script import Text

MAX_ATTEMPTS = 3


def sure(updates: Sequence[Update]) -> Sequence[Update]:
    """Return those of a chat's updates that go together: one that failed before goes alone and undoes no other."""
    failed = next((at for at, (row, _) in enumerate(updates) if row.attempts), len(updates))
    return updates[: max(failed, 1)]


async def not_taken(talk: Talk, update: Update, error: Exception, *, alone: bool) -> bool:
    """Answer an update that could not be handled, or let it be tried again; return whether it is done with.

    `alone`: nothing of this chat was undone with it. A refusal that took others with it comes again by itself, so
    that it is judged after what came before it.
    """
    row, _ = update
    if isinstance(error, DisclosureRefused):
        log.info("step refused", update=row.update_id)
        if alone:
            await _answer_refusal(talk, update, error)
            return True
        await inbox.fault(talk.batch.tx, row.update_id, type(error).__name__)
        return False
    log.error("update failed", update=row.update_id, error=type(error).__name__, where=_where(error))
    if await inbox.fault(talk.batch.tx, row.update_id, type(error).__name__) < MAX_ATTEMPTS:
        return False
    await _set_aside(talk, update)
    return True


async def _answer_refusal(talk: Talk, update: Update, refusal: DisclosureRefused) -> None:
    """Tell whoever came to the step, and the desk: it was not their mistake, and nobody else knows of it."""
    await step_refused(talk.batch, talk.changes, refusal)
    await _answer(talk, update, MAY_NOT_GO_ON if talk.staff is None else STEP_CLOSED)


async def _set_aside(talk: Talk, update: Update) -> None:
    await _answer(talk, update, SET_ASIDE)
    case = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if case is not None:
        await alert(talk.batch, talk.changes, "fault", case_id=case.id)
    elif talk.staff is not None:
        mine = talk.staff.id
        await alert(talk.batch, talk.changes, "staff_fault", case_id=None, person_id=mine, subject_id=mine)


async def _answer(talk: Talk, update: Update, text: Text) -> None:
    _, incoming = update
    if isinstance(incoming, Tap):  # an unanswered button keeps turning on the phone
        await talk.answer(talk.batch.inst.calls.answer(incoming.query_id, ""))
    await talk.say(text)


def _where(error: Exception) -> str:
    """Return file and line of a fault: enough to find it, without anything that somebody said."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
