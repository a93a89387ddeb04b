"""Released scripts, rule packs and solutions (shipped and the lender's own), scorecards; read when first needed."""

from bot.library.casework_files import cues, risk, solutions, statement, treatments
from bot.library.library import Library
from bot.library.pack_files import every_pack, pack_texts, packs
from bot.library.script_files import SCRIPTS, changed, installed_scripts, scripts, with_own_scripts, wording

__all__ = [
    "SCRIPTS",
    "Library",
    "changed",
    "cues",
    "every_pack",
    "installed_scripts",
    "pack_texts",
    "packs",
    "risk",
    "scripts",
    "solutions",
    "statement",
    "treatments",
    "with_own_scripts",
    "wording",
]
