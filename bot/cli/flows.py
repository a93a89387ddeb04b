"""`flows`: proving the scripts, and working on them."""

from typing import Annotated

import typer

from bot.cli.output import Json, show_json
from bot.drafting.side_by_side import changes, lines
from bot.drafting.which import script_called
from bot.i18n import catalogues
from bot.library import Library
from bot.proofs import prove
from bot.settings import load_settings

app = typer.Typer(
    help="The scripts: prove, compare, draw and try them before they go live.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="flows")


@app.callback()
def flows() -> None:
    """Work with the scripts."""


@app.command("check")
def check() -> None:
    """Prove every released script, on every way through it; what does not hold is told with the way that shows it."""
    issues = prove()
    for issue in issues:
        print(issue)
        for line in issue.way:
            print(f"    {line}")
    if issues:
        raise typer.Exit(1)
    print("Every script holds.")


Named = Annotated[
    str, typer.Argument(help="A script such as rights, one version such as rights@1, or a file.")
]


@app.command("diff")
def diff(old: Named, new: Named, as_json: Json = False) -> None:
    """Say what changes from one version of a script to another, texts side by side in all languages."""
    library = open_library()
    rows = changes(script_called(library, old), script_called(library, new), catalogues.load())
    if as_json:
        show_json(rows)
    else:
        print("\n".join(lines(rows)) or "Nothing changes.")


def open_library() -> Library:
    """Return the scripts and rules of this installation; its database is not opened."""
    settings = load_settings()
    return Library(settings.rule_pack, settings.own_packs, products=settings.own_solutions)
