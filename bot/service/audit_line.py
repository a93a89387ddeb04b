"""A line of the log of what happened: who did what about which case and visit. Codes and ids only, never words."""

from datetime import datetime
from typing import Any, NamedTuple

SYSTEM, CLI, CUSTOMER = "system", "cli", "customer"


class About(NamedTuple):
    """What a line is about."""

    case_id: int | None = None
    visit_id: int | None = None


NOTHING = About()


def colleague(person_id: int | None) -> str:
    """Return how the log calls a member of staff; 0 where it is not known who it was."""
    return f"person:{person_id or 0}"


def audit_line(
    at: datetime, actor: str, kind: str, about: About = NOTHING, /, **data: object
) -> dict[str, Any]:
    """Return a line for `store.audit.append`; `at` is aware UTC, `data` has codes, ids and instants in ISO 8601."""
    return {"at": at, "actor": actor, "kind": kind, **about._asdict(), "data": data}
