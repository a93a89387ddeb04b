"""How the room is when the curtain rises: staff signed in, cases taken in, customers enrolled, visits announced."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from bot.casework.intake import Good
from bot.casework.record import CaseRecord
from bot.documents.safe_csv import csv_file
from bot.drafting.rehearsal import Rehearsal
from bot.errors import InputRefused
from bot.room.own_scripts import publish_all
from bot.room.people import STAFF, Person, customer
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file, open_sheet
from bot.service.desk.invites import customer_links, invite_staff
from bot.service.desk.planning.staff import set_staff
from bot.service.outbound.menus import menus_of

DAWN = datetime(
    2027, 3, 1, 7, tzinfo=UTC
)  # a Monday: afternoon in Singapore and Hong Kong, night in New York
FIRST_CUSTOMER = 101  # chat; the others follow
WAITS = 5  # half hours from the plan to the beginning: what is due in them comes
MOST = 60  # customers with a phone: a page shows no more

Tell = Callable[[str], None]


class Scene:
    """Sets the scene in one process, where a day takes a second; the bot itself is started on what is there then."""

    def __init__(self, rehearsal: Rehearsal, folder: Path, tell: Tell) -> None:
        self._rehearsal = rehearsal
        self._folder = folder
        self._tell = tell

    async def set(self, cases: Path, scripts: Path | None) -> list[Person]:
        """Return who is there, with the lender's own `scripts` published first if there are any.

        Raises `InputRefused` for cases or scripts that cannot be used, `FileRefused` for no table.
        """
        self._tell("staff")
        await self._sign_in()
        if scripts is not None:
            self._tell("scripts")
            await publish_all(self._rehearsal.inst, scripts)
        self._tell("cases")
        customers = await self._take_in(cases)
        for person in _enrolled(customers):
            self._tell(f"enrol {person.name}")
            await self._enrol(person)
        self._tell("plan")
        await self._rehearsal.plan()
        for _ in range(WAITS):
            await self._rehearsal.jump(minutes=30)
            await asyncio.sleep(0)  # the page is served meanwhile
        people = [*STAFF, *customers]
        for person in people:
            await self._set_menu(person)
        return people

    async def _sign_in(self) -> None:
        inst = self._rehearsal.inst
        for one in STAFF:
            token = await invite_staff(
                inst, role=one.role, name=one.name, badge=one.badge, locale=one.language
            )
            self._describe(one)
            await self._rehearsal.does(one.id, "open", payload=token)
            if one.area:
                await set_staff(inst, one.badge, areas=[one.area])
            await asyncio.sleep(0)

    async def _take_in(self, cases: Path) -> list[Person]:
        inst, problems = self._rehearsal.inst, list[str]()
        paper = Paper(lambda: csv_file(self._folder / "returned.csv"))
        with closing(Report(inst, "en", paper, paper, problems.append)) as report:
            _, findings = await import_file(inst, cases, report)
        if not findings.takes:
            raise InputRefused("\n".join((f"{cases}: no case can be taken in.", *problems)))
        sheet = await open_sheet(inst, cases)
        known = {
            row.record.case_ref: row.record.id_last4
            for row in sheet.rows
            if isinstance(row, Good) and isinstance(row.record, CaseRecord)
        }
        links = sorted((await customer_links(inst)).links, key=lambda link: link.case.case_ref)[:MOST]
        return [
            customer(FIRST_CUSTOMER + number, link.case, link.token, known.get(link.case.case_ref, ""))
            for number, link in enumerate(links)
        ]

    async def _enrol(self, person: Person) -> None:
        self._describe(person)
        await self._rehearsal.does(person.id, "open", payload=person.link)
        await self._rehearsal.taps(person.id, person.language.lower())
        await self._rehearsal.says(person.id, person.last_four)
        await asyncio.sleep(0)

    async def _set_menu(self, person: Person) -> None:
        """Give a phone the menu that the running bot would have given it."""
        chat = self._rehearsal.world.chat(person.id)
        if chat.opened:
            menu = await menus_of(self._rehearsal.inst, person.id)
            chat.commands = [{"command": name, "description": words} for name, words in menu]

    def _describe(self, person: Person) -> None:
        chat = self._rehearsal.world.chat(person.id)
        chat.first_name, chat.language_code = person.name, person.language.replace("_", "-").lower()


def _enrolled(customers: Sequence[Person]) -> Iterator[Person]:
    """Yield all but the last of each place, whose letter has only just come."""
    for _, some in groupby(sorted(customers, key=lambda one: str(one.place)), lambda one: one.place):
        neighbours = list(some)
        yield from neighbours[:-1] if len(neighbours) > 1 else neighbours
