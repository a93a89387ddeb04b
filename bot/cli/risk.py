"""`risk`: the scorecards proven, a case seen in four views, what is to be done decided."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.casework.risk import Treatment
from bot.cli.languages import Language
from bot.cli.output import Json, show_one, wait
from bot.errors import InputRefused
from bot.i18n import catalogues
from bot.proofs import prove_risk, prove_risk_file
from bot.service.desk.risk.look import RiskLook, decide_case, look_at
from bot.settings import load_settings
from bot.text_file import text_of

app = typer.Typer(help="Risk in four views, each with its reasons, and what follows.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="risk")


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
    issues = prove_risk() if file is None else prove_risk_file(text_of(file), str(file))
    for issue in issues:
        print(issue)
    if issues:
        raise typer.Exit(1)
    print("Every scorecard holds." if file is None else f"{file} holds.")


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


@app.command("backtest")
def backtest(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX: inputs, outcomes, columns to slice by.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the chart, risk.png.")] = None,
    language: Annotated[Language, typer.Option(help="The language of the chart.")] = Language.EN,
) -> None:
    """Hold the scorecards against a history: discrimination, a rate per grade, slices for fairness, a chart."""
    from bot.service.desk.risk.backtest import (  # noqa: PLC0415 - what draws takes a second to load
        hold_against,
        lines,
        picture,
    )

    if not file.is_file():
        raise InputRefused(f"There is no file {file}.")
    held = hold_against(file)
    for fault in held.faults:
        print(f"{file}:{fault.row}: {fault.column}: {fault.message}")
    if not held.views:
        raise InputRefused("No case of the history tells an outcome: nothing can be held against it.")
    print(f"{held.cases} cases; {len({fault.row for fault in held.faults if fault.row > 1})} rows left out.")
    for view in held.views:
        print("", *lines(view), sep="\n")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        chart = out / "risk.png"
        chart.write_bytes(picture(held.views, str(language), catalogues.load()))
        print(f"\nThe chart is {chart}.")


def _print(look: RiskLook, *, as_json: bool) -> None:
    if as_json:
        show_one(look.row, as_json=True)
    else:
        print("\n".join(look.lines))
