"""How a performance ended."""

from collections.abc import Mapping
from typing import NamedTuple


class Done(NamedTuple):
    """The outcome, and values (JSON scalars or lists) for later steps."""

    outcome: str
    values: Mapping[str, object] = {}
