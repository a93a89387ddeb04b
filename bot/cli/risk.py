"""`risk`: the scorecards proven, a case seen in four views, what is to be done decided."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.casework.risk import Treatment
from bot.cli.output import Json, show_one, wait
from bot.errors import InputRefused
from bot.proofs import prove_risk, prove_risk_file
from bot.service.desk.risk_look import RiskLook, decide_case, look_at
from bot.settings import load_settings

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


@app.command("show")
def show(case: Annotated[str, typer.Argument(help="The case reference.")], as_json: Json = False) -> None:
    """Show a case in four views with their reasons, and the treatment. Looking is logged."""
    _print(wait(_look(case)), as_json=as_json)


async def _look(case: str) -> RiskLook:
    async with open_installation(load_settings()) as inst:
        return await look_at(inst, case)


@app.command("decide")
def decide(
    case: Annotated[str, typer.Argument(help="The case reference.")],
    treatment: Annotated[Treatment, typer.Argument(help="What is to be done.")],
    reason: Annotated[str | None, typer.Option(help="Why it differs from what is recommended.")] = None,
) -> None:
    """Decide what is to be done about a case. What overrules the recommendation needs a reason."""
    _print(wait(_decide(case, treatment, reason)), as_json=False)


async def _decide(case: str, treatment: Treatment, reason: str | None) -> RiskLook:
    async with open_installation(load_settings()) as inst:
        return await decide_case(inst, case, treatment, reason)


def _print(look: RiskLook, *, as_json: bool) -> None:
    if as_json:
        show_one(look.row, as_json=True)
    else:
        print("\n".join(look.lines))
