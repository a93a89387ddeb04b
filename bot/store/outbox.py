"""Messages on their way out."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among, insert_new, locked
from bot.store.tables import outbox, receipts, sessions

WAITING = ("ready", "queued")
UNASKED = ("notice", "nudge", "reminder", "follow_up", "satisfaction", "answer")

_SET_STATE = update(outbox).where(among(outbox.c.id)).values(state=bindparam("new_state"))
_NAME = update(outbox).where(outbox.c.id == bindparam("row_id")).values(message_id=bindparam("number"))
_NEWEST_PROMPTS = (
    select(outbox.c.session_id, func.max(outbox.c.prompt_no))
    .where(among(outbox.c.session_id))
    .group_by(outbox.c.session_id)
)
_ANNOUNCEMENTS = select(outbox.c.id, outbox.c.visit_id).where(
    among(outbox.c.id) & (outbox.c.purpose == "notice") & outbox.c.visit_id.is_not(None)
)
_SINCE = bindparam("since", type_=outbox.c.sent_at.type)
_AT = func.coalesce(outbox.c.sent_at, outbox.c.not_before).label("at")
_TRIED = outbox.c.sent_at.is_not(None) | (outbox.c.state == "failed")
_CONTACTS = (
    select(outbox.c.case_id, _AT, outbox.c.purpose, outbox.c.state)
    .where(
        among(outbox.c.case_id) & outbox.c.contact,
        (outbox.c.purpose.in_(UNASKED) & _TRIED & (_AT >= _SINCE))
        | ((outbox.c.purpose == "opt_out_confirmation") & (outbox.c.state != "withdrawn")),
    )
    .order_by(outbox.c.id)
)
_FIRST_CONTACTS = (
    select(outbox.c.case_id, func.min(outbox.c.sent_at))
    .where(among(outbox.c.case_id) & outbox.c.contact & outbox.c.sent_at.is_not(None))
    .group_by(outbox.c.case_id)
)


async def put(tx: Tx, rows: Sequence[Row]) -> None:
    """Put messages down; one whose effect was put down already stays as it is."""
    await insert_new(tx, outbox, rows)


async def claim(tx: Tx, now: datetime, limit: int, lanes: Sequence[int]) -> Sequence[Any]:
    """Take messages that may go now, by lane and age, as `queued`; a prompt that a newer one replaced is withdrawn."""
    where = (outbox.c.state == "ready") & outbox.c.lane.in_(lanes) & (outbox.c.not_before <= now)
    statement = select(outbox).where(where).order_by(outbox.c.lane, outbox.c.id).limit(limit)
    rows = (await tx.execute(locked(statement, skip=True))).all()
    stale = await _replaced(tx, rows) | {row.id for row in rows if row.not_after and row.not_after < now}
    await _set_state(tx, list(stale), "withdrawn")
    taken = [row for row in rows if row.id not in stale]
    await _set_state(tx, [row.id for row in taken], "queued")
    return taken


async def mark_sending(tx: Tx, ids: Sequence[int]) -> Collection[int]:
    """Note that messages are leaving; return those of `ids` that do, since nobody has withdrawn them meanwhile."""
    where = outbox.c.id.in_(ids) & (outbox.c.state == "queued")
    statement = update(outbox).where(where).values(state="sending").returning(outbox.c.id)
    return set((await tx.execute(statement)).scalars())


async def _replaced(tx: Tx, rows: Sequence[Any]) -> set[int]:
    """Return the prompts among `rows` that a newer prompt of their conversation has replaced."""
    prompts = [row for row in rows if row.prompt_no is not None]
    if not prompts:
        return set()
    found = await tx.execute(_NEWEST_PROMPTS, {"session_ids": list({row.session_id for row in prompts})})
    newest = {row[0]: row[1] for row in found}
    return {row.id for row in prompts if row.prompt_no < newest[row.session_id]}


async def _set_state(tx: Tx, ids: Sequence[int], state: str) -> None:
    if ids:
        await tx.execute(_SET_STATE, {"ids": ids, "new_state": state})


async def settle(tx: Tx, rows: Sequence[Row]) -> None:
    """Write down how messages ended: one statement for all that ended alike, and the ids of those that are new.

    What comes back to go once more stays withdrawn if somebody has withdrawn it meanwhile.
    """
    alike: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        ending = (row["state"], row["fault"], row["sent_at"], row["not_before"])
        alike.setdefault(ending, []).append(row["id"])
    for (state, fault, sent_at, not_before), ids in alike.items():
        values = {"state": state, "fault": fault, "sent_at": sent_at, "attempts": outbox.c.attempts + 1}
        if not_before is not None:
            values["not_before"] = not_before
        statement = update(outbox).where(outbox.c.id.in_(ids))
        if state == "ready":
            statement = statement.where(outbox.c.state != "withdrawn")
        await tx.execute(statement.values(values))
    await _name_messages(tx, [row for row in rows if row["message_id"] is not None])


async def _name_messages(tx: Tx, rows: Sequence[Row]) -> None:
    if rows:
        await tx.execute(_NAME, [{"row_id": row["id"], "number": row["message_id"]} for row in rows])


async def hold_back(tx: Tx, rows: Sequence[Row]) -> None:
    """Give claimed messages back, or withdraw them; the receipt says why."""
    if rows:
        statement = update(outbox).where(outbox.c.id == bindparam("row_id"))
        changed = statement.values(
            state=bindparam("new_state"),
            not_before=bindparam("new_not_before"),
        )
        renamed = [{("row_id" if key == "id" else f"new_{key}"): row[key] for key in row} for row in rows]
        await tx.execute(changed, renamed)


async def reword(tx: Tx, rows: Sequence[Row]) -> None:
    """Change what claimed messages say."""
    if rows:
        statement = update(outbox).where(outbox.c.id == bindparam("row_id"))
        changed = statement.values(body_enc=bindparam("new_body_enc"), text_hash=bindparam("new_text_hash"))
        renamed = [{("row_id" if key == "id" else f"new_{key}"): row[key] for key in row} for row in rows]
        await tx.execute(changed, renamed)


async def recover(tx: Tx) -> Sequence[Any]:
    """After a crash: what was being sent to customers is `unknown`, and returned; everything else goes again."""
    half_sent = (outbox.c.state == "sending") & outbox.c.contact
    unknown = (await tx.execute(select(outbox).where(half_sent))).all()
    await _set_state(tx, [row.id for row in unknown], "unknown")
    again = outbox.c.state.in_(("sending", "queued"))
    await tx.execute(update(outbox).where(again).values(state="ready"))
    return unknown


async def doubt(tx: Tx, now: datetime) -> int:
    """Treat customers' messages that were due as half-sent, so that `recover` leaves them to a person; return how many.

    For a copy of the past: the original may have sent them since.
    """
    due = outbox.c.contact & outbox.c.state.in_(("ready", "queued")) & (outbox.c.not_before <= now)
    return (await tx.execute(update(outbox).where(due).values(state="sending"))).rowcount


async def message_of(tx: Tx, session_id: int, prompt_no: int) -> int | None:
    """Return Telegram's id of the message that carries a prompt, if it was sent."""
    where = (outbox.c.session_id == session_id) & (outbox.c.prompt_no == prompt_no)
    statement = select(outbox.c.message_id).where(where & outbox.c.message_id.is_not(None))
    return (await tx.execute(statement.limit(1))).scalar_one_or_none()


async def asked_in(tx: Tx, session_ids: Sequence[int]) -> Mapping[int, int]:
    """Return, by conversation, Telegram's id of the message that first asked what is open there now."""
    if not session_ids:
        return {}
    same = (outbox.c.session_id == sessions.c.id) & (outbox.c.prompt_no == sessions.c.asked_no)
    where = outbox.c.session_id.in_(session_ids) & outbox.c.message_id.is_not(None)
    statement = select(outbox.c.session_id, func.min(outbox.c.message_id)).join(sessions, same)
    found = await tx.execute(statement.where(where).group_by(outbox.c.session_id))
    return {row[0]: row[1] for row in found}


async def message_by_key(tx: Tx, effect_key: str) -> int | None:
    """Return Telegram's id of a message that was sent, by the key that it was put down with."""
    statement = select(outbox.c.message_id).where(outbox.c.effect_key == effect_key)
    return (await tx.execute(statement)).scalar_one_or_none()


async def by_ids(tx: Tx, ids: Sequence[int]) -> Sequence[Any]:
    """Return messages by id."""
    return (await tx.execute(select(outbox).where(outbox.c.id.in_(ids)))).all() if ids else []


async def announcements(tx: Tx, ids: Sequence[int]) -> Sequence[Any]:
    """Return those of these messages that announce a visit."""
    if not ids:
        return []
    return (await tx.execute(_ANNOUNCEMENTS, {"ids": ids})).all()


async def contacts_of(tx: Tx, case_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return the contacts with customers since then: their case, `at`, purpose, state.

    The unasked messages that were delivered, may have been, or failed; and the confirmations of a stop, of any
    time and from when they are put down, since there is only one for each stop.
    """
    return (await tx.execute(_CONTACTS, {"case_ids": case_ids, "since": since})).all()


async def to_customer_of(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return every message of a case to its customer, oldest first."""
    where = (outbox.c.case_id == case_id) & outbox.c.contact
    return (await tx.execute(select(outbox).where(where).order_by(outbox.c.created_at, outbox.c.id))).all()


async def first_contacts(tx: Tx, case_ids: Collection[int]) -> Mapping[int, datetime]:
    """Return when the first message to each customer went out, by case; who had none is missing."""
    return {row[0]: row[1] for row in await tx.execute(_FIRST_CONTACTS, {"case_ids": case_ids})}


async def waiting_of_case(tx: Tx, case_id: int, now: datetime) -> Sequence[Any]:
    """Return the messages to a customer that wait for a later time, the next one first."""
    where = (outbox.c.case_id == case_id) & outbox.c.contact & (outbox.c.state == "ready")
    where &= outbox.c.not_before > now
    return (await tx.execute(select(outbox).where(where).order_by(outbox.c.not_before))).all()


async def send_again(tx: Tx, row_id: int, now: datetime) -> bool:
    """Let a message of unknown fate, or that failed, go again; return whether it was one."""
    where = (outbox.c.id == row_id) & outbox.c.state.in_(("unknown", "failed"))
    values = {"state": "ready", "not_before": now, "sent_at": None}
    return (await tx.execute(update(outbox).where(where).values(values))).rowcount == 1


async def _withdraw(tx: Tx, where: Any) -> None:
    waiting = where & outbox.c.contact & outbox.c.state.in_(WAITING)
    await tx.execute(update(outbox).where(waiting).values(state="withdrawn"))


async def withdraw_session(tx: Tx, session_id: int) -> None:
    """Withdraw what still waits of a conversation with a customer."""
    await _withdraw(tx, outbox.c.session_id == session_id)


async def withdraw_case(tx: Tx, case_id: int) -> None:
    """Withdraw whatever still waits for a case's customer."""
    await _withdraw(tx, outbox.c.case_id == case_id)


async def withdraw_chat(tx: Tx, chat_id: int) -> None:
    """Withdraw whatever still waits for a customer's chat."""
    await _withdraw(tx, outbox.c.chat_id == chat_id)


async def withdraw_staff_chat(tx: Tx, chat_id: int) -> None:
    """Withdraw whatever still waits for a colleague's chat that is theirs no more."""
    where = (outbox.c.chat_id == chat_id) & ~outbox.c.contact & outbox.c.state.in_(WAITING)
    await tx.execute(update(outbox).where(where).values(state="withdrawn"))


async def count_waiting(tx: Tx, case_id: int) -> int:
    """Return how many messages wait for a case's customer."""
    where = (outbox.c.case_id == case_id) & outbox.c.contact & outbox.c.state.in_(WAITING)
    return int((await tx.execute(select(func.count()).where(where))).scalar_one())


async def waiting(tx: Tx, now: datetime) -> Sequence[Any]:
    """Return the customers' messages that wait for a later time, and the rule (by name and title) that says so."""
    same = receipts.alias()
    newest = select(func.max(same.c.id)).where(same.c.outbox_id == outbox.c.id).correlate(outbox)
    rule = receipts.c.verdict["bound"].as_string().label("rule")
    title = receipts.c.verdict["title"].as_string().label("title")
    statement = select(outbox.c.id, outbox.c.case_id, outbox.c.not_before, rule, title)
    statement = statement.select_from(outbox.outerjoin(receipts, receipts.c.id == newest.scalar_subquery()))
    where = (outbox.c.state == "ready") & outbox.c.contact & (outbox.c.not_before > now)
    return (await tx.execute(statement.where(where).order_by(outbox.c.not_before))).all()
