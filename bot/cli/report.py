"""`report`: do the visits work?"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.languages import Language
from bot.cli.output import Json, show_one, wait
from bot.errors import InputRefused
from bot.service.desk.evaluation.appraisal import Appraisal, appraise, span_of, today_of
from bot.service.desk.evaluation.rows import lines, report_row
from bot.service.desk.evaluation.words import ReportWords
from bot.service.installation import Installation
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Cases taken in from this day on.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Up to this day; today.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for three pictures (PNG) and a workbook (XLSX).")
    ] = None,
    language: Annotated[
        Language, typer.Option(help="The language of report, pictures and workbook.")
    ] = Language.EN,
    as_json: Json = False,
) -> None:
    """Say what came of the cases taken in within some days, how sure that is, and whether visits change anything."""
    wait(_report(first and first.date(), last and last.date(), out, str(language), as_json=as_json))


async def _report(
    first: date | None, last: date | None, out: Path | None, language: str, *, as_json: bool
) -> None:
    async with open_installation(load_settings()) as inst:
        found = await appraise(inst, *span_of(first, last, today_of(inst)))
        words = ReportWords(inst, language)
        if as_json:
            show_one(report_row(found, words), as_json=True)
        else:
            print("\n".join(lines(found, words)))
        if out is not None:
            _write(out, inst, found, words)


def _write(out: Path, inst: Installation, found: Appraisal, words: ReportWords) -> None:
    from bot.service.desk.evaluation.work import print_report  # noqa: PLC0415 - what draws takes a second to load

    printed = print_report(inst, found, words)
    files = {f"{name}.png": picture for name, picture in printed.pictures.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in (files | {"report.xlsx": printed.book}).items():
            (out / name).write_bytes(content)
    except OSError as error:
        raise InputRefused(f"{out} cannot be written ({error.strerror}): choose another folder.") from None
