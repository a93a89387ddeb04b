"""`audit`: what happened, who looked, and that nobody changed it since."""

from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, show_one, wait
from bot.service.archive.verify import Verified
from bot.service.archive.verify import verify as verify_log
from bot.service.desk.cases.look import audit_list
from bot.settings import load_settings

audit = typer.Typer(help="The audit log, and its proof.", add_completion=False)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(audit, name="audit")


@audit.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    ref: Annotated[str | None, typer.Option("--case", help="What concerns one case, and who looked.")] = None,
    as_json: Json = False,
) -> None:
    """List the audit log: when, who, what, which case. Codes only, no names."""
    if context.invoked_subcommand is not None:
        return

    async def look() -> list[dict[str, Any]]:
        async with open_installation(load_settings()) as inst:
            return await audit_list(inst, ref)

    show(wait(look()), as_json=as_json, empty="Nothing has happened yet.")


@audit.command("verify")
def verify(as_json: Json = False) -> None:
    """Recompute the log's chains and daily heads; name the first broken link and end with 1, if there is one."""

    async def look() -> Verified:
        async with open_installation(load_settings()) as inst:
            return await verify_log(inst)

    found = wait(look())
    if as_json:
        show_one(_plain(found), as_json=True)
    elif found.fault is None:
        print(f"Whole: {found.lines} lines in {found.chains} chains, {found.heads} daily heads.")
        head = found.newest
        print(f"Head of {head.day}: {head.hash.hex()}" if head else "No day is closed yet.")
    else:
        print(f"Broken: {found.case_ref or 'no case'}, {found.fault}.")
    if found.fault is not None:
        raise typer.Exit(1)


def _plain(found: Verified) -> dict[str, Any]:
    fault, head = found.fault, found.newest
    return {
        "whole": fault is None,
        "lines": found.lines,
        "chains": found.chains,
        "heads": found.heads,
        "head": head and head.hash.hex(),
        "day": head and head.day,
        "case_ref": found.case_ref,
        "where": fault and fault.where,
        "what": fault and fault.what,
        "says": fault and fault.says,
    }
