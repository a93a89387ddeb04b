"""`cases` and `case`: looking at them."""

from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.service.desk.cases.look import case_detail, case_list
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("cases")(cases)
    app.command("case")(case)


def cases(as_json: Json = False) -> None:
    """List the cases: reference, stage, what is outstanding. No names."""

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await case_list(inst)

    show(wait(look()), as_json=as_json, empty="No cases yet: `doorstep import cases.csv` takes them in.")


def case(ref: Annotated[str, typer.Argument(help="The case reference.")], as_json: Json = False) -> None:
    """Show one case with its visits, promises, payments and everything else on record. Looking is logged."""

    async def look() -> dict[str, Any]:
        async with open_installation(load_settings()) as inst:
            return await case_detail(inst, ref)

    found = wait(look())
    if as_json:
        show_one(found, as_json=True)
        return
    history = found.pop("timeline")
    show_one(found, as_json=False)
    for one in history:
        details = ", ".join(f"{name} {value}" for name, value in one["data"].items() if value is not None)
        print(f"{one['at']:%Y-%m-%d %H:%M}  {one['kind']}  {one['actor']}  {details}".rstrip())
