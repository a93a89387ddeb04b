"""Where the catalogues lie: `locales/` beside the packages, in a checkout and in an installed wheel alike."""

from pathlib import Path

import bot

DOMAINS = ("flows", "bot")


def locales_folder() -> Path:
    """Return the folder of the catalogues that belong to this code."""
    return Path(bot.__file__).parent.parent / "locales"


def catalogue_file(folder: Path, locale: str, domain: str) -> Path:
    """Return the file of one catalogue."""
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"
