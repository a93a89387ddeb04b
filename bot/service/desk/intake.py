"""Taking in a file of cases: the table is read row by row, what is known is gathered here."""

from pathlib import Path
from zoneinfo import available_timezones

from bot.casework.intake import read_cases
from bot.casework.known import Known
from bot.documents.tables import read_table
from bot.i18n import formats
from bot.service.desk.cases import Imported, import_cases
from bot.service.installation import Installation


async def import_file(inst: Installation, path: Path, *, dry_run: bool = False) -> Imported:
    """Import a CSV or XLSX file. Raises `InputRefused` for a file that is no table at all."""
    known = Known(
        jurisdictions=frozenset(inst.library.packs),
        timezones=frozenset(available_timezones()),
        currencies=formats.currencies(),
        today=inst.clock.now().date(),
    )
    return await import_cases(inst, read_cases(read_table(path), known), dry_run=dry_run)
