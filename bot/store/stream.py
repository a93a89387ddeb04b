"""Long content at rest, sealed in chunks, so that no file has to fit into memory.

The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance, CRYPTO 2015) over AES-256-GCM: each content has a key of its own, sealed in its header under the
data key; the nonce counts the chunks and marks the last one, so that none can be moved, left out or cut off.
"""

import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import KeyUnusable
from bot.store.vault import Vault

CHUNK = 256 * 1024  # bytes of content
_MAGIC = b"DSE1"
_KEY, _TAG, _NONCE, _SEALED_KEY = 32, 16, 12, 60


class Sealing:
    """Seals one content, chunk by chunk: every chunk but the last is `CHUNK` long."""

    def __init__(self, vault: Vault, key_id: str, place: str) -> None:
        key = os.urandom(_KEY)
        self.header = _MAGIC + vault.seal(key_id, key, place)
        self._cipher = AESGCM(key)
        self._count = 0

    def seal(self, chunk: bytes, *, last: bool) -> bytes:
        """Seal the next chunk."""
        sealed = self._cipher.encrypt(_nonce(self._count, last=last), chunk, self.header)
        self._count += 1
        return sealed


def unseal_stream(vault: Vault, key_id: str, place: str, file: BinaryIO) -> Iterator[bytes]:
    """Yield the chunks of what `Sealing` sealed.

    Raises `KeyUnusable` when its key was destroyed, or a byte was changed, moved or cut off.
    """
    header = file.read(len(_MAGIC) + _SEALED_KEY)
    if not header.startswith(_MAGIC):
        raise KeyUnusable("This is no sealed original, or its beginning was changed.")
    cipher = AESGCM(vault.unseal(key_id, header[len(_MAGIC) :], place))
    chunk, count = file.read(CHUNK + _TAG), 0
    while True:
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, last=not following), chunk, header)
        except (InvalidTag, ValueError):  # changed, or cut short
            raise KeyUnusable("A sealed original cannot be opened: it was changed or cut short.") from None
        if not following:
            return
        chunk, count = following, count + 1


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(_NONCE - 1, "big") + bytes([last])
