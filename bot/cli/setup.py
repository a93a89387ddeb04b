"""`init` and `doctor`: making an installation, and finding out what is wrong with one."""

from typing import Annotated

import typer

from bot.app import open_installation, prepare
from bot.cli.output import wait
from bot.diagnosis import examine
from bot.documents.qr import terminal_qr
from bot.service.desk.invites import invite_staff
from bot.settings import load_settings
from bot.telegram.account import open_account


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("doctor")(doctor)


def init(
    name: Annotated[str, typer.Option(help="The administrator's name.")] = "Administrator",
) -> None:
    """Make the database (and the key, if none is set) and print the first administrator's invite."""
    settings = load_settings()
    wait(prepare(settings))
    link = wait(_invite(name))
    print(f"The database is ready. The administrator's link, valid once and for a week:\n\n{link}\n")
    print(terminal_qr(link))


async def _invite(name: str) -> str:
    settings = load_settings()
    async with open_installation(settings) as inst, open_account(settings) as account:
        token = await invite_staff(inst, role="admin", name=name, badge="-", locale=settings.locale)
        return account.link(token)


def doctor() -> None:
    """Check settings, token, database, clock, catalogues, scripts and rule packs; one line each."""
    findings = wait(examine())
    for finding in findings:
        print(f"{'ok  ' if finding.good else 'FAIL'}  {finding.what}: {finding.how}")
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
