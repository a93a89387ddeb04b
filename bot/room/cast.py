"""Who plays in the tour, and the scenes: one customer, one visit, from its announcement to the first payment."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.i18n.text import T
from bot.room.people import Person
from bot.sandbox.interview import arrive, interview, is_well
from bot.sandbox.phone import Phone, offers
from bot.service.desk.payments import record_payment
from bot.service.installation import Installation
from flows.script import Text

ANNOUNCED = T(
    "tour/announced", "{name} has been told of a visit: who comes, when and why, and which rights there are."
)
CONFIRMED = T(
    "tour/confirmed", "{name} confirms with one tap. A file for the calendar comes with the answer."
)
REMINDED = T("tour/reminded", "A short reminder, the day before and two hours before. It can still be moved.")
CHECKED_IN = T("tour/checked_in", "Both of the team say that they are there. Nobody starts alone.")
DOOR = T(
    "tour/door",
    "Each side has half of a code: both know that the other is genuine. The script leads from step to step.",
)
CHECKED_OUT = T("tour/checked_out", "Both say that they are safely out. The scheduler gets a report.")
AGREED = T("tour/agreed", "What was agreed stands in {name}'s own chat, to be seen and put right.")
PAID = T("tour/paid", "The payment comes in, and no reminder goes out.")
EARLY = timedelta(minutes=5)  # before the visit, when the team comes
AFTER = timedelta(days=10)  # the visit, when the first payment is due
AMOUNT = Decimal(150)  # what `interview` promises


class Scene(NamedTuple):
    """What the page says of it, and what happens."""

    caption: Text
    act: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Cast:
    """Those who play; `jump` moves the clock of all. The visit starts at an aware UTC instant."""

    inst: Installation
    customer: Person
    phone: Phone
    collector: Phone
    officer: Phone
    starts_at: datetime
    jump: Callable[[datetime], Awaitable[None]]

    @property
    def chats(self) -> list[int]:
        """Return the chats of the three."""
        return [self.customer.id, self.collector.chat_id, self.officer.chat_id]

    @property
    def due_on(self) -> date:
        """Return the day of the first payment."""
        return self.starts_at.date() + AFTER

    def scenes(self) -> Sequence[Scene]:
        """Return the scenes in their order."""
        return (
            Scene(ANNOUNCED, self.read),
            Scene(CONFIRMED, self.confirm),
            Scene(REMINDED, self.remind),
            Scene(CHECKED_IN, self.check_in),
            Scene(DOOR, self.talk),
            Scene(CHECKED_OUT, self.check_out),
            Scene(AGREED, self.agree),
            Scene(PAID, self.pay),
        )

    async def read(self) -> None:
        """The notice is there."""
        await self.phone.wait_for(lambda message: offers(message, "confirm"))

    async def confirm(self) -> None:
        """One tap."""
        await self.phone.choose("confirm")
        await self.phone.wait_for(lambda message: "document" in message["content"])

    async def remind(self) -> None:
        """The day before, and two hours before."""
        for before in (timedelta(days=1), timedelta(hours=2)):
            await self.jump(self.starts_at - before + timedelta(minutes=1))

    async def check_in(self) -> None:
        """Collector and officer open the visit and tell where they are."""
        await self.jump(self.starts_at - EARLY)
        at = self.customer.latitude or 0.0, self.customer.longitude or 0.0
        for phone in (self.collector, self.officer):
            await arrive(phone, *at)
        await is_well(self.officer)
        await self.collector.choose("next")

    async def talk(self) -> None:
        """At the door, at the time that was agreed: the code has come by then, however early in the day it is."""
        await self.jump(self.starts_at)
        await interview(self.collector, self.phone, self.due_on)

    async def check_out(self) -> None:
        """The officer is out, too, and says how it was."""
        await self.officer.choose("check_out")
        await self.officer.choose("calm")

    async def agree(self) -> None:
        """The promise is in the customer's own chat."""
        await self.phone.wait_for(lambda message: offers(message, "paid"))

    async def pay(self) -> None:
        """The money comes a day early; the day itself passes in silence."""
        zone = ZoneInfo(self.customer.zone)
        await self.jump(datetime.combine(self.due_on - timedelta(days=1), time(11), zone))
        await record_payment(self.inst, str(self.customer.case), AMOUNT)
        await self.jump(datetime.combine(self.due_on, time(11), zone))
