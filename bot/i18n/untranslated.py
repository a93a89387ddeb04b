"""The texts of a lender's own script that some language lacks, put where a translator finds them."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from bot.errors import ConfigError
from bot.i18n.catalogues import Catalogues
from bot.i18n.extract import Found
from bot.i18n.negotiate import DEFAULT, LOCALES

HEADER = "# Words of your own scripts: fill in each empty msgstr. What stands in {braces} stays as it is."


def ask_for_translations(found: Iterable[Found], texts: Catalogues, folder: Path) -> dict[Path, int]:
    """Add what is not translated to the catalogues in `folder`; return how many texts each of them waits for.

    What is there stays: an older version may still be lived on. Raises `ConfigError` for a file that is no catalogue.
    """
    asked = list(found)
    return {
        folder / f"{locale}.po": _ask(asked, texts, folder / f"{locale}.po", locale)
        for locale in LOCALES
        if locale != DEFAULT
    }


def _ask(found: Iterable[Found], texts: Catalogues, path: Path, locale: str) -> int:
    catalogue = _read(path, locale)
    for one in found:
        if (
            texts.lookup(locale, one.context, str(one.msgid)) is None
            and catalogue.get(one.msgid, one.context) is None
        ):
            catalogue.add(
                one.msgid, locations=[(one.path, one.line)], auto_comments=one.comments, context=one.context
            )
    waiting = sum(1 for message in catalogue if message.id and (message.fuzzy or not message.string))
    out = BytesIO()
    write_po(out, catalogue, width=100, sort_by_file=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return waiting


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale, project="Scripts", version="1", header_comment=HEADER, fuzzy=False)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError):
        raise ConfigError(f"{path} is no catalogue that can be read: mend it, or move it away.") from None
