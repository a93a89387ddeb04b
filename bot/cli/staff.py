"""`invite` and `letters`: links for staff and for customers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_installation
from bot.cli.languages import Language
from bot.cli.output import wait
from bot.documents.qr import terminal_qr
from bot.documents.safe_csv import write_csv
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.invites import CustomerLinks, customer_links, invite_staff
from bot.service.desk.letters import Letters, notices
from bot.settings import load_settings
from bot.telegram.account import open_account


class Role(StrEnum):
    """Roles as they are written on the command line."""

    COLLECTOR = "collector"
    SAFETY = "safety"
    SCHEDULER = "scheduler"
    ADMIN = "admin"


ROLES = {Role.SAFETY: "safety_officer"}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("invite")(invite)
    app.command("letters")(letters)


def invite(
    role: Annotated[Role, typer.Option(help="What they will do.")],
    name: Annotated[str, typer.Option(help="Their name, as customers will read it.")],
    badge: Annotated[str, typer.Option(help="The number on their badge.")] = "-",
    language: Annotated[Language | None, typer.Option(help="The language of their menu.")] = None,
) -> None:
    """Print a one-time link for a member of staff, valid for a week."""
    link = wait(_invite(role, name, badge, language))
    print(f"{link}\n")
    print(terminal_qr(link))


async def _invite(role: Role, name: str, badge: str, language: Language | None) -> str:
    settings = load_settings()
    async with open_installation(settings) as inst, open_account(settings) as account:
        locale = str(language or inst.settings.locale)
        stored = ROLES.get(role, str(role))
        token = await invite_staff(inst, role=stored, name=name, badge=badge, locale=locale)
        return account.link(token)


def letters(
    links: Annotated[Path | None, typer.Option(help="CSV for an SMS gateway or mail merge.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for one printable letter per case.")] = None,
) -> None:
    """Make a link for each case that has no chat yet: a CSV (case_ref, name, phone, link), letters as PDF, or both.

    Where the rules bar the messenger no link is made: with --out a letter tells of an approved visit instead.
    """
    if links is None and out is None:
        raise typer.BadParameter("say where to write: --links FILE.csv, --out DIR, or both")
    found, told = wait(_letters(links, out))
    print(f"{len(found.links)} links written.")
    if found.barred:
        print(f"{found.barred} cases have none: the rules of their place bar this messenger.")
    if told:
        print(f"{told} visits told of by letter: the rules do not let us write to these customers here.")


async def _letters(links: Path | None, out: Path | None) -> tuple[CustomerLinks, int]:
    settings = load_settings()
    async with open_installation(settings) as inst, open_account(settings) as account:
        found = await customer_links(inst)
        urls = [account.link(link.token) for link in found.links]
        if links is not None:
            rows = [_row(link.case, url) for link, url in zip(found.links, urls, strict=True)]
            write_csv(links, ("case_ref", "name", "phone", "link"), rows)
        visits = await notices(inst) if out is not None else []
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            press = Letters(inst, out)
            for link, url in zip(found.links, urls, strict=True):
                press.write(link.case, url)
            for notice in visits:
                press.write_notice(notice)
        return found, len(visits)


def _row(case: CaseFile, url: str) -> tuple[str, str, str, str]:
    return case.case_ref, str(case.personal["name"]), str(case.personal["phone"]), url
