"""What a visiting team may send in as evidence: which content, how much of it, and how long it is asked for."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a piece of evidence is."""

    PHOTO = "photo"  # as the messenger shows it: made smaller, without the data of the camera
    PHOTO_FILE = "photo_file"  # as the camera made it
    VOICE = "voice"
    DOCUMENT = "document"
    LOCATION = "location"
    OTHER = "other"  # a film, a sticker: never kept


class Content(NamedTuple):
    """What content of a type is, and how a file of it is called."""

    kind: Kind
    extension: str


# What is shown by any screen and plays no film: with moving pictures too much of a home would be kept.
TAKEN: Mapping[str, Content] = {
    "image/jpeg": Content(Kind.PHOTO_FILE, "jpg"),
    "image/png": Content(Kind.PHOTO_FILE, "png"),
    "image/webp": Content(Kind.PHOTO_FILE, "webp"),
    "image/heic": Content(Kind.PHOTO_FILE, "heic"),
    "application/pdf": Content(Kind.DOCUMENT, "pdf"),
    "audio/ogg": Content(Kind.VOICE, "ogg"),
    "audio/mpeg": Content(Kind.VOICE, "mp3"),
    "audio/mp4": Content(Kind.VOICE, "m4a"),
    "audio/aac": Content(Kind.VOICE, "aac"),
    "audio/amr": Content(Kind.VOICE, "amr"),
    "audio/x-wav": Content(Kind.VOICE, "wav"),
}

# Rests after each time that a file could not be fetched; after the last one it is given up.
RESTS = tuple(timedelta(seconds=seconds) for seconds in (5, 20, 60, 5 * 60, 20 * 60, 60 * 60, 4 * 60 * 60))


def rest_after(attempts: int) -> timedelta | None:
    """Return how long to rest after so many attempts, the last one included; None when it is given up."""
    return RESTS[attempts - 1] if attempts <= len(RESTS) else None
