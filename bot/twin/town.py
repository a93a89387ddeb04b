"""A made-up town: who lives and works there, and an agenda of what happens next."""

import heapq
import itertools
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

from bot.documents.safe_csv import csv_file
from bot.sandbox.world import Message
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.invites import customer_links, invite_staff
from bot.store import upcoming
from bot.twin.fate import Fate
from bot.twin.habits import LAST_FOUR, SCHEDULER, Act, Habits
from bot.twin.mortal import MortalMachine
from bot.twin.people import PERSONAS, Persona
from bot.twin.weather import Weather

START = datetime(2027, 3, 1, 8, tzinfo=UTC)  # a Monday
COLUMNS = (
    *("case_ref", "name", "phone", "id_last4", "language", "jurisdiction", "timezone", "address", "product"),
    *("currency", "outstanding", "overdue_since"),
)
FIRST_CUSTOMER, FIRST_STAFF = 100_000, 1_000  # chats
PER_TEAM = 40  # cases that a team can look after
MORNING, EVENING = time(8), time(21)  # when people who sleep at night are awake
BEGINNING = timedelta(days=2)  # in which everybody opens their link
AGAIN = timedelta(minutes=10)  # until what is overdue and did not get done is looked at once more


class Town:
    """People with habits, and what each does next; `acts` counts what they did."""

    def __init__(self, machine: MortalMachine, fate: Fate, weather: Weather, random: Random) -> None:
        self._machine, self._fate, self._weather, self._random = machine, fate, weather, random
        self._habits = Habits(machine, fate, random, self._at)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._order = itertools.count()
        self._personas: dict[int, Persona] = {}
        self._waiting: set[int] = set()  # whose next answer stands in the agenda already
        self.acts = 0

    async def begin(self, customers: int, days: int, folder: Path) -> None:
        """Sign the staff in, take the cases in, let every customer open their link in the first days."""
        self._fate.awake = False
        await self._sign_in(SCHEDULER, "scheduler", "S-0")
        for number in range(max(1, customers // PER_TEAM)):
            team = FIRST_STAFF + 2 * number, FIRST_STAFF + 2 * number + 1
            for chat_id, role in zip(team, ("collector", "safety_officer"), strict=True):
                await self._sign_in(chat_id, role, f"{role[0].upper()}-{number}")
            self._habits.teams.append(team)
        for number, link in enumerate(await self._take_cases_in(customers, folder)):
            self._move_in(FIRST_CUSTOMER + number, PERSONAS[number % len(PERSONAS)], link)
        for day in range(days):
            self._at(START + timedelta(days=day, minutes=5), self._habits.morning)
        self._machine.world.on_message = self._heard
        self._fate.awake = True

    async def _sign_in(self, chat_id: int, role: str, badge: str) -> None:
        name = f"Person {badge}"
        token = await invite_staff(self._machine.inst, role=role, name=name, badge=badge, locale="en")
        await self._machine.does(chat_id, "open", payload=token)

    async def _take_cases_in(self, customers: int, folder: Path) -> list[str]:
        inst, path = self._machine.inst, folder / "cases.csv"
        path.write_text("\n".join([",".join(COLUMNS), *map(_case, range(customers))]), "utf-8")
        nowhere = Paper(lambda: csv_file(folder / "returned.csv"))
        await import_file(inst, path, Report(inst, "en", nowhere, nowhere))
        return [link.token for link in (await customer_links(inst)).links]

    def _move_in(self, chat_id: int, persona: Persona, link: str) -> None:
        self._personas[chat_id] = persona

        async def enrol() -> None:
            await self._habits.enrol(chat_id, link)

        self._at(self._soon(BEGINNING), enrol)

    async def live(self, end: datetime) -> None:
        """Go from one thing to the next until `end`."""
        clock = self._machine.clock
        while (due := await self._next()) is not None and due < end:
            clock.instant = max(clock.instant, due)
            while self._agenda and self._agenda[0][0] <= clock.instant:
                self.acts += 1
                await heapq.heappop(self._agenda)[2]()
            await self._machine.settle()
        clock.instant = end
        await self._machine.settle()
        self._fate.awake = False

    async def _next(self) -> datetime | None:
        """Return when the next thing happens; in an outage nothing does but what people do."""
        now = self._machine.clock.now()
        outage = self._weather.outage(now)
        async with self._machine.inst.store.read() as tx:
            first = await upcoming.first(tx)
        ours = outage or (first and (first.at if first.at > now else now + AGAIN))
        theirs = self._agenda[0][0] if self._agenda else None
        return min((one for one in (ours, theirs) if one is not None), default=None)

    def _at(self, when: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (when, next(self._order), act))

    def _soon(self, latest: timedelta, soonest: timedelta = timedelta()) -> datetime:
        return self._machine.clock.now() + soonest + (latest - soonest) * self._random.random()

    def _heard(self, message: Message) -> None:
        """A phone rang: whoever holds it answers in their own time, or never."""
        persona, chat_id = self._personas.get(message.chat_id), message.chat_id
        if persona is None or chat_id in self._waiting or not message.buttons():
            return
        if self._random.randrange(100) < persona.answers:
            self._waiting.add(chat_id)
            self._at(self._awake(persona), self._answering(chat_id, persona))

    def _awake(self, persona: Persona) -> datetime:
        when = self._soon(persona.latest, persona.soonest)
        if persona.night or MORNING <= when.time() < EVENING:
            return when
        return datetime.combine(when.date() + timedelta(days=1), MORNING, UTC) + timedelta(
            minutes=when.minute
        )

    def _answering(self, chat_id: int, persona: Persona) -> Act:
        async def answer() -> None:
            self._waiting.discard(chat_id)
            await self._habits.answer(chat_id, persona)

        return answer


def _case(number: int) -> str:
    address, owed = f'"{number} Elm Grove, London"', f"{200 + number % 50 * 40}.50"
    who = f"T-{number},Customer {number},+4420794{number:05},{LAST_FOUR},en,UK,Europe/London"
    return f"{who},{address},credit card,GBP,{owed},2026-11-02"
