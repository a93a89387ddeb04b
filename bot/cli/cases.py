"""`import`, `cases` and `case`: taking cases in and looking at them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.documents.safe_csv import write_csv
from bot.errors import InputRefused
from bot.service.desk.cases import Imported
from bot.service.desk.intake import import_file
from bot.service.desk.look import case_detail, case_list
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command("cases")(cases)
    app.command("case")(case)


def import_(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with a header row.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; write nothing.")] = False,
    rejected: Annotated[Path | None, typer.Option(help="Where the rejected rows go.")] = None,
) -> None:
    """Take cases in. Bad rows never stop good ones: each is listed with what is wrong and what would be right."""
    if not file.is_file():
        raise InputRefused(f"There is no file {file}.")
    done = wait(_import(file, dry_run=dry_run))
    would = "would be " if dry_run else ""
    print(f"{done.added} {would}added, {done.updated} {would}updated, {_rows(done)} rejected.")
    for problem in done.problems:
        print(f"row {problem.row}, {problem.column}: {problem.wrong}; {problem.right}")
    if done.problems:
        target = rejected or file.with_name(f"{file.stem}.rejected.csv")
        write_csv(
            target,
            ("row", "column", "what is wrong", "what would be right"),
            [(str(one.row), one.column, one.wrong, one.right) for one in done.problems],
        )
        print(f"The list is also in {target}.")
    if done.problems and not done.added + done.updated:
        raise typer.Exit(1)


def _rows(done: Imported) -> int:
    return len({problem.row for problem in done.problems if problem.row > 1})


async def _import(file: Path, *, dry_run: bool) -> Imported:
    async with open_installation(load_settings()) as inst:
        return await import_file(inst, file, dry_run=dry_run)


def cases(as_json: Json = False) -> None:
    """List the cases: reference, stage, what is outstanding. No names."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await case_list(inst)

    show(wait(look()), as_json=as_json, empty="No cases yet: `doorstep import cases.csv` takes them in.")


def case(ref: Annotated[str, typer.Argument(help="The case reference.")], as_json: Json = False) -> None:
    """Show one case with its visits, promises and payments. Looking is logged."""

    async def look() -> dict[str, Any]:
        async with open_installation(load_settings()) as inst:
            return await case_detail(inst, ref)

    show_one(wait(look()), as_json=as_json)
