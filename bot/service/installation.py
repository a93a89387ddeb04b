"""One installation of Doorstep: everything that a use case needs, put together once by `bot.app`."""

from dataclasses import dataclass
from typing import Any, Protocol

from bot.clock import Clock
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.service.outbound.ports import Calls
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.originals import Originals
from bot.store.vault import Vault
from flows.engine import EffectDone, Perform, Turn


class Deeds(Protocol):
    """Does what a script orders in a talk; put in from outside, so that conversations need not know every deed."""

    async def __call__(self, talk: Any, scene: Any, order: Perform, /) -> EffectDone:
        """Do it within the talk's transaction."""


class Watch(Protocol):
    """Is told every turn of every conversation before what it orders is done, so that rehearsals show the way taken."""

    def __call__(self, conversation: Any, turn: Turn, /) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Immutable for the life of the process."""

    settings: Settings
    store: Store
    vault: Vault
    clock: Clock
    catalogues: Catalogues
    library: Library
    calls: Calls
    perform: Deeds
    watch: Watch | None = None

    @property
    def originals(self) -> Originals:
        """The originals of evidence."""
        return Originals(self.settings.evidence)
