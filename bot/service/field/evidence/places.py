"""Where a team's phones say they are: kept with what speaks for and against it, and never judged."""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.casework.evidence import Kind
from bot.casework.travel import Point
from bot.casework.whereabouts import Fix, read_place
from bot.errors import KeyUnusable
from bot.service.conversations.conversation import Conversation
from bot.service.desk.planning.roster import place_of
from bot.service.field.evidence.items import (
    GEOJSON,
    open_item,
    place_content,
    place_fields,
    reading_fields,
    seal_detail,
)
from bot.service.field.evidence.receive import sent_in
from bot.service.field.evidence.texts import NO_VISIT, NOT_YOUR_PLACE, PLACE_KEPT
from bot.service.field.evidence.where import here, spot_of
from bot.service.inbound.incoming import Place
from bot.service.outbound.texts import REJECTED
from bot.store import evidence
from flows.engine import LocationShared, wanted
from flows.script import InputKind

if TYPE_CHECKING:
    from bot.service.conversations.talk import Talk

LIVE_EVERY = timedelta(minutes=5)  # between two places of one live location: the visit counts, not every step
LOOKED_AT = 5  # places of before, of which one may be the phone's own
NORTH, EAST = 90, 180  # degrees of WGS 84


async def receive_place(talk: "Talk", place: Place) -> None:
    """Keep a location; where the open question asks for one and it is the phone's own, it answers that, too."""
    conversation = await here(talk)
    if place.edited and (conversation is None or await _is_soon(talk, place)):
        return
    if conversation is None:
        await talk.say(NO_VISIT)
    elif abs(place.latitude) > NORTH or abs(place.longitude) > EAST:
        await talk.say(REJECTED["wants_location"])
    else:
        await talk.secure()
        await _keep(talk, conversation, place)
        await _answer(talk, conversation, place)


async def _is_soon(talk: "Talk", place: Place) -> bool:
    """Was a place of this very message kept a moment ago?"""
    last = await evidence.last_places(talk.batch.tx, talk.staff.id, 1) if talk.staff else ()
    at = place.origin.at or talk.batch.now
    return any(row.message_id == place.origin.message_id and at < row.said_at + LIVE_EVERY for row in last)


async def _keep(talk: "Talk", conversation: Conversation, place: Place) -> None:
    batch, case = talk.batch, await talk.batch.case(conversation.case_id or 0)
    at, point = place.origin.at or batch.now, Point(place.latitude, place.longitude)
    fix = Fix(at, point, place.accuracy, place.live, place.forwarded, place.venue, place.edited)
    reading, content = read_place(fix, place_of(case), await _earlier(talk)), place_content(fix)
    told = {"place": place_fields(fix), "reading": reading_fields(reading)}
    row = sent_in(talk, spot_of(conversation), place.origin.message_id) | {
        "kind": Kind.LOCATION,
        "state": "kept",
        "detail_enc": seal_detail(batch.inst.vault, case.id, **told),
        "content_type": GEOJSON,
        "size": len(content),
        "sha256": sha256(content).digest(),
        "said_at": at,
        "kept_at": batch.now,
    }
    await evidence.add(batch.tx, row)


async def _earlier(talk: "Talk") -> Fix | None:
    """Return the own place that this person's phone told before, at whatever visit that was not erased."""
    rows = await evidence.last_places(talk.batch.tx, talk.staff.id, LOOKED_AT) if talk.staff else ()
    await talk.batch.load_keys(row.case_id for row in rows)
    for row in rows:
        with suppress(KeyUnusable):
            fix = open_item(row, talk.batch.inst.vault).fix
            if fix is not None and fix.is_own:
                return fix
    return None


async def _answer(talk: "Talk", conversation: Conversation, place: Place) -> None:
    asked = conversation is talk.foreground() and wanted(conversation.script, conversation.session)
    elsewhere = place.forwarded or place.venue
    if asked is InputKind.LOCATION and not elsewhere and not place.edited:
        event = LocationShared(talk.batch.now, place.latitude, place.longitude, place.accuracy)
        await talk.move(conversation, event)
    elif asked is InputKind.LOCATION and elsewhere:
        await talk.say(NOT_YOUR_PLACE)
    elif not place.edited:
        await talk.say(PLACE_KEPT)
