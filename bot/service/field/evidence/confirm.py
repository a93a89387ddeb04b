"""What a sender is told of their evidence: at once, and again when it is kept or is not."""

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING, Any

from bot.casework.evidence import Kind
from bot.i18n import formats
from bot.service.field.evidence import texts
from bot.service.field.evidence.items import SHORT, open_item
from bot.service.inbound.incoming import MAX_MEGABYTES, MEGABYTE
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.store import evidence, outbox
from flows.rules import Purpose
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

REFUSALS: Mapping[str, Text] = {"too_large": texts.TOO_LARGE, "wrong_type": texts.WRONG_TYPE}


async def confirm(talk: "Talk", row: Any) -> None:
    """Say that something came and is being fetched: once for an album."""
    if row.album is not None and len(await evidence.of_album(talk.batch.tx, row.chat_id, row.album)) > 1:
        return
    text = texts.NOTED if row.album is None else texts.NOTED_ALBUM
    html = talk.text(text, what=_what(talk, row)) + await _advice(talk, row)
    _post(talk, _key(row), talk.batch.inst.calls.say(talk.chat_id, html))


async def _advice(talk: "Talk", row: Any) -> str:
    """Return how to send a photo with its data, for the first that comes without; what to do if a recording is none."""
    if row.kind == Kind.VOICE:
        await talk.batch.load_keys([row.case_id])
        agreed = open_item(row, talk.batch.inst.vault).agreed
        return "" if agreed is not False else f"\n{talk.text(texts.NOT_AGREED)}"
    earlier = await evidence.count_before(talk.batch.tx, row.visit_id, row.person_id, Kind.PHOTO, row.id)
    return f"\n{talk.text(texts.AS_FILE)}" if row.kind == Kind.PHOTO and not earlier else ""


async def say_kept(talk: "Talk", row: Any) -> None:
    """Bring the message that said that it came up to date; where it is not known yet, a new one says it."""
    html = await _kept(talk, row) + await _advice(talk, row)
    message_id = await outbox.message_by_key(talk.batch.tx, _key(row))
    calls = talk.batch.inst.calls
    if message_id is not None:
        _post(talk, f"{_key(row)}:{row.id}", calls.edit(talk.chat_id, message_id, html))
    else:
        _post(talk, f"{_key(row)}:{row.id}", calls.say(talk.chat_id, html))


async def _kept(talk: "Talk", row: Any) -> str:
    if row.album is None:
        about = {"megabytes": megabytes(talk.locale, row.size or 0), "hash": row.sha256.hex()[:SHORT]}
        return talk.text(texts.KEPT, what=_what(talk, row), **about)
    rows = await evidence.of_album(talk.batch.tx, row.chat_id, row.album)
    kept = sum(one.state in ("kept", "same") for one in rows)
    return talk.text(
        texts.ALBUM, kept=formats.number(talk.locale, kept), count=formats.number(talk.locale, len(rows))
    )


async def say_same(talk: "Talk", first: Any) -> None:
    """Say that this came before."""
    await talk.say(texts.SAME, time=_time(talk, first))


async def say_refused(talk: "Talk", row: Any, fault: str, size: int) -> None:
    """Say why something is not kept, and what to do; `size` in bytes."""
    about: dict[str, Any] = {"megabytes": megabytes(talk.locale, size), "limit": MAX_MEGABYTES}
    await talk.say(REFUSALS[fault], what=_what(talk, row), time=_time(talk, row), **about)


async def say_lost(talk: "Talk", row: Any) -> None:
    """Say that something could not be fetched, and what to do."""
    await talk.say(texts.LOST, what=_what(talk, row), time=_time(talk, row))


def megabytes(locale: str, size: int) -> str:
    """Return a size in bytes as a number of megabytes with one digit, rounded up: a limit must not seem kept."""
    return formats.decimal(locale, ceil(size * 10 / MEGABYTE), 1)


def _what(talk: "Talk", row: Any) -> str:
    return talk.plain(texts.KINDS[row.kind])


def _time(talk: "Talk", row: Any) -> str:
    zone = talk.staff.timezone if talk.staff else talk.batch.inst.settings.timezone
    return formats.clock(talk.locale, zone, row.said_at)


def _key(row: Any) -> str:
    return f"evidence:{row.id}" if row.album is None else f"evidence:{row.chat_id}:{row.album}"


def _post(talk: "Talk", key: str, call: Call) -> None:
    to_staff(talk.batch, talk.changes, Parcel(call, key, talk.chat_id, Lane.REPLIES, Purpose.REPLY))
