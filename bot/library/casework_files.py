"""What the lender's arithmetic reads: scorecards and treatments, the financial statement, solutions, cue words."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.casework.affordability import Form, read_form
from bot.casework.cues import Cues, read_cues
from bot.casework.risk import RiskModel, TreatmentTable, check_table, read_scorecard, read_table
from bot.casework.solutions import Catalogue, read_catalogue
from bot.errors import ConfigError
from bot.library.released import check_lock, released
from flows.errors import ScriptInvalid
from flows.script.lock import compare, read_lock

_CASEWORK = files("bot") / "casework"
CUES, RISK, AFFORDABILITY, SOLUTIONS = (
    _CASEWORK / name for name in ("cues", "risk", "affordability", "solutions")
)


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
        check_lock(AFFORDABILITY / "statements.lock", forms)
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
        check_lock(SOLUTIONS / "products.lock", shipped)
        found = [*shipped, *(read_catalogue(source, file) for file, source in mine.items())]
    except ScriptInvalid as error:
        raise ConfigError(f"The solutions cannot be used:\n{error}") from None
    ranked = sorted(found, key=lambda one: (one.file in mine, one.version))
    return tuple({one.name: one for one in ranked}.values())


@cache
def cues() -> Cues:
    """Return the cue words. Raises `ConfigError` as `scripts` does."""
    try:
        return read_cues((CUES / "v1.yaml").read_text("utf-8"), "cues/v1.yaml")
    except ScriptInvalid as error:
        raise ConfigError(f"The cue words cannot be used:\n{error}") from None
