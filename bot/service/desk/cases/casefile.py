"""A case as the services see it: the row with its sealed half opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from bot.store.vault import Vault

PLACE = "cases.personal"

ANSWER_PLACE = "answers.value"  # what an answer is sealed for, under the key of its case


def key_of(case_id: int) -> str:
    """Return the id of the case's own data key."""
    return f"case:{case_id}"


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One customer's arrears. `outstanding` in minor units of `currency`; `personal` must never be logged."""

    id: int
    case_ref: str
    jurisdiction: str
    timezone: str
    locale: str
    currency: str
    outstanding: int
    overdue_since: date
    personal: Mapping[str, Any]
    loan: Mapping[str, Any]
    chat_id: int | None
    link_no: int
    stage: str
    id_hash: bytes
    identity_tries: int
    identity_locked_until: datetime | None
    identified_at: datetime | None

    def __repr__(self) -> str:
        return f"CaseFile({self.id})"


def open_case(row: Any, vault: Vault) -> CaseFile:
    """Open the sealed half of a row of `cases`; its key must have been loaded."""
    return CaseFile(
        id=row.id,
        case_ref=row.case_ref,
        jurisdiction=row.jurisdiction,
        timezone=row.timezone,
        locale=row.locale,
        currency=row.currency,
        outstanding=row.outstanding,
        overdue_since=row.overdue_since,
        personal=orjson.loads(vault.unseal(key_of(row.id), row.personal_enc, PLACE)),
        loan=row.loan,
        chat_id=row.chat_id,
        link_no=row.link_no,
        stage=row.stage,
        id_hash=row.id_hash,
        identity_tries=row.identity_tries,
        identity_locked_until=row.identity_locked_until,
        identified_at=row.identified_at,
    )


def seal_personal(vault: Vault, case_id: int, personal: Mapping[str, Any]) -> bytes:
    """Seal the personal columns under the case's own key."""
    return vault.seal(key_of(case_id), orjson.dumps(personal), PLACE)
