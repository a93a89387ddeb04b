"""`flows texts`: what of a draft is still to be translated."""

from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused
from bot.i18n import catalogues
from bot.i18n.extract import found_in_script
from bot.i18n.untranslated import ask_for_translations
from bot.settings import load_settings
from bot.text_file import text_of
from flows.errors import ScriptInvalid


def texts(file: Annotated[Path, typer.Argument(help="The draft.")]) -> None:
    """Put the texts of a draft that some language lacks into your own catalogues, to be translated there."""
    own = load_settings().own_scripts
    source = text_of(file)
    try:
        found = list(found_in_script(source, file.name))
    except ScriptInvalid as error:
        raise InputRefused(str(error)) from None
    for path, waiting in ask_for_translations(found, catalogues.load(own=own), own).items():
        print(f"{path}: {waiting} to translate" if waiting else f"{path}: nothing to translate")
