"""Ours: the real server on the real store, with one more script, collectors signed in, and customers to write to.

`/checklist` begins the checklist, as `/today` and a tap begin a visit. `/broadcast` puts one unasked message to each
customer into the outbox, through the rules, as the services do.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import uvloop

from bot import server
from bot.app import open_installation, prepare
from bot.documents.safe_csv import csv_file
from bot.i18n.catalogues import Catalogues
from bot.ids import new_id
from bot.library import Library
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.inbound import commands, timers
from bot.service.inbound.incoming import Command
from bot.service.installation import Installation
from bot.service.outbound import post
from bot.service.outbound.contact import to_customer
from bot.service.outbound.outgoing import Lane
from bot.service.person import seal_name
from bot.settings import Settings, load_settings
from bot.store import cases, people
from flows.rules import Purpose
from flows.script import link, parse
from tests.bench.audience import FIRST_CUSTOMER, NEWS
from tests.bench.crowd import FIRST_CHAT

_UNDER_WAY: set[asyncio.Task[None]] = set()
SOURCE = Path(__file__).parents[1] / "checklist.yaml"
COLUMNS = (
    "case_ref,name,phone,id_last4,language,jurisdiction,timezone,address,currency,outstanding,overdue_since"
)
ROW = "B-{0:04},Customer {0},+44207946{0:04},1177,en,UK,Europe/London,{0} Mill Lane,GBP,860.00,2026-11-02"


class English:
    """The product's catalogues, and the checklist in English."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def text(self, locale: str, context: str, msgid: str) -> str:
        """Return the English text of the checklist, else the product's own."""
        return msgid if context.startswith("checklist/") else self._catalogues.text(locale, context, msgid)


async def _sign_in(inst: Installation, count: int) -> None:
    """Make collectors, each with a chat."""
    async with inst.store.begin() as tx:
        for number in range(count):
            row = {"id": new_id(), "role": "collector", "badge": "-", "locale": "en", "timezone": "UTC"}
            name = seal_name(inst.vault, f"Collector {number}")
            chat = {"chat_id": FIRST_CHAT + number, "active": True, "created_at": inst.clock.now()}
            await people.add(tx, row | chat | {"name_enc": name})


async def _take_in(inst: Installation, count: int) -> None:
    """Import customers from a file; each is linked to a chat and identified."""
    file = inst.settings.data_dir / "cases.csv"
    file.write_text("\n".join([COLUMNS, *(ROW.format(number) for number in range(count))]))
    returned = Paper(lambda: csv_file(inst.settings.data_dir / "returned.csv"))
    _, found = await import_file(inst, file, Report(inst, "en", returned, returned))
    if found.new != count:
        raise SystemExit(f"cases not taken in: {found.counts()}")
    async with inst.store.begin() as tx:
        for number, row in enumerate(await cases.all_rows(tx)):
            known = {"chat_id": FIRST_CUSTOMER + number, "identified_at": inst.clock.now()}
            await cases.change(tx, row.id, stage="identified", **known)


async def _checklist(talk: Talk, command: Command) -> None:
    await talk.begin("checklist")


async def _broadcast(talk: Talk, command: Command) -> None:
    _UNDER_WAY.add(asyncio.create_task(_put_down(talk.batch.inst)))


async def _put_down(inst: Installation) -> None:
    """Put the notices down in as many transactions as a worker that fires timers would."""
    async with inst.store.read() as tx:
        rows = await cases.all_rows(tx)
    for start in range(0, len(rows), timers.LIMIT):
        async with inst.store.begin(patient=True) as tx:
            batch = Batch(inst, tx, inst.clock.now())
            for number, row in enumerate(rows[start : start + timers.LIMIT], start):
                call = inst.calls.say(row.chat_id, NEWS.format(number))
                about = (row.chat_id, Lane.BULK, Purpose.REMINDER)
                parcel = post.Parcel(call, f"news:{row.id}", *about, unasked=True)
                await to_customer(batch, batch.changes, await batch.case(row.id), parcel)
            await batch.changes.write(tx)


@asynccontextmanager
async def _rehearsed(settings: Settings) -> AsyncIterator[Installation]:
    """Open the installation with what the benchmark adds to it."""
    async with open_installation(settings) as inst:
        checklist = link([parse(SOURCE.read_text("utf-8"), SOURCE.name)])["checklist"]
        library = Library(settings.rule_pack, extra=(checklist,))
        yield replace(inst, catalogues=English(inst.catalogues), library=library)  # type: ignore[arg-type]


async def main(staff: int, customers: int) -> None:
    """Seed what is missing, then serve as `doorstep run` does."""
    settings = load_settings()
    await prepare(settings)
    async with _rehearsed(settings) as inst:
        async with inst.store.read() as tx:
            seeded = bool(await people.active(tx, "collector"))
        if not seeded:
            await _sign_in(inst, staff)
            if customers:
                await _take_in(inst, customers)
    commands.FIELD.update(checklist=_checklist, broadcast=_broadcast)  # type: ignore[attr-defined]
    server.open_installation = _rehearsed  # type: ignore[assignment]
    await server.serve(settings)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
