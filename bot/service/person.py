"""A member of staff as the services see them."""

from dataclasses import dataclass
from typing import Any

from bot.store.vault import Vault

STAFF_KEY = "staff"
PLACE = "people.name"
WORD_PLACE = "people.word"
FIELD_ROLES = ("collector", "safety_officer")
DESK_ROLES = ("scheduler", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the lender, with a role and, once the invite was opened, a chat."""

    id: int
    role: str
    name: str
    badge: str
    locale: str
    timezone: str
    chat_id: int | None
    word: str = ""  # their own word for silent help

    def __repr__(self) -> str:
        return f"Person({self.id}, {self.role})"


def open_person(row: Any, vault: Vault) -> Person:
    """Open a row of `people`; the staff key must have been loaded."""
    name = vault.unseal(STAFF_KEY, row.name_enc, PLACE).decode()
    word = vault.unseal(STAFF_KEY, row.word_enc, WORD_PLACE).decode() if row.word_enc else ""
    return Person(row.id, row.role, name, row.badge, row.locale, row.timezone, row.chat_id, word)


def seal_name(vault: Vault, name: str) -> bytes:
    """Seal a staff member's name under the staff key."""
    return vault.seal(STAFF_KEY, name.encode(), PLACE)


def seal_word(vault: Vault, word: str) -> bytes:
    """Seal a staff member's word for silent help under the staff key."""
    return vault.seal(STAFF_KEY, word.encode(), WORD_PLACE)
