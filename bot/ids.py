"""The only maker of ids: 63-bit integers that grow with time, so that indexes stay compact."""

import secrets
import time
from itertools import count

_EPOCH_MS = 1_700_000_000_000
_start = secrets.randbits(22)
_sequence = count(_start)


def new_id() -> int:
    """Return a fresh id: 41 bits of milliseconds, then 22 bits that differ within and across processes."""
    milliseconds = time.time_ns() // 1_000_000 - _EPOCH_MS
    return (milliseconds << 22) | (next(_sequence) & 0x3FFFFF)


def new_token() -> str:
    """Return 144 random bits for an invite link, in the alphabet of deep links."""
    return secrets.token_urlsafe(18)
