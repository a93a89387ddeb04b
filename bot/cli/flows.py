"""`flows`: proving the scripts."""

import typer

from bot.cli.simulate import simulate
from bot.proofs import prove

app = typer.Typer(help="The scripts: prove them before they go live.", no_args_is_help=True)


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


app.command("simulate")(simulate)
