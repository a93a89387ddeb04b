"""Conversations."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select, update

from bot.store.engine import Tx
from bot.store.statements import Row, among, locked, upsert
from bot.store.tables import chats, sessions

_FIXED = ("chat_id", "case_id", "visit_id", "person_id", "script", "started_at")
_LOAD = select(sessions).where(among(sessions.c.id))


async def load(tx: Tx, session_ids: Sequence[int]) -> Sequence[Any]:
    """Return conversations by id."""
    return (await tx.execute(_LOAD, {"ids": session_ids})).all()


async def save(tx: Tx, rows: Sequence[Row]) -> None:
    """Write where conversations stand."""
    await upsert(tx, sessions, rows, "id", keep=_FIXED)


async def newest_of_chat(tx: Tx, chat_id: int) -> Any | None:
    """Return the conversation of a chat that moved last, those that wait before those that are over."""
    newest = select(sessions).where(sessions.c.chat_id == chat_id)
    ordered = newest.order_by(sessions.c.status == "done", sessions.c.updated_at.desc(), sessions.c.id.desc())
    return (await tx.execute(ordered.limit(1))).one_or_none()


async def waiting_of_case(tx: Tx, case_id: int, script: str | None) -> Sequence[Any]:
    """Return the conversations about a case that wait, oldest first; of one script if it is named."""
    where = (sessions.c.case_id == case_id) & (sessions.c.status == "waiting")
    if script is not None:
        where &= sessions.c.script == script
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def of_visit(tx: Tx, visit_id: int, script: str) -> Sequence[Any]:
    """Return the conversations on a script about a visit, open or over."""
    where = (sessions.c.visit_id == visit_id) & (sessions.c.script == script)
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def of_case(tx: Tx, case_id: int, script: str) -> Sequence[Any]:
    """Return the conversations on a script about a case, open or over, oldest first."""
    where = (sessions.c.case_id == case_id) & (sessions.c.script == script)
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def begun(tx: Tx, script: str, case_id: int, visit_id: int | None) -> bool:
    """Was a conversation on a script ever begun about this visit; without one, about the case and no visit?"""
    same = sessions.c.visit_id.is_(None) if visit_id is None else sessions.c.visit_id == visit_id
    where = (sessions.c.script == script) & (sessions.c.case_id == case_id) & same
    return (await tx.execute(select(sessions.c.id).where(where).limit(1))).first() is not None


async def visits_of_person(tx: Tx, person_id: int) -> Sequence[Any]:
    """Return the conversations about visits that wait for a member of staff, oldest first."""
    where = (sessions.c.person_id == person_id) & (sessions.c.status == "waiting")
    where &= sessions.c.visit_id.is_not(None)
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def waiting_of_visit(tx: Tx, visit_id: int, person_id: int | None) -> Sequence[Any]:
    """Return the conversations about a visit that wait: of one member of staff, or the customer's."""
    where = (sessions.c.visit_id == visit_id) & (sessions.c.status == "waiting")
    where &= sessions.c.person_id.is_(None) if person_id is None else sessions.c.person_id == person_id
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def move_to_chat(tx: Tx, person_id: int, chat_id: int) -> Sequence[Any]:
    """Take a member of staff's waiting conversations over into another chat; return them, oldest first.

    What is typed in the old chat belongs to none of them any more.
    """
    where = (sessions.c.person_id == person_id) & (sessions.c.status == "waiting")
    mine = select(sessions.c.id).where(where)
    await tx.execute(update(chats).where(chats.c.session_id.in_(mine)).values(session_id=None))
    await tx.execute(update(sessions).where(where).values(chat_id=chat_id))
    return (await tx.execute(select(sessions).where(where).order_by(sessions.c.id))).all()


async def hold_waiting(tx: Tx, scripts: Collection[str]) -> Sequence[Any]:
    """Return the conversations on these scripts that wait, oldest first; they, and their chats, are held."""
    where = sessions.c.script.in_(scripts) & (sessions.c.status == "waiting")
    chat_ids = select(sessions.c.chat_id).where(where)
    held = select(chats.c.chat_id).where(chats.c.chat_id.in_(chat_ids)).order_by(chats.c.chat_id)
    await tx.execute(locked(held))
    rows: Sequence[Any] = (
        await tx.execute(locked(select(sessions).where(where).order_by(sessions.c.id)))
    ).all()
    return rows


async def lived_on(tx: Tx) -> Sequence[Any]:
    """Return each version of a script on which conversations wait, and how many (`live`)."""
    columns = (sessions.c.script, sessions.c.version)
    statement = select(*columns, func.count().label("live")).where(sessions.c.status == "waiting")
    return (await tx.execute(statement.group_by(*columns).order_by(*columns))).all()


async def scripts_of(tx: Tx, case_id: int) -> Sequence[Any]:
    """Return the scripts, with their versions, that conversations about a case went by."""
    columns = (sessions.c.script, sessions.c.version)
    statement = select(*columns).where(sessions.c.case_id == case_id).distinct().order_by(*columns)
    return (await tx.execute(statement)).all()
