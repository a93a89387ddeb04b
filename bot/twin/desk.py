"""The desk: plans and approves each morning, books what was paid, works on its queue through the morning."""

from datetime import timedelta
from decimal import Decimal

from bot.errors import InputRefused
from bot.sandbox.world import Message
from bot.service.archive.heads import close_day
from bot.service.conversations.batch import Batch
from bot.service.desk.payments import record_payment
from bot.service.desk.planning.plan import approve, propose
from bot.service.desk.queue.watch import look
from bot.store import soundness
from bot.twin.agenda import Act
from bot.twin.customers import Customers
from bot.twin.hands import Manners
from bot.twin.life import Life, in_the_day

TAPS = 12  # of each scheduler on the queue in the morning
STEP = timedelta(minutes=1)  # between two taps
HEEDS = timedelta(minutes=10)  # within which somebody of the desk answers what rings
AT_THE_QUEUE = Manners(
    {
        "take": 20,
        "resolve": 30,
        "written": 10,
        "settled": 10,
        "done": 10,
        "stopitem": 0.05,
        "phoneplan": 2,
    },
    ("Talked to them.",),
)


class Desk:
    """Those who answer for the visits; `chats` are their phones."""

    def __init__(self, life: Life, customers: Customers) -> None:
        self._life, self._customers = life, customers
        self.chats: list[int] = []
        self._busy: set[int] = set()  # chats whose next tap stands in the agenda already
        self.payers: dict[str, int] = {}  # chats by the reference of a case

    async def morning(self) -> None:
        """Give the orders of the morning, each again if the process dies over it; then go to the queue."""
        machine = self._life.machine
        for order in (self._close_yesterday, self._propose, self._approve, self._look, self._book):
            await machine.insists(order)
        for chat_id in self.chats:
            self._opens(chat_id)

    async def _close_yesterday(self) -> None:
        await close_day(self._life.machine.inst)

    async def _propose(self) -> None:
        await propose(self._life.machine.inst)

    async def _approve(self) -> None:
        inst = self._life.machine.inst
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, self._life.now())
            await batch.load([])
            await approve(batch)

    async def _look(self) -> None:
        await look(self._life.machine.inst)

    async def _book(self) -> None:
        """Book what was paid on promises that are due; what is booked already is known by its reference."""
        inst, today = self._life.machine.inst, self._life.now().date()
        async with inst.store.read() as tx:
            due = [one for one in await soundness.open_promises(tx) if one.due_on <= today and one.amount]
            refs = await soundness.case_refs(tx)
        for one in due:
            ref = refs[one.case_id]
            if self._customers.pays(self.payers[ref]):
                try:
                    await record_payment(inst, ref, Decimal(one.amount) / 100, reference=str(one.id))
                except InputRefused:
                    continue  # the process died just after it was booked

    def _opens(self, chat_id: int) -> None:
        self._life.hand(chat_id).does("say", text="/queue")
        for number in range(TAPS):
            self._life.later(STEP * (number + 1), chat_id, self._taps(chat_id))

    def _taps(self, chat_id: int) -> Act:
        async def taps() -> None:
            self._busy.discard(chat_id)
            self._life.hand(chat_id).act(AT_THE_QUEUE)

        return taps

    def heard(self, message: Message) -> None:
        """Something rings at the desk: whoever holds the phone looks at it soon."""
        if message.chat_id in self.chats and message.chat_id not in self._busy and message.buttons():
            self._busy.add(message.chat_id)
            when = self._life.within(HEEDS)
            self._life.agenda.at(in_the_day(when), message.chat_id, self._taps(message.chat_id))
