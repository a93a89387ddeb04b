"""Released scripts, rule packs and solutions (shipped and the lender's own), scorecards; read when first needed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.casework.affordability import Form, read_form
from bot.casework.cues import Cues, read_cues
from bot.casework.risk import RiskModel, TreatmentTable, check_table, read_scorecard, read_table
from bot.casework.solutions import Catalogue, for_place, read_catalogue
from bot.errors import ConfigError
from flows.errors import ScriptInvalid, UnknownScript
from flows.rules import Pack, chain, check_packs, parse_pack
from flows.script import Issue, Script, link, link_one, parse
from flows.script.lint import Phrase
from flows.script.lint.wording_file import read_wording
from flows.script.lock import compare, read_lock, sha256_of

SCRIPTS = files("flows") / "scripts"
LOCK = files("flows") / "scripts.lock"
WORDING = files("flows") / "wording"
PACKS = files("flows") / "rules" / "packs"
CUES = files("bot") / "casework" / "cues"
RISK = files("bot") / "casework" / "risk"
AFFORDABILITY = files("bot") / "casework" / "affordability"
SOLUTIONS = files("bot") / "casework" / "solutions"


def released(root: Traversable) -> Iterator[tuple[str, str]]:
    """Yield path and text of every `NAME/vN.yaml` below `root`, in a stable order."""
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
                if file.name.endswith(".yaml"):
                    yield f"{folder.name}/{file.name}", file.read_text("utf-8")


Scripts = tuple[Mapping[tuple[str, int], Script], Mapping[str, Script]]


@cache
def scripts() -> Scripts:
    """Return every released script by name and version, and the latest of each name, linked.

    Raises `ConfigError` for a file that is broken, or was changed after its release.
    """
    return _linked(_shipped_scripts())


@cache
def _shipped_scripts() -> tuple[Script, ...]:
    return _read_scripts(dict(released(SCRIPTS)), LOCK)


def installed_scripts(own: Path | None) -> Scripts:
    """Return the released scripts, with the lender's own in the folder `own` if there are any."""
    lock = None if own is None else own / LOCK.name
    if own is None or lock is None or not lock.exists():
        return scripts()
    return with_own_scripts(own, lock.read_text("utf-8"))


@cache
def with_own_scripts(own: Path, lock: str) -> Scripts:  # noqa: ARG001 - what the lock says is part of the key
    """Return the released scripts with the lender's own beside them. Raises `ConfigError` as `scripts` does."""
    sources = {str(own / file): source for file, source in released(own)}
    return _linked((*_shipped_scripts(), *_read_scripts(sources, own / LOCK.name)))


def _linked(parsed: Sequence[Script]) -> Scripts:
    latest = link(parsed)
    return {(one.name, one.version): link_one(one, latest) for one in parsed}, latest


def _read_scripts(sources: Mapping[str, str], lock: Traversable) -> tuple[Script, ...]:
    try:
        parsed = tuple(parse(source, file) for file, source in sources.items())
        broken = tuple(changed(parsed, sources, lock))
    except ScriptInvalid as error:
        raise ConfigError(f"The scripts cannot be used:\n{error}") from None
    if broken:
        raise ConfigError("The scripts cannot be used:\n" + "\n".join(map(str, broken)))
    return parsed


def changed(
    parsed: Sequence[Script], sources: Mapping[str, str], lock: Traversable = LOCK
) -> Iterator[Issue]:
    """Yield the released scripts that are not what the lock says."""
    present = [
        (script.name, script.version, sha256_of(source), file)
        for script, (file, source) in zip(parsed, sources.items(), strict=True)
    ]
    yield from compare(read_lock(lock.read_text("utf-8")), present)


@cache
def wording() -> tuple[Phrase, ...]:
    """Return what no customer is told, in every language. Raises `ConfigError` for a file that cannot be read."""
    found = []
    for file in sorted(WORDING.iterdir(), key=lambda entry: entry.name):
        locale, ending = file.name.rsplit(".", 1)
        if ending == "yaml":
            try:
                found += read_wording(file.read_text("utf-8"), locale)
            except ValueError as error:
                raise ConfigError(f"flows/wording/{file.name} cannot be used: {error}") from None
    return tuple(found)


def pack_texts(own: Path | None) -> dict[str, str]:
    """Return the text of every rule pack by file: the shipped ones, then every `.yaml` below the folder `own`."""
    return {**dict(released(PACKS)), **_own_texts(own)}


def _own_texts(own: Path | None) -> dict[str, str]:
    if own is None or not own.is_dir():
        return {}
    return {str(file): file.read_text("utf-8", "replace") for file in sorted(own.rglob("*.yaml"))}


@cache
def every_pack(own: Path | None) -> tuple[Pack, ...]:
    """Return every version of every pack. Raises `ConfigError` for packs that cannot be read or used together."""
    texts = _own_texts(own)
    try:
        parsed = (*_shipped_packs(), *(parse_pack(source, file) for file, source in texts.items()))
    except ScriptInvalid as error:
        raise ConfigError(f"The rule packs cannot be used:\n{error}") from None
    issues = check_packs(parsed) if texts else []  # the shipped ones are proven
    if issues:
        raise ConfigError("The rule packs cannot be used:\n" + "\n".join(map(str, issues)))
    return parsed


@cache
def _shipped_packs() -> tuple[Pack, ...]:
    return tuple(parse_pack(source, file) for file, source in released(PACKS))


@cache
def packs(policy: str, own: Path | None) -> Mapping[str, Sequence[Pack]]:
    """Return the packs that bind in each jurisdiction, `policy` among them. Raises `ConfigError`."""
    parsed = every_pack(own)
    if policy not in {pack.name for pack in parsed}:
        raise ConfigError(f"DOORSTEP_RULE_PACK: there is no pack {policy}; `doorstep rules list` names them.")
    return chain(parsed, policy)


@cache
def risk() -> RiskModel:
    """Return the latest scorecard of each view and the latest table. Raises `ConfigError` as `scripts` does."""
    try:
        cards = [read_scorecard(source, file) for file, source in released(RISK / "scorecards")]
        tables = _tables()
        model = RiskModel(
            cards={card.view: card for card in sorted(cards, key=lambda card: (card.view, card.version))},
            table=treatments(),
        )
        present = [(str(one.view), one.version, one.sha256, one.file) for one in cards]
        present += [(one.name, one.version, one.sha256, one.file) for one in tables]
        lock = read_lock((RISK / "scorecards.lock").read_text("utf-8"), "scorecards.lock")
        broken = (*compare(lock, present, "scorecards.lock"), *check_table(model.table, model.cards))
    except ScriptInvalid as error:
        raise ConfigError(f"The scorecards cannot be used:\n{error}") from None
    if broken:
        raise ConfigError("The scorecards cannot be used:\n" + "\n".join(map(str, broken)))
    return model


@cache
def _tables() -> tuple[TreatmentTable, ...]:
    return tuple(read_table(source, file) for file, source in released(RISK / "treatments"))


def treatments() -> TreatmentTable:
    """Return the latest table alone, where nothing is scored."""
    return max(_tables(), key=lambda table: table.version)


@cache
def statement() -> Form:
    """Return the latest form of the financial statement. Raises `ConfigError` as `scripts` does."""
    try:
        forms = [read_form(source, file) for file, source in released(AFFORDABILITY / "statements")]
        _check_lock(AFFORDABILITY / "statements.lock", forms)
    except ScriptInvalid as error:
        raise ConfigError(f"The financial statement cannot be used:\n{error}") from None
    return max(forms, key=lambda form: form.version)


@cache
def solutions(own: Path | None) -> tuple[Catalogue, ...]:
    """Return the latest catalogue of each name; one of the lender's own, below `own`, takes a released one's place.

    Raises `ConfigError` as `scripts` does.
    """
    mine = {
        str(file): file.read_text("utf-8", "replace") for file in (sorted(own.rglob("*.yaml")) if own else ())
    }
    try:
        shipped = [read_catalogue(source, file) for file, source in released(SOLUTIONS / "products")]
        _check_lock(SOLUTIONS / "products.lock", shipped)
        found = [*shipped, *(read_catalogue(source, file) for file, source in mine.items())]
    except ScriptInvalid as error:
        raise ConfigError(f"The solutions cannot be used:\n{error}") from None
    ranked = sorted(found, key=lambda one: (one.file in mine, one.version))
    return tuple({one.name: one for one in ranked}.values())


def _check_lock(lock: Traversable, files: Sequence[Form | Catalogue]) -> None:
    """Raise ScriptInvalid when released files are not what their lock says."""
    present = [(one.name, one.version, one.sha256, one.file) for one in files]
    broken = tuple(compare(read_lock(lock.read_text("utf-8"), lock.name), present, lock.name))
    if broken:
        raise ScriptInvalid(broken)


@cache
def cues() -> Cues:
    """Return the cue words. Raises `ConfigError` as `scripts` does."""
    try:
        return read_cues((CUES / "v1.yaml").read_text("utf-8"), "cues/v1.yaml")
    except ScriptInvalid as error:
        raise ConfigError(f"The cue words cannot be used:\n{error}") from None


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
        return risk()

    @property
    def statement(self) -> Form:
        """The form of the financial statement."""
        return statement()

    def solutions(self, jurisdiction: str) -> Catalogue:
        """Return what can be offered in a jurisdiction."""
        return for_place(solutions(self._products), jurisdiction)

    @property
    def cues(self) -> Cues:
        """The words that may call for a card."""
        return cues()

    def read(self) -> None:
        """Read everything now, so that a fault stops the start and not a conversation."""
        _ = self.scripts, self.packs, self.risk, self.cues
        _ = self.statement, self.solutions("")
