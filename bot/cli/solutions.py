"""`solutions`: the lender's products proven, and tried out on a debt."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.casework.affordability import Basis
from bot.casework.money import AmountRefused, to_minor
from bot.casework.solutions import Debt, Plan, Wish, choose
from bot.cli.output import Json, show
from bot.clock import Clock
from bot.errors import InputRefused
from bot.i18n import catalogues, formats
from bot.library import Library
from bot.proofs import prove_solutions, prove_solutions_file
from bot.settings import load_settings

app = typer.Typer(help="Ways to settle a debt: products, proven and tried out.", no_args_is_help=True)


def register(group: typer.Typer) -> None:
    """Add the group of commands."""
    group.add_typer(app, name="solutions")


@app.callback()
def solutions() -> None:
    """Work with the products that are offered."""


@app.command("check")
def check(
    file: Annotated[
        Path | None, typer.Argument(help="A catalogue of your own; left out: the released ones and yours.")
    ] = None,
) -> None:
    """Prove the financial statement and the products: limits, terms, translations, lock."""
    own = load_settings().own_solutions
    issues = prove_solutions(own if own.is_dir() else None) if file is None else prove_solutions_file(file)
    for issue in issues:
        print(issue)
    if issues:
        raise typer.Exit(1)
    print("Every product holds." if file is None else f"{file} holds.")


@app.command("try")
def try_out(  # noqa: PLR0917 - options by name
    debt: Annotated[str, typer.Argument(help="What is owed, like 1240.50.")],
    monthly: Annotated[str, typer.Argument(help="What can be paid in a month.")],
    place: Annotated[str, typer.Option(help="A jurisdiction, such as UK or CN.")] = "UK",
    currency: Annotated[str, typer.Option(help="ISO 4217.")] = "GBP",
    reason: Annotated[str, typer.Option(help="Why they fell behind: illness, income_lost ...")] = "",
    account: Annotated[str, typer.Option(help="The account's name in the file, such as credit card.")] = "",
    lump_sum: Annotated[str, typer.Option(help="What could be paid at once.")] = "0",
    first: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the first payment; today.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Lay the plans for a debt side by side, as a team would see them. Nothing is kept."""
    digits = formats.currency_digits(currency)
    owed, month, once = (_minor(text, digits) for text in (debt, monthly, lump_sum))
    settings = load_settings()
    library = Library(settings.rule_pack, settings.own_packs, products=settings.own_solutions)
    wish = Wish(month, Basis.STATEMENT, first.date() if first else Clock().now().date(), once, reason)
    found = choose(library.solutions(place), _debt(owed, account), wish)
    show(
        [_row(plan, currency) for plan in found.plans],
        as_json=as_json,
        empty="No plan fits what can be paid.",
    )


def _debt(owed: int, account: str) -> Debt:
    if owed <= 0:
        raise InputRefused("A debt is more than nothing: write it like 1240.50.")
    return Debt(owed, product=account)


def _minor(text: str, digits: int) -> int:
    try:
        found = to_minor(Decimal(text), digits)
    except (InvalidOperation, AmountRefused):
        raise InputRefused(
            "Write an amount like 1240.50, not finer than the currency's smallest coin."
        ) from None
    if found < 0:
        raise InputRefused("An amount is not below zero.")
    return found


def _row(plan: Plan, currency: str) -> dict[str, Any]:
    texts = catalogues.load()
    label = plan.product.label
    rows = plan.schedule.instalments
    return {
        "product": plan.product.id,
        "label": texts.text("en", label.context, label.msgid),
        "instalments": plan.months,
        "first": formats.major(rows[0].amount, currency),
        "last": formats.major(rows[-1].amount, currency),
        "total": formats.major(plan.schedule.total, currency),
        "cost": formats.major(plan.schedule.cost, currency),
        "given_up": formats.major(plan.waived, currency),
        "yearly_rate": format((plan.yearly_rate * 100).quantize(Decimal("0.01")), "f"),
        "starts_on": rows[0].due_on,
        "ends_on": plan.schedule.ends_on,
        "authority": str(plan.authority),
    }
