"""`plan`: propose visits, approve them."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.casework.plan import ROLES
from bot.cli.output import Json, show, wait
from bot.errors import InputRefused
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.look import visit_row
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.planning.roster import roster
from bot.service.desk.planning.team_calendar import calendars, send_calendars
from bot.service.desk.planning.texts import REASONS
from bot.service.desk.risk.look import left_out
from bot.settings import load_settings

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan")(plan)


def plan(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Folder for one calendar file per team of approved visits.")
    ] = None,
    approve_all: Annotated[bool, typer.Option("--approve", help="Approve what is proposed.")] = False,
    as_json: Json = False,
) -> None:
    """Propose a visit for each case that needs one, and say of the others on stderr what keeps them out."""
    rows = wait(_plan(first, last, ics, approve_all=approve_all))
    show(rows, as_json=as_json, empty="There is no visit to propose.")
    if not as_json and (lines := wait(_left_out())):
        print("\nWithout a visit, because of the treatment (`doorstep risk show CASE` says more):")
        print("\n".join(lines))


async def _left_out() -> list[str]:
    async with open_installation(load_settings()) as inst:
        return await left_out(inst)


async def _plan(
    first: datetime | None, last: datetime | None, ics: Path | None, *, approve_all: bool
) -> list[dict[str, Any]]:
    async with open_installation(load_settings()) as inst:
        async with inst.store.read() as tx:
            staff = await roster(Batch(inst, tx, inst.clock.now()))
        if not all(map(staff.of, ROLES)):
            raise InputRefused(
                "A visit needs two people: `doorstep invite` a collector and a safety officer first."
            )
        plan = await propose(inst, first.date() if first else None, last.date() if last else None)
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, inst.clock.now())
            await batch.load([])
            rows = await approve(batch) if approve_all else plan.proposals
            if approve_all:
                await send_calendars(batch, batch.changes, rows)
                await batch.changes.write(tx)
            for one in plan.left_out:
                case = await batch.case(one.case_id)
                told = REASONS[one.why].msgid.format(rule=one.rule)
                sys.stderr.write(f"{case.case_ref}: {told}\n")
            if ics is not None:
                _write(ics, await calendars(batch))
            return [await visit_row(batch, row) for row in rows]


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for team, content in files.items():
        name = "".join(mark if mark.isalnum() or mark in "+-" else "_" for mark in team)
        (folder / f"{name}.ics").write_bytes(content)
