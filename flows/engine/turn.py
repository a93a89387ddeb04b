"""What one event comes to."""

from dataclasses import dataclass

from flows.engine.effects import Effect
from flows.engine.session import Session


@dataclass(frozen=True, slots=True)
class Turn:
    """The next session, and the orders in order. An event that moved nothing keeps the very same session."""

    session: Session
    effects: tuple[Effect, ...] = ()
