"""Data at rest: a key for each case, wrapped by the master key; destroying a case's key erases the case.

AES-256-GCM with 96-bit nonces; `place` (such as "cases.personal") is bound in, so that a value cannot be moved.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import ConfigError, KeyUnusable

_NONCE = 12
_KEY = 32


def new_master() -> str:
    """Return a fresh master key as text for `DOORSTEP_KEY`."""
    return base64.urlsafe_b64encode(os.urandom(_KEY)).decode()


def parse_master(text: str) -> bytes:
    """Read a master key. Raises `ConfigError` when it is not 32 bytes in URL-safe base64."""
    try:
        master = base64.urlsafe_b64decode(text.strip())
    except ValueError:
        master = b""
    if len(master) != _KEY:
        raise ConfigError("DOORSTEP_KEY: write the 44 characters that `doorstep init` put into the key file")
    return master


class Vault:
    """Seals and opens under data keys, which it learns by `admit` and keeps unwrapped in memory."""

    def __init__(self, master: bytes) -> None:
        self._master = AESGCM(_derive(master, b"wrap"))
        self._index = _derive(master, b"index")
        self._keys: dict[str, AESGCM] = {}

    def blank(self) -> "Vault":
        """Return a vault under the same master key that has learned no data key yet.

        It is for work on very many cases: it can be forgotten as a whole, and takes no key away from others.
        """
        blank = Vault.__new__(Vault)
        blank._master, blank._index, blank._keys = self._master, self._index, {}  # noqa: SLF001 - its own kind
        return blank

    def knows(self, key_id: str) -> bool:
        """Is this data key in memory?"""
        return key_id in self._keys

    def new_key(self, key_id: str) -> bytes:
        """Make a data key; return it wrapped, to be kept in `keys`."""
        key = os.urandom(_KEY)
        nonce = os.urandom(_NONCE)
        self._keys[key_id] = AESGCM(key)
        return nonce + self._master.encrypt(nonce, key, key_id.encode())

    def admit(self, key_id: str, wrapped: bytes) -> None:
        """Unwrap a data key into memory. Raises `KeyUnusable` under another master key."""
        try:
            key = self._master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], key_id.encode())
        except (InvalidTag, ValueError):  # changed, or cut short
            raise KeyUnusable(
                "This DOORSTEP_KEY does not open this database: use the one it was made with."
            ) from None
        self._keys[key_id] = AESGCM(key)

    def forget(self, key_id: str) -> None:
        """Drop a data key from memory."""
        self._keys.pop(key_id, None)

    def seal(self, key_id: str, plain: bytes, place: str) -> bytes:
        """Seal bytes for one place."""
        nonce = os.urandom(_NONCE)
        return nonce + self._key(key_id).encrypt(nonce, plain, place.encode())

    def unseal(self, key_id: str, sealed: bytes, place: str) -> bytes:
        """Open what `seal` sealed. Raises `KeyUnusable` when key or place differ, or a byte was changed."""
        try:
            return self._key(key_id).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError):  # changed, or cut short
            raise KeyUnusable("A sealed value cannot be opened: it was changed, or its key was.") from None

    def _key(self, key_id: str) -> AESGCM:
        try:
            return self._keys[key_id]
        except KeyError:
            raise KeyUnusable("A data key is missing: it was destroyed, or never made.") from None

    def hash(self, kind: str, value: str) -> bytes:
        """Return a keyed hash for look-ups: the same for the same value, of no use without the master key."""
        return hmac.digest(self._index, f"{kind}:{value}".encode(), hashlib.sha256)

    def token(self, case_id: int, generation: int) -> str:
        """Return the 24 characters of a case's deep link: the same each time, so that printed letters stay valid."""
        return base64.urlsafe_b64encode(self.hash("link", f"{case_id}:{generation}")[:18]).decode()


def _derive(master: bytes, purpose: bytes) -> bytes:
    return hmac.digest(master, b"doorstep/" + purpose, hashlib.sha256)
