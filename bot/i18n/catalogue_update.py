"""Bring the catalogues up to date with the scripts and the code, or tell that they are not.

`python -m bot.i18n.catalogue_update` rewrites `locales/`: new texts come in empty, a text that was
reworded becomes fuzzy, a text that is gone is dropped. `--check` writes nothing and exits 1 when a
catalogue is stale.
"""

import sys
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.i18n.extract import found_texts
from bot.i18n.folder import DOMAINS, catalogue_file, locales_folder
from bot.i18n.negotiate import DEFAULT, LOCALES

# Written by hand: Babel's own header carries dates and versions, which change without cause.
_HEADER = """\
# Texts of Doorstep. Update with: python -m bot.i18n.catalogue_update
msgid ""
msgstr ""
"Language: {locale}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def update(folder: Path, *, check: bool = False) -> tuple[Path, ...]:
    """Return the catalogues in `folder` that were stale; with `check` they are left as they are."""
    root = folder.parent
    stale = []
    for domain in DOMAINS:
        template = _template(root, domain)
        for locale in LOCALES:
            path = catalogue_file(folder, locale, domain)
            fresh = _render(template, path, locale)
            if not path.exists() or path.read_bytes() != fresh:
                stale.append(path)
                if not check:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(fresh)
    return tuple(stale)


def _template(root: Path, domain: str) -> Catalog:
    template = Catalog(domain=domain)
    for found in found_texts(root, domain):
        template.add(
            found.msgid,
            locations=[(found.path, found.line)],
            auto_comments=found.comments,
            context=found.context,
        )
    return template


def _render(template: Catalog, path: Path, locale: str) -> bytes:
    """Merge the template into what is translated already."""
    catalogue = _read(path, locale)
    catalogue.update(_overridden(template, catalogue) if locale == DEFAULT else template)
    out = BytesIO(_HEADER.format(locale=locale, plural_forms=catalogue.plural_forms).encode())
    out.seek(0, SEEK_END)
    write_po(
        out,
        catalogue,
        width=100,
        omit_header=True,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return out.getvalue()


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def _overridden(template: Catalog, english: Catalog) -> Catalog:
    """English is the source: its catalogue only has the texts that somebody put another wording to."""
    kept = Catalog()
    for message in template:
        if message.id and english.get(message.id, message.context) is not None:
            kept[message.id] = message
    return kept


def _lines(arguments: list[str]) -> Iterator[str]:
    check = "--check" in arguments
    for path in update(locales_folder(), check=check):
        yield f"{path} is stale: run python -m bot.i18n.catalogue_update" if check else f"{path} updated"


def main(arguments: list[str]) -> int:
    """Update, or with `--check` only tell; the exit code is 1 when something stale was left."""
    lines = list(_lines(arguments))
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return int(bool(lines) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
