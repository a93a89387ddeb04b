"""The translated texts, read from `.po` at the start. A regulated text is never English by accident."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.errors import ConfigError
from bot.i18n.folder import DOMAINS, catalogue_file, locales_folder
from bot.i18n.negotiate import LOCALES
from bot.i18n.text import names_in

_SOURCE = "en"


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One language: its texts by (context, msgid), and gettext for the plurals."""

    texts: Mapping[tuple[str, str], str]
    plurals: GNUTranslations


class Catalogues:
    """Every text in every language. English is the source, so its catalogue only holds exceptions."""

    def __init__(self, spoken: Mapping[str, _Spoken], own: Path | None = None) -> None:
        self._spoken = spoken
        self._own = own

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages, the source first."""
        return tuple(self._spoken)

    def lookup(self, locale: str, context: str, msgid: str) -> str | None:
        """Return what to say, or None where a language lacks it; English falls back on its source.

        What the shipped catalogues have not may be a text of the lender's own scripts.
        """
        found = self._spoken[locale].texts.get((context, msgid))
        if found is not None or locale == _SOURCE:
            return msgid if found is None else found
        return None if self._own is None else own_texts(self._own, locale).get((context, msgid))

    def text(self, locale: str, context: str, msgid: str) -> str:
        """Return what to say. Raises ConfigError when another language than English lacks it."""
        found = self.lookup(locale, context, msgid)
        if found is None:
            raise _unknown(locale, context)
        return found

    def plural(self, locale: str, context: str, singular: str, plural: str, n: int) -> str:
        """Return the form for `n`. Raises ConfigError when another language than English lacks it."""
        if self.lookup(locale, context, singular) is None:
            raise _unknown(locale, context)
        return self._spoken[locale].plurals.npgettext(context, singular, plural, n)


def load(folder: Path | None = None, own: Path | None = None) -> Catalogues:
    """Read all catalogues, with those of the lender's own scripts in the folder `own`.

    Raises ConfigError with every gap in the shipped ones: missing file, missing, fuzzy or misfit text.
    """
    return Catalogues(_shipped(folder or locales_folder()), own)


@cache
def _shipped(folder: Path) -> Mapping[str, _Spoken]:
    gaps: list[str] = []
    spoken = {locale: _read_language(folder, locale, gaps) for locale in LOCALES}
    if gaps:
        raise ConfigError("The catalogues are not complete; translate these first:\n" + "\n".join(gaps))
    return spoken


def own_texts(own: Path, locale: str) -> Mapping[tuple[str, str], str]:
    """Return what the lender's own catalogue of a language has, without what is empty, fuzzy or a misfit.

    It is read again when it was written; none is there before the first own script.
    """
    file = own / f"{locale}.po"
    try:
        return _own_texts(file, locale, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=8)
def _own_texts(file: Path, locale: str, _written: int) -> Mapping[tuple[str, str], str]:
    catalogue = Catalog(locale=locale)
    for message in _read_domain(file, locale, []):
        catalogue[message.id] = message
    return dict(_texts(catalogue))


def _read_language(folder: Path, locale: str, gaps: list[str]) -> _Spoken:
    merged = Catalog(locale=locale)
    for domain in DOMAINS:
        path = catalogue_file(folder, locale, domain)
        for message in _read_domain(path, locale, gaps):
            merged[message.id] = message
    return _Spoken(dict(_texts(merged)), _gettext(merged))


def _read_domain(path: Path, locale: str, gaps: list[str]) -> Iterator[Message]:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        gaps.append(f"{path}: cannot be read ({type(error).__name__})")
        return
    for message in catalogue:
        if not message.id:
            continue
        if problem := _problem(message):
            gaps.append(f"{path}:{message.lineno}: {problem}: {message.context}")
        else:
            yield message


def _problem(message: Message) -> str | None:
    if message.fuzzy:
        return "fuzzy"
    forms = _forms(message.string)
    if not all(forms):
        return "missing"
    known = {name for source in _forms(message.id) for name in names_in(source)}
    return "placeholders differ" if any(_misfits(form, known) for form in forms) else None


def _misfits(form: str, known: set[str]) -> bool:
    try:
        return set(names_in(form)) != known
    except ValueError:
        return True


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


def _texts(catalogue: Catalog) -> Iterator[tuple[tuple[str, str], str]]:
    for message in catalogue:
        if message.id:
            yield (message.context or "", _forms(message.id)[0]), _forms(message.string)[0]


def _gettext(catalogue: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _unknown(locale: str, context: str) -> ConfigError:
    return ConfigError(f"No {locale} text for {context}: update the catalogues and translate it.")
