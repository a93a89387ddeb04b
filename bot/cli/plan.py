"""`plan`: propose visits, approve them."""

from datetime import datetime
from typing import Annotated, Any

import typer

from bot.app import open_installation
from bot.cli.output import Json, show, wait
from bot.errors import InputRefused
from bot.service.conversations.batch import Batch
from bot.service.customer.availability import team
from bot.service.desk.look import visit_row
from bot.service.desk.plan import approve, propose
from bot.service.desk.risk_look import left_out
from bot.settings import load_settings

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan")(plan)


def plan(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    approve_all: Annotated[bool, typer.Option("--approve", help="Approve what is proposed.")] = False,
    as_json: Json = False,
) -> None:
    """Propose a visit for each case that needs one: the earliest free lawful slot for a team of two."""
    rows = wait(_plan(first, last, approve_all=approve_all))
    show(rows, as_json=as_json, empty="There is no visit to propose.")
    if not as_json and (lines := wait(_left_out())):
        print("\nWithout a visit, because of the treatment (`doorstep risk show CASE` says more):")
        print("\n".join(lines))


async def _left_out() -> list[str]:
    async with open_installation(load_settings()) as inst:
        return await left_out(inst)


async def _plan(first: datetime | None, last: datetime | None, *, approve_all: bool) -> list[dict[str, Any]]:
    async with open_installation(load_settings()) as inst, inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        both = await team(batch)
        if not (both.collectors and both.safety_officers):
            raise InputRefused(
                "A visit needs two people: `doorstep invite` a collector and a safety officer first."
            )
        rows = await propose(batch, first.date() if first else None, last.date() if last else None)
        if approve_all:
            rows = await approve(batch)
        return [await visit_row(batch, row) for row in rows]
