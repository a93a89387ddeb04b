"""`paid`: record a payment."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.output import wait
from bot.errors import InputRefused
from bot.i18n import formats
from bot.service.desk.payments import Paid, record_payment
from bot.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("paid")(paid)


def paid(
    case: Annotated[str, typer.Argument(help="The case reference.")],
    amount: Annotated[str, typer.Argument(help="In the currency of the case, like 250 or 250.50.")],
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day.")] = None,
    ref: Annotated[str | None, typer.Option(help="The payment's own reference; each counts once.")] = None,
) -> None:
    """Record a payment; a promise that it keeps is closed and its reminders end."""
    try:
        value = Decimal(amount)
    except InvalidOperation:
        raise InputRefused("Write the amount like 250 or 250.50.") from None
    done = wait(_paid(case, value, at, ref))
    left = formats.money("en", done.outstanding, done.currency)
    print(f"Recorded {formats.money('en', done.amount, done.currency)}; {left} outstanding.")
    if done.promise_kept:
        print("The open promise is kept; its reminders are cancelled.")


async def _paid(case: str, amount: Decimal, at: datetime | None, ref: str | None) -> Paid:
    async with open_installation(load_settings()) as inst:
        return await record_payment(inst, case, amount, on=at.date() if at else None, reference=ref)
