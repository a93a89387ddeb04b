"""`risk`: the scorecards proven, a case seen in four views, what is to be done decided."""

from pathlib import Path
from typing import Annotated

import typer

from bot.errors import InputRefused
from bot.proofs import prove_risk, prove_risk_file

app = typer.Typer(help="Risk in four views, each with its reasons, and what follows.", no_args_is_help=True)


@app.callback()
def risk() -> None:
    """Work with scorecards and treatments."""


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A scorecard or table of treatments; left out: the released ones.")
    ] = None,
) -> None:
    """Prove scorecards: bands, points, what is missing, protected attributes, treatments, translations, lock."""
    issues = prove_risk() if file is None else prove_risk_file(_text(file), str(file))
    for issue in issues:
        print(issue)
    if issues:
        raise typer.Exit(1)
    print("Every scorecard holds." if file is None else f"{file} holds.")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise InputRefused(f"{file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputRefused(f"{file} is no text: save it as UTF-8.") from None
