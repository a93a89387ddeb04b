"""The morning of a visit: everybody signed in, the visit confirmed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import open_installation, prepare
from bot.sandbox.world import World
from bot.service.desk.invites import customer_links, invite_staff
from bot.service.field.code import code_of
from bot.service.installation import Installation
from bot.settings import Settings
from bot.store import visits
from bot.twin.machine import StillClock
from tests.service.conftest import Town

ADA, SAM, CORA, SOL, NEW_PHONE = 101, 901, 902, 903, 912
NAMES = {
    CORA: "Collector",
    SOL: "Safety officer",
    ADA: "Customer",
    SAM: "Scheduler",
    NEW_PHONE: "Collector, new phone",
}
CODE = ("41", "87")  # the team's half and the customer's, in every transcript
BEFORE = timedelta(minutes=75)  # between the morning and the visit
OPTIONS = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lender of one language works, and who works there: scheduler, collector, safety officer."""

    timezone: str
    creditor: str
    contact: str
    staff: tuple[str, str, str]
    latitude: float
    longitude: float


PLACES = {
    "en": Place("Europe/London", "Harbour Bank", "+44 20 7946 0000", ("Sam Reed", "Cora Lane", "Sol Hart"),
                51.5010, -0.1240),
    "zh_Hans": Place("Asia/Singapore", "海湾银行", "+65 6123 0000", ("李敏", "周岚", "何松"), 1.2838, 103.8440),
    "zh_Hant": Place("Asia/Hong_Kong", "海灣銀行", "+852 2345 0000", ("李敏", "周嵐", "何松"), 22.3030, 114.1720),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """What there is at one point of a visit: the installation, its folder, the phones and the instant."""

    locale: str
    inst: Installation
    folder: Path
    world: World
    instant: datetime


async def live_until_morning(locale: str, folder: Path) -> Moment:
    """Install, sign in, take the case in, plan and confirm; stop a little before the visit."""
    place = PLACES[locale]
    settings = Settings(
        data_dir=folder, creditor=place.creditor, contact=place.contact, timezone=place.timezone,
        locale=locale, _env_file=None,
    )  # fmt: skip
    await prepare(settings)
    clock = StillClock(datetime(2027, 3, 1, 9, 30, tzinfo=ZoneInfo(place.timezone)).astimezone(UTC))
    async with open_installation(settings, at_once=True) as opened:
        inst = replace(opened, clock=clock)
        town = Town(inst, clock, folder)
        await _everybody(town, locale)
        await town.plan()
        await town.taps(ADA, "confirm")
        starts_at = await _with_known_code(inst)
        clock.instant = starts_at - BEFORE
        await town.settle()
        return Moment(locale, inst, folder, town.world, clock.instant)


async def _with_known_code(inst: Installation) -> datetime:
    """Number the visit so that its code is the known one; return when it starts.

    The code hangs on the visit's id, which is another one each time.
    """
    async with inst.store.begin() as tx:
        (visit,) = await visits.all_rows(tx)
        numbers = (-number for number in count(1))  # a positive one would mean that it was moved
        number = next(one for one in numbers if code_of(inst, _Numbered(visit.id, one)) == CODE)
        await visits.change(tx, visit.id, {"sequence": number})
        return visit.starts_at


@dataclass(frozen=True, slots=True)
class _Numbered:
    id: int
    sequence: int


async def _everybody(town: Town, locale: str) -> None:
    roles = (("scheduler", SAM, "D"), ("collector", CORA, "C"), ("safety_officer", SOL, "S"))
    for (role, chat_id, letter), name in zip(roles, PLACES[locale].staff, strict=True):
        badge = f"{letter}-{chat_id}"
        token = await invite_staff(town.inst, role=role, name=name, badge=badge, locale=locale)
        await town.does(chat_id, "open", payload=token)
    cases = files("bot.sandbox") / "cases" / f"{locale}.csv"
    await town.take_in(*cases.read_text("utf-8").splitlines()[:2])
    (link,) = (await customer_links(town.inst)).links
    await town.does(ADA, "open", payload=link.token)
    await town.taps(ADA, OPTIONS[locale])
    await town.says(ADA, "482X")
