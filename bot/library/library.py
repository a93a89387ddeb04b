"""The library of an installation: everything that was written for it to go by, read when it is first needed."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from bot.casework.affordability import Form
from bot.casework.cues import Cues
from bot.casework.risk import RiskModel
from bot.casework.solutions import Catalogue, for_place
from bot.library import casework_files
from bot.library.pack_files import packs
from bot.library.script_files import LOCK, Scripts, installed_scripts
from flows.errors import UnknownScript
from flows.rules import Pack
from flows.script import Script, link_one


def _written(file: Path) -> tuple[int, int] | None:
    """Return when a file was written, and how long it is; None when it is not there."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size


class Library:
    """Scripts, packs and scorecards of an installation; a command does not pay for reading what it does not need.

    `own` is the folder of the lender's own packs, `products` that of their own solutions, `scripts` that of their own
    scripts, which are read again when one is published. `extra` scripts stand beside the released ones, for rehearsals.
    Everything raises `ConfigError` as above.
    """

    def __init__(
        self,
        policy: str,
        own: Path | None = None,
        extra: Sequence[Script] = (),
        *,
        products: Path | None = None,
        scripts: Path | None = None,
    ) -> None:
        self._policy = policy
        self._own = own
        self._products = products
        self._scripts_folder = scripts
        self._extra = extra
        self._seen: object = self
        self._read_scripts: Scripts = ({}, {})
        self._pinned: dict[tuple[str, int, tuple[tuple[str, int], ...]], Script] = {}

    def with_extra(self, extra: Sequence[Script]) -> "Library":
        """Return the same library with scripts beside, or in the place of, its own."""
        return Library(self._policy, self._own, extra, products=self._products, scripts=self._scripts_folder)

    @property
    def _scripts(self) -> Scripts:
        """Return the scripts as they are now: publishing one writes the lock last."""
        seen = None if self._scripts_folder is None else _written(self._scripts_folder / LOCK.name)
        if seen != self._seen:
            read = installed_scripts(self._scripts_folder)
            by_version = {**read[0], **{(one.name, one.version): one for one in self._extra}}
            self._read_scripts = by_version, {**read[1], **{one.name: one for one in self._extra}}
            self._seen = seen
            self._pinned.clear()
        return self._read_scripts

    @property
    def scripts(self) -> Mapping[tuple[str, int], Script]:
        """Every version of every script."""
        return self._scripts[0]

    @property
    def latest(self) -> Mapping[str, Script]:
        """The latest version of each script."""
        return self._scripts[1]

    def pinned(self, name: str, version: int, pins: Mapping[str, int]) -> Script:
        """Return a version of a script with the versions of its sub-scripts that `pins` names, the latest else.

        Raises `UnknownScript` when one of them is not installed.
        """
        by_version, latest = self._scripts
        missing = [one for one in ((name, version), *pins.items()) if one not in by_version]
        if missing:
            script, number = missing[0]
            raise UnknownScript(f"script {script} v{number} is not installed, but a session lives on it")
        if not pins:
            return by_version[name, version]
        key = (name, version, tuple(sorted(pins.items())))
        if key not in self._pinned:
            kept = {sub: by_version[sub, number] for sub, number in pins.items()}
            self._pinned[key] = link_one(by_version[name, version], {**latest, **kept})
        return self._pinned[key]

    @cached_property
    def packs(self) -> Mapping[str, Sequence[Pack]]:
        """The packs that bind in each jurisdiction."""
        return packs(self._policy, self._own)

    @property
    def risk(self) -> RiskModel:
        """The scorecards and the table of treatments."""
        return casework_files.risk()

    @property
    def statement(self) -> Form:
        """The form of the financial statement."""
        return casework_files.statement()

    def solutions(self, jurisdiction: str) -> Catalogue:
        """Return what can be offered in a jurisdiction."""
        return for_place(casework_files.solutions(self._products), jurisdiction)

    @property
    def cues(self) -> Cues:
        """The words that may call for a card."""
        return casework_files.cues()

    def read(self) -> None:
        """Read everything now, so that a fault stops the start and not a conversation."""
        _ = self.scripts, self.packs, self.risk, self.cues
        _ = self.statement, self.solutions("")
