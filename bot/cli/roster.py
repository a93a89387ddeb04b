"""`staff`: who can be sent where and when."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.languages import Language
from bot.cli.output import Json, show, wait
from bot.errors import InputRefused
from bot.service.audit_line import CLI
from bot.service.conversations.batch import Batch
from bot.service.desk.planning.planner import ask_for_plan
from bot.service.desk.planning.staff import (
    back_again,
    set_ladder,
    set_staff,
    staff_list,
    take_off,
    today_of,
    with_badge,
)
from bot.service.desk.portraits import remove_portrait, set_portrait
from bot.settings import load_settings

app = typer.Typer(help="Staff: working hours, areas, languages, days off, photos.", no_args_is_help=True)
Badge = Annotated[str, typer.Argument(help="The number on their badge.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="staff")


@app.command("list")
def list_staff(as_json: Json = False) -> None:
    """List the staff; what is empty limits nothing."""
    rows = wait(_list())
    for row in [] if as_json else rows:
        row |= {name: "; ".join(row[name]) for name in ("areas", "languages", "off")}
    show(rows, as_json=as_json, empty="Nobody has been invited: `doorstep invite`.")


async def _list() -> list[dict[str, Any]]:
    async with open_installation(load_settings()) as inst:
        return await staff_list(inst)


@app.command("set")
def set_limits(
    badge: Badge,
    hours: Annotated[
        str | None, typer.Option(help="mon-fri 09:00-18:00, sat 10:00-14:00; empty: any.")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(help="A district as addresses have it, or 22.31,114.17,5 km; empty: any."),
    ] = None,
    language: Annotated[list[Language] | None, typer.Option(help="A language that they speak.")] = None,
    any_language: Annotated[bool, typer.Option("--any-language", help="Any language is spoken.")] = False,
) -> None:
    """Set when and where somebody works, and what they speak; repeat an option for several."""
    spoken = [] if any_language else [str(one) for one in language] if language else None
    wait(_set(badge, hours, area, spoken))
    print(f"{badge}: noted. The next plan keeps to it.")


async def _set(badge: str, hours: str | None, areas: list[str] | None, languages: list[str] | None) -> None:
    async with open_installation(load_settings()) as inst:
        await set_staff(inst, badge, hours=hours, areas=areas or None, languages=languages)


@app.command("ladder")
def ladder(
    badges: Annotated[
        list[str] | None, typer.Argument(help="Badges, in the order in which to tell them.")
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Take everybody off the ladder.")] = False,
    as_json: Json = False,
) -> None:
    """Name who is told, one after the other, of an alarm that nobody on duty takes; without badges: who is named."""
    if badges or nobody:
        wait(_set_ladder(badges or []))
    named = sorted((row for row in wait(_list()) if row["rung"]), key=lambda row: row["rung"])
    rows = [{name: row[name] for name in ("rung", "badge", "name", "role", "signed_in")} for row in named]
    show(
        rows,
        as_json=as_json,
        empty="Nobody: an alarm rings for the whole desk on duty until somebody takes it.",
    )


async def _set_ladder(badges: list[str]) -> None:
    async with open_installation(load_settings()) as inst:
        await set_ladder(inst, badges)


@app.command("off")
def off(
    badge: Badge,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Today if left out.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The same day if left out.")
    ] = None,
) -> None:
    """Note days off; the running bot finds somebody else for the visits of those days."""
    print(wait(_off(badge, first, last)))


async def _off(badge: str, first: datetime | None, last: datetime | None) -> str:
    async with open_installation(load_settings()) as inst, inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        person = await with_badge(tx, badge)
        begin = first.date() if first else today_of(batch, person.timezone)
        end = last.date() if last else begin
        if end < begin:
            raise InputRefused("--to is before --from.")
        await take_off(batch, person, begin, end, CLI)
        await ask_for_plan(batch, "replan", None)
        return f"{badge} is off {begin} to {end}."


@app.command("photo")
def photo(
    badge: Badge,
    file: Annotated[Path | None, typer.Argument(help="JPEG, PNG or WebP; only the picture is kept.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Remove the photo.")] = False,
) -> None:
    """Keep a photo that customers get with word that this person is on the way; sealed like a name."""
    if (file is None) != remove:
        raise typer.BadParameter("give a file, or --remove")
    print(wait(_photo(badge, file)))


async def _photo(badge: str, file: Path | None) -> str:
    async with open_installation(load_settings()) as inst:
        if file is None:
            removed = await remove_portrait(inst, badge)
            return f"{badge}: {'the photo is removed.' if removed else 'there was no photo.'}"
        await set_portrait(inst, badge, _content(file))
        return f"{badge}: the photo is kept; customers get it when the team sets out."


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputRefused(f"{file} cannot be read ({error.strerror}): check the path.") from None


@app.command("back")
def back(badge: Badge) -> None:
    """Take back the days off that are not over."""
    print(wait(_back(badge)))


async def _back(badge: str) -> str:
    async with open_installation(load_settings()) as inst, inst.store.begin() as tx:
        count = await back_again(Batch(inst, tx, inst.clock.now()), await with_badge(tx, badge), CLI)
        return f"{badge}: {count} absences taken back."
