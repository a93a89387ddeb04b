"""The vault of a play: its visits have the same code each time, so that a transcript reads the same each time."""

from bot.store.vault import Vault

SAME = bytes((0, 41, 0, 27)) * 8  # the team says 41, the customer answers 27


class PlayVault(Vault):
    """Everything else is as in the vault that it is made of, whose keys it shares."""

    def __init__(self, vault: Vault) -> None:
        self.__dict__ |= vault.__dict__

    def hash(self, kind: str, value: str) -> bytes:
        """Return a keyed hash; for visit codes the same always."""
        return SAME if kind == "visit_code" else super().hash(kind, value)
