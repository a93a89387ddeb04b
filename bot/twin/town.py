"""A made-up town: who lives and works there, and how its days go by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.documents.safe_csv import csv_file
from bot.sandbox.world import Message
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.invites import CustomerLink, customer_links, invite_staff
from bot.store import upcoming
from bot.twin.customers import LAST_FOUR, Customers
from bot.twin.desk import Desk
from bot.twin.fate import Fate
from bot.twin.life import Life
from bot.twin.people import PERSONAS
from bot.twin.teams import Teams
from bot.twin.weather import Weather

START = datetime(2027, 3, 1, 8, tzinfo=UTC)  # a Monday
COLUMNS = (
    *("case_ref", "name", "phone", "id_last4", "language", "jurisdiction", "timezone", "address", "product"),
    *("currency", "outstanding", "overdue_since"),
)
FIRST_CUSTOMER, FIRST_TEAM, FIRST_SCHEDULER = 100_000, 10_000, 1_000  # chats
PER_TEAM, PER_SCHEDULER = 1_000, 4_000  # cases that they look after
FEWEST_TEAMS = 2
BEGINNING = timedelta(hours=10)  # in which everybody opens their link
ON_A_PHONE = 40  # messages that one scrolls back to
PLANS, SETS_OUT = timedelta(minutes=5), timedelta(minutes=20)  # after the beginning of each day
AGAIN = timedelta(minutes=10)  # until what is overdue and did not get done is looked at once more


Dawn = Callable[[date, int], None]


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many teams there are (0: as many as so many cases need), and how many of their safety officers are ill."""

    teams: int = 0
    ill: int = 0


class Town:
    """People with habits; `acts` counts what they did. `at_dawn` is told of each new day, and of the acts before it."""

    def __init__(self, life: Life, fate: Fate, weather: Weather, staffing: Staffing, at_dawn: Dawn) -> None:
        self._life, self._fate, self._weather, self._staffing = life, fate, weather, staffing
        self._at_dawn = at_dawn
        self._customers = Customers(life)
        self._teams = Teams(life, staffing.ill)
        self._desk = Desk(life, self._customers)
        self.acts = 0
        life.machine.world.on_message = self._heard

    async def begin(self, customers: int, days: int, folder: Path) -> None:
        """Sign the staff in, take the cases in, let every customer open their link on the first day."""
        self._fate.awake = False
        await self._hire(customers)
        await self._move_in(customers, folder)
        self._plan(days)
        self._fate.awake = True

    async def _hire(self, customers: int) -> None:
        for number in range(-(-customers // PER_SCHEDULER)):
            self._desk.chats.append(await self._sign_in(FIRST_SCHEDULER + number, "scheduler", f"D-{number}"))
        for number in range(self._staffing.teams or max(FEWEST_TEAMS, customers // PER_TEAM)):
            first = FIRST_TEAM + 2 * number
            collector = await self._sign_in(first, "collector", f"C-{number}")
            officer = await self._sign_in(first + 1, "safety_officer", f"S-{number}")
            self._teams.chats.append((collector, officer))

    async def _move_in(self, customers: int, folder: Path) -> None:
        for number, link in enumerate(await self._take_cases_in(customers, folder)):
            chat_id = FIRST_CUSTOMER + number
            self._desk.payers[link.case.case_ref] = chat_id
            self._customers.move_in(chat_id, PERSONAS[number % len(PERSONAS)], link.token, BEGINNING)

    def _plan(self, days: int) -> None:
        for day in range(days):
            dawn = START + timedelta(days=day)
            self._life.agenda.at(dawn, None, self._dawn)
            self._life.agenda.at(dawn + PLANS, None, self._desk.morning)
            self._life.agenda.at(dawn + SETS_OUT, None, self._teams.morning)

    async def _dawn(self) -> None:
        """Begin a day; months of a large town's messages would not fit into memory."""
        self._life.machine.world.forget(but=ON_A_PHONE)
        self._at_dawn(self._life.now().date(), self.acts)

    async def _sign_in(self, chat_id: int, role: str, badge: str) -> int:
        machine = self._life.machine
        token = await invite_staff(machine.inst, role=role, name=f"Person {badge}", badge=badge, locale="en")
        await machine.does(chat_id, "open", payload=token)
        return chat_id

    async def _take_cases_in(self, customers: int, folder: Path) -> Sequence[CustomerLink]:
        inst, path = self._life.machine.inst, folder / "cases.csv"
        path.write_text("\n".join([",".join(COLUMNS), *map(_case, range(customers))]), "utf-8")
        nowhere = Paper(lambda: csv_file(folder / "returned.csv"))
        await import_file(inst, path, Report(inst, "en", nowhere, nowhere))
        return (await customer_links(inst)).links

    def _heard(self, message: Message) -> None:
        self._customers.heard(message)
        self._desk.heard(message)

    async def live(self, end: datetime) -> None:
        """Go from one thing to the next until `end`."""
        clock = self._life.machine.clock
        while (due := await self._next()) is not None and due < end:
            clock.instant = max(clock.instant, due)
            await self._act()
            await self._life.machine.settle()
        clock.instant = end
        await self._life.machine.settle()
        self._fate.awake = False

    async def _act(self) -> None:
        """Let everybody do what they are to do by now, each without knowing what comes of the others' doings."""
        entries = self._life.agenda.due(self._life.now())
        await self._life.screens.look(one.chat_id for one in entries if one.chat_id is not None)
        for one in entries:
            self.acts += 1
            await one.act()

    async def _next(self) -> datetime | None:
        """Return when the next thing happens; in an outage nothing does but what people do."""
        now = self._life.now()
        outage = self._weather.outage(now)
        async with self._life.machine.inst.store.read() as tx:
            first = await upcoming.first(tx)
        ours = outage or (first and (first.at if first.at > now else now + AGAIN))
        return min((one for one in (ours, self._life.agenda.first()) if one is not None), default=None)


def _case(number: int) -> str:
    address, owed = f'"{number} Elm Grove, London"', f"{200 + number % 50 * 40}.50"
    who = f"T-{number},Customer {number},+4420{79_400_000 + number},{LAST_FOUR},en,UK,Europe/London"
    return f"{who},{address},credit card,GBP,{owed},2026-11-02"
