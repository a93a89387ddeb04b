"""`retention` and `erase`: how long records are kept, and their end."""

from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.service.archive.erase import KEPT, Erasure, Reason, erase_what_is_over
from bot.service.archive.erase import erase as erase_case
from bot.service.archive.retention import Standing, standings
from bot.settings import load_settings

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("retention")(retention)
    app.command("erase")(erase)


def retention(dry_run: DryRun = False, as_json: Json = False) -> None:
    """Erase the records whose longest time is over and that nothing keeps. With --dry-run say how all stand."""
    if dry_run:
        show(wait(_look()), as_json=as_json, empty="No cases.")
    else:
        done = wait(_apply())
        show([_removed(one) for one in done], as_json=as_json, empty="Nothing is due.")


async def _look() -> list[dict[str, Any]]:
    async with open_installation(load_settings()) as inst, inst.store.read() as tx:
        return [_standing(one) async for one in standings(inst, tx)]


async def _apply() -> list[Erasure]:
    async with open_installation(load_settings()) as inst:
        return await erase_what_is_over(inst)


def _standing(one: Standing) -> dict[str, Any]:
    keeping = one.keeping
    return {
        "case_ref": one.case_ref,
        "due": one.is_over,
        "keep_until": keeping.until,
        "kept_by": keeping.kept_by and str(keeping.kept_by),
        "erase_from": keeping.erase_from,
        "erased_by": keeping.erased_by and str(keeping.erased_by),
        "bound_by": "; ".join(map(str, one.bonds)),
    }


def _removed(one: Erasure) -> dict[str, Any]:
    keeping = one.standing.keeping
    return {
        "case_ref": one.standing.case_ref,
        "erased_by": keeping.erased_by and str(keeping.erased_by),
        "rows": sum(one.removed.values()),
        "originals": one.originals,
    }


def erase(
    ref: Annotated[str, typer.Argument(help="The case reference.")],
    reason: Annotated[Reason, typer.Option(help="Why: the customer asked, its time is over, a mistake.")],
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Erase a case for good. Refused while a rule, a hold or anything open keeps it."""

    async def work() -> Erasure:
        async with open_installation(load_settings()) as inst:
            return await erase_case(inst, ref, reason, dry_run=dry_run)

    done = wait(work())
    if as_json:
        show_one(_removed(done) | {"tables": done.removed, "kept": KEPT}, as_json=True)
        return
    print(f"{ref} {'would be' if dry_run else 'is'} erased: {done.originals} originals, and rows of")
    for table, count in sorted(done.removed.items()):
        print(f"  {table}: {count}")
    print("Kept:")
    for what in KEPT:
        print(f"  {what}")
