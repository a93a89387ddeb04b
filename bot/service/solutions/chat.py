"""/plan in a customer's chat: what is agreed, what is still open, how to take it back."""

from typing import TYPE_CHECKING, Any

from bot.i18n import formats
from bot.service.inbound.incoming import Command, Tap
from bot.service.inbound.reference import ActionTap
from bot.service.outbound.texts import NO_LONGER_OPEN, NO_VISIT, NOTHING_AGREED, PROMISED
from bot.service.solutions import texts
from bot.service.solutions.showing import show_again
from bot.service.solutions.terms import of_row
from bot.service.solutions.words import Words, last_day
from bot.store import agreements, cases, promises

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk
    from bot.service.desk.cases.casefile import CaseFile

PAID = ("kept", "late")


async def agreed(talk: "Talk", command: Command) -> None:
    """Tell the customer what was agreed, if anything was."""
    row = await cases.of_chat(talk.batch.tx, talk.chat_id)
    if row is None or row.identified_at is None:
        await talk.say(NO_VISIT)
        return
    case = await talk.batch.case(row.id)
    agreement = await agreements.live_of(talk.batch.tx, case.id)
    if agreement is not None and agreement.status == "shown":
        await show_again(talk, agreement)
    elif agreement is not None:
        await _show(talk, case, agreement)
    else:
        await _by_word(talk, case)


async def _by_word(talk: "Talk", case: "CaseFile") -> None:
    promise = await promises.open_of(talk.batch.tx, case.id)
    if promise is None:
        await talk.say(NOTHING_AGREED)
        return
    amount = formats.money(talk.locale, promise.amount, case.currency)
    await talk.say(PROMISED, amount=amount, day=formats.date(talk.locale, promise.due_on))


async def _show(talk: "Talk", case: "CaseFile", agreement: Any) -> None:
    """Show a plan with how far it is, and the way to take it back while there is one."""
    rows = await promises.of_agreement(talk.batch.tx, agreement.id)
    words = Words(talk.batch.inst, talk.locale, case.currency)
    answered = agreement.answered_at
    status = words.say(
        texts.STATUSES[agreement.status],
        creditor=talk.batch.inst.settings.creditor,
        day=formats.day(talk.locale, case.timezone, answered) if answered is not None else "",
    )
    lines = [f"{words.lines(of_row(agreement.terms, rows))}\n· {status}"]
    ahead = next((row for row in rows if row.status == "open"), None)
    if ahead is not None:
        paid = sum(row.status in PAID for row in rows)
        lines.append(words.say(texts.PAID_SO_FAR, count=paid, all=len(rows)))
        day = formats.date(talk.locale, ahead.due_on)
        lines.append(words.say(texts.NEXT_DUE, amount=words.money(ahead.amount), day=day))
    back = agreement.take_back_until is not None and talk.batch.now < agreement.take_back_until
    if back:
        lines.append(words.say(texts.COOLING, day=last_day(talk.locale, case, agreement)))
    lines.append(words.say(texts.CHANGED))
    calls = talk.batch.inst.calls
    buttons = [[(words.say(texts.TAKE_BACK), f"unplan:{agreement.id}")]] if back else []
    await talk.reply(calls.menu(talk.chat_id, calls.escape("\n".join(lines)), buttons))


async def ask_take_back(talk: "Talk", tap: Tap, reference: ActionTap) -> str:
    """Ask whether to take a plan back: only the customer whose plan it is can."""
    row = await cases.of_chat(talk.batch.tx, talk.chat_id)
    agreement = await agreements.by_id(talk.batch.tx, reference.subject_id)
    if row is None or agreement is None or (agreement.case_id, agreement.status) != (row.id, "accepted"):
        return talk.plain(NO_LONGER_OPEN)
    await talk.begin("take_back", case_id=row.id, values={"agreement": agreement.id})
    return ""
