"""`flows`: proving the scripts, and their format for editors."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.simulate import simulate
from bot.proofs import prove, prove_longer, prove_script_file
from flows.script import Issue
from flows.script.schema import schema

app = typer.Typer(help="The scripts: prove them before they go live.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="flows")


@app.callback()
def flows() -> None:
    """Work with the scripts."""


@app.command("check")
def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="A draft, proven in the place of the released script of its name; else all are."),
    ] = None,
    longer: Annotated[
        bool,
        typer.Option(
            help="List the texts that would have no room in a language a third longer than English."
        ),
    ] = False,
) -> None:
    """Prove scripts on every way through them; what does not hold is told with the way that shows it."""
    if longer:
        _refuse(prove_longer())
        print("Every text would have room.")
        return
    if file is None:
        _refuse(prove())
        print("Every script holds.")
        return
    draft = prove_script_file(file)
    _refuse(draft.issues)
    print(f"{file} holds.")
    if draft.untranslated:
        print(f"Texts without a translation yet: {draft.untranslated}. They need one before it is released.")


def _refuse(issues: Iterable[Issue]) -> None:
    """Print what is wrong and end, if anything is."""
    told = [line for issue in issues for line in (str(issue), *(f"    {turn}" for turn in issue.way))]
    if told:
        print("\n".join(told))
        raise typer.Exit(1)


@app.command("schema")
def print_schema() -> None:
    """Print the format of scripts as a JSON Schema, for editors that check while one writes."""
    print(json.dumps(schema(), indent=2, ensure_ascii=False))


app.command("simulate")(simulate)
