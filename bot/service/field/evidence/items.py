"""A piece of evidence as the services see it: its row with the sealed half opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.casework.evidence import TAKEN, Kind
from bot.casework.travel import Point
from bot.casework.whereabouts import Fix, Reading, Signal
from bot.service.audit_line import CUSTOMER, colleague
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile, key_of
from bot.store import evidence
from bot.store.vault import Vault

DETAIL_PLACE = "evidence.detail"
GEOJSON = "application/geo+json"  # RFC 7946
SHORT = 8  # characters of a hash that are shown to people


@dataclass(frozen=True, slots=True)
class Item:
    """Something that was sent in. `said_at` is the message's own time; `size` in bytes; `step` as `where.step_of`.

    `name` and `caption` are the sender's words, `fix` and `reading` are of a location; none of them may be logged.
    """

    id: int
    case_id: int
    visit_id: int | None
    person_id: int | None  # none: the customer
    kind: Kind
    state: str
    step: str
    said_at: datetime
    size: int | None
    content_type: str | None
    sha256: bytes | None
    first_id: int | None
    fault: str | None
    name: str
    caption: str
    fix: Fix | None
    reading: Reading | None
    agreed: bool | None  # of a recording: was one agreed to at this visit when it came

    def __repr__(self) -> str:
        return f"Item({self.id})"

    @property
    def short_hash(self) -> str:
        """Return the beginning of the hash, by which people tell pieces apart."""
        return self.sha256.hex()[:SHORT] if self.sha256 else ""

    @property
    def file_name(self) -> str:
        """Return a name for the original that says when it came and what it is, and nothing about anybody."""
        extension = "geojson" if self.fix is not None else TAKEN[self.content_type or ""].extension
        return f"{self.said_at:%Y%m%d-%H%M%S}-{self.short_hash}.{extension}"


def open_item(row: Any, vault: Vault) -> Item:
    """Open a row of `evidence`; the key of its case must have been loaded."""
    detail = orjson.loads(vault.unseal(key_of(row.case_id), row.detail_enc, DETAIL_PLACE))
    place = detail.get("place")
    return Item(
        id=row.id,
        case_id=row.case_id,
        visit_id=row.visit_id,
        person_id=row.person_id,
        kind=Kind(row.kind),
        state=row.state,
        step=row.step,
        said_at=row.said_at,
        size=row.size,
        content_type=row.content_type,
        sha256=row.sha256,
        first_id=row.first_id,
        fault=row.fault,
        name=detail.get("name", ""),
        caption=detail.get("caption", ""),
        fix=_fix(row.said_at, place) if place else None,
        reading=_reading(detail["reading"]) if place else None,
        agreed=detail.get("agreed"),
    )


def sender_of(row: Any) -> str:
    """Return who sent it in, as the log names actors."""
    return CUSTOMER if row.person_id is None else colleague(row.person_id)


def seal_detail(vault: Vault, case_id: int, **detail: Any) -> bytes:
    """Seal what is personal of a piece of evidence under the key of its case."""
    return vault.seal(key_of(case_id), orjson.dumps(detail), DETAIL_PLACE)


def place_fields(fix: Fix) -> dict[str, Any]:
    """Return a place as it is kept."""
    told = {name: getattr(fix, name) for name in ("accuracy", "live", "forwarded", "venue", "edited")}
    return {"latitude": fix.point.latitude, "longitude": fix.point.longitude, **told}


def reading_fields(reading: Reading) -> dict[str, Any]:
    """Return a reading as it is kept."""
    return {"signals": list(reading.signals), "distance": reading.distance, "speed": reading.speed}


def place_content(fix: Fix) -> bytes:
    """Return a location as content with a hash of its own: GeoJSON, the same bytes each time."""
    place = place_fields(fix)
    point = {"type": "Point", "coordinates": [place.pop("longitude"), place.pop("latitude")]}
    feature = {"type": "Feature", "geometry": point, "properties": {"at": fix.at, **place}}
    return orjson.dumps(feature, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def _fix(at: datetime, place: dict[str, Any]) -> Fix:
    return Fix(at, Point(place.pop("latitude"), place.pop("longitude")), **place)


def _reading(kept: dict[str, Any]) -> Reading:
    return Reading(tuple(map(Signal, kept["signals"])), kept["distance"], kept["speed"])


async def items_of_case(batch: Batch, case: CaseFile) -> list[Item]:
    """Return all that was sent in about a case, oldest first."""
    return _opened(batch, await evidence.of_case(batch.tx, case.id))


async def items_of_visit(batch: Batch, visit_id: int) -> list[Item]:
    """Return all that was sent in during a visit whose case is loaded, oldest first."""
    return _opened(batch, await evidence.of_visit(batch.tx, visit_id))


def _opened(batch: Batch, rows: Iterable[Any]) -> list[Item]:
    return [open_item(row, batch.inst.vault) for row in rows]
