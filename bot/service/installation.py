"""One installation of Doorstep: everything that a use case needs, put together once by `bot.app`."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.i18n.catalogues import Catalogues
from bot.library import Library
from bot.service.outbound.ports import Calls
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.originals import Originals
from bot.store.vault import Vault


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

    @property
    def originals(self) -> Originals:
        """The originals of evidence."""
        return Originals(self.settings.evidence)
