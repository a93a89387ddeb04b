"""What people do all day: customers answer, the desk plans and works, teams go to doors, money comes in."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from bot.service.conversations.batch import Batch
from bot.service.desk.payments import record_payment
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.queue.watch import look
from bot.store import people, soundness
from bot.twin.fate import Fate
from bot.twin.hands import Hand
from bot.twin.mortal import MortalMachine
from bot.twin.people import Persona

SCHEDULER = 900  # chat
LAST_FOUR = "482X"
EARLY = timedelta(minutes=5)  # before a visit, when the team comes
STEP = timedelta(seconds=40)  # between two taps of a team at the door
AT_THE_DOOR = 70  # taps of one person during a visit, at most
ILL = 0.01  # of all mornings of a team
OTHER_PHONE = 0.05  # of the answers of somebody with two
PAYS = 50  # of a hundred promises that are due, each morning
ROUNDS, TAPS = 4, 6  # of the desk over its queue, and in each
GOING_ON = {
    "visit": 0.0,
    "check_in": 60,
    "next": 12,
    "maybe_them": 12,
    "them": 12,
    "outside": 12,
    "good": 12,
    "check_out": 9,
}
AT_THE_DESK = {
    "take": 20,
    "resolve": 30,
    "written": 10,
    "settled": 10,
    "done": 10,
    "stopitem": 0.05,
    "phoneplan": 2,
}
Act = Callable[[], Awaitable[None]]
At = Callable[[datetime, Act], None]


class Habits:
    """The doings of a town, one method each; what comes later is put into the agenda by `at`."""

    def __init__(self, machine: MortalMachine, fate: Fate, random: Random, at: At) -> None:
        self._machine, self._fate, self._random, self._at = machine, fate, random, at
        self.teams: list[tuple[int, int]] = []  # their chats

    def hand(self, chat_id: int) -> Hand:
        """Return the hand that holds a phone."""
        return Hand(self._machine, self._random, chat_id)

    async def enrol(self, chat_id: int, link: str) -> None:
        """Open the link, choose a language, show who one is."""
        await self._machine.does(chat_id, "open", payload=link)
        await self.hand(chat_id).act({"en": 1000})
        await self._machine.does(chat_id, "say", text=LAST_FOUR)

    async def answer(self, chat_id: int, persona: Persona) -> None:
        """Do something about what is on the phone, or block it all."""
        if self._random.randrange(100) < persona.blocks:
            await self._machine.does(chat_id, "block")
            return
        if persona.phones > 1 and self._random.random() < OTHER_PHONE:
            await self._machine.does(chat_id + 500_000, "say", text="/visit")
        await self.hand(chat_id).act(persona.likes, persona.words, times=persona.taps)

    async def morning(self) -> None:
        """Plan and approve, look what has waited too long, work on the queue, see the teams off."""
        inst = self._machine.inst
        self._fate.awake = False  # the desk's own commands are not what dies here
        await propose(inst)
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, self._machine.clock.now())
            await batch.load([])
            await approve(batch)
        await look(inst)
        await self._pay()
        self._fate.awake = True
        await self._machine.settle()
        for _ in range(ROUNDS):
            await self._machine.does(SCHEDULER, "say", text="/queue")
            for _ in range(TAPS):
                await self.hand(SCHEDULER).act(AT_THE_DESK, ("Talked to them.",))
        await self._set_out()

    async def _pay(self) -> None:
        async with self._machine.inst.store.read() as tx:
            due = [one for one in await soundness.all_promises(tx) if one.status == "open"]
            refs = await soundness.case_refs(tx)
        today = self._machine.clock.now().date()
        for one in due:
            if one.amount and one.due_on <= today and self._random.randrange(100) < PAYS:
                await record_payment(self._machine.inst, refs[one.case_id], Decimal(one.amount) / 100)

    async def _set_out(self) -> None:
        today = self._machine.clock.now().date()
        async with self._machine.inst.store.read() as tx:
            rows = [one for one in await soundness.booked(tx, ["confirmed"]) if one.starts_at.date() == today]
            chats = {one.id: one.chat_id for one in await people.everybody(tx)}
        for team in self.teams:
            if self._random.random() < ILL:
                await self._machine.does(team[0], "say", text="/off")
                await self.hand(team[0]).act({"off": 1000})
        for one in rows:
            for person in (one.collector_id, one.safety_officer_id):
                self._later(one.starts_at - EARLY, chats[person], AT_THE_DOOR)

    def _later(self, when: datetime, chat_id: int, left: int) -> None:
        async def act() -> None:
            await self._go(chat_id, left)

        self._at(when, act)

    async def _go(self, chat_id: int, left: int) -> None:
        """Do one thing at the door, then the next, until the visit is over or the patience is."""
        if left == AT_THE_DOOR:
            await self._machine.does(chat_id, "say", text="/today")
            await self.hand(chat_id).act({"visit": 1000})
        elif not await self.hand(chat_id).act(GOING_ON, ("They lost their job.",)):
            return
        if left:
            self._later(self._machine.clock.now() + STEP, chat_id, left - 1)
