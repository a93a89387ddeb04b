"""The visit code of one visit: worked out of its id under the master key, so that nothing has to be kept."""

from typing import Any

from bot.casework.visit_code import Halves, halves_of
from bot.service.installation import Installation


def code_of(inst: Installation, visit: Any) -> Halves:
    """Return both halves; another time of the same visit has another code."""
    return halves_of(inst.vault.hash("visit_code", f"{visit.id}:{visit.sequence}"))
