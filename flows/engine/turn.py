"""What one event comes to."""

from dataclasses import dataclass
from typing import NamedTuple

from flows.engine.effects import Effect
from flows.engine.session import Session
from flows.script.ways import Kind


class Walked(NamedTuple):
    """A way that a conversation took: from which step of which script (empty: from wherever it stood), and by what.

    `kind` and `name` are those of the script's `Exit`.
    """

    script: str
    step: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Turn:
    """The next session, the orders in order, the ways that led there.

    An event that moved nothing keeps the very same session.
    """

    session: Session
    effects: tuple[Effect, ...] = ()
    walked: tuple[Walked, ...] = ()
