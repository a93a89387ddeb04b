"""The story: one lender, three customers. One confirms and is visited, one moves the visit, one says stop."""

import asyncio
import csv
from datetime import datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.sandbox.interview import arrive, interview, is_well
from bot.sandbox.phone import NotSeen, Seen, buttons, offers
from bot.sandbox.stage import Stage

ZONES = {"en": "Europe/London", "zh_Hans": "Asia/Singapore", "zh_Hant": "Asia/Hong_Kong"}
LANGUAGE_OPTIONS = {"en": "en", "zh_Hans": "zh_hans", "zh_Hant": "zh_hant"}
STAFF = {
    "scheduler": (901, "Sam Reed"),
    "collector": (902, "Cora Lane"),
    "safety": (903, "Sol Hart"),
}
AT_THE_DOOR = 51.501, -0.124  # latitude and longitude
QUIET = 2.0  # seconds in which nothing may come where nothing should


def start_of(locale: str) -> datetime:
    """Return when the story begins: a Monday morning."""
    return datetime(2027, 3, 1, 9, 30, tzinfo=ZoneInfo(ZONES[locale]))


class Story:
    """The scenes, in order; each leaves what the next one needs."""

    def __init__(self, stage: Stage, locale: str) -> None:
        self._stage = stage
        self._locale = locale
        self._zone = ZoneInfo(ZONES[locale])
        stage.environment |= {"DOORSTEP_LOCALE": locale, "DOORSTEP_TIMEZONE": ZONES[locale]}
        cases = files("bot.sandbox") / "cases" / f"{locale}.csv"
        self._cases = stage.folder / "cases.csv"
        self._cases.write_text(cases.read_text("utf-8"), "utf-8")
        self._people = {role: stage.phone(chat, name) for role, (chat, name) in STAFF.items()}
        self.ada = stage.phone(101, self._names()[0])
        self.ben = stage.phone(102, self._names()[1])
        self.cleo = stage.phone(103, self._names()[2])

    def _names(self) -> list[str]:
        with self._cases.open(encoding="utf-8", newline="") as file:
            return [row["name"] for row in csv.DictReader(file)]

    async def play(self) -> None:
        """Play every scene. Raises `NotSeen` where the story cannot go on."""
        for scene in (
            self.install,
            self.sign_in,
            self.take_in,
            self.enrol,
            self.announce,
            self.move,
            self.stop,
            self.remind,
            self.visit,
            self.follow_up,
            self.look_back,
        ):
            self._stage.narrator.heading((scene.__doc__ or "").rstrip("."))
            await scene()

    def _expect(self, promise: str, held: object) -> None:
        self._stage.narrator.expect(promise, bool(held))

    async def install(self) -> None:
        """The administrator installs Doorstep and starts it."""
        out = await self._stage.doorstep("init")
        self._expect("init prints the administrator's link", "?start=" in out)
        await self._stage.start_bot()

    async def sign_in(self) -> None:
        """Scheduler, collector and safety officer open their links."""
        for role, (_, name) in STAFF.items():
            badge = f"{role[0].upper()}-{STAFF[role][0]}"
            out = await self._stage.doorstep("invite", "--role", role, "--name", name, "--badge", badge)
            payload = out.split("?start=")[1].split()[0]
            await self._people[role].open(payload)
            await self._people[role].wait_for(name)
        stranger = self._stage.phone(999, "a stranger")
        await stranger.open(payload)
        refusal = await stranger.wait_for("")
        self._expect("a used link is refused politely", STAFF["safety"][1] not in refusal["text"])

    async def take_in(self) -> None:
        """A file of cases comes in; one row is bad."""
        out = await self._stage.doorstep("import", "cases.csv")
        self._expect("good rows are taken, the bad one is reported", "3 added" in out and "1 rejected" in out)
        await self._stage.doorstep("letters", "--links", "links.csv")
        with (self._stage.folder / "links.csv").open(encoding="utf-8-sig", newline="") as file:
            self._links = [row["link"].split("?start=")[1] for row in csv.DictReader(file)]
        self._expect("there is a link for each good case", len(self._links) == 3)  # noqa: PLR2004

    async def enrol(self) -> None:
        """The customers open their links and show that they are the right ones."""
        answers = (["482X"], ["0000", "1177"], ["9056"])
        for phone, link, tries in zip((self.ada, self.ben, self.cleo), self._links, answers, strict=True):
            await phone.open(link)
            await phone.choose(LANGUAGE_OPTIONS[self._locale])
            await phone.wait_for(lambda message: offers(message, "back") or offers(message, "not_me"))
            for answer in tries:
                before = (await phone.messages())[-1]["message_id"]
                await phone.settled()
                await phone.say(answer)
                await phone.wait_for("", after=before)
            await phone.wait_for("/rights")
        early = [one["text"] for one in (await self.ben.messages())[:4]]
        self._expect("nothing about a loan before identity", not any("860" in text for text in early))

    async def announce(self) -> None:
        """Visits are planned, approved and announced."""
        await self._stage.doorstep("plan")
        planned = await self._stage.listed("plan", "--approve")
        self._planned = {row["case_ref"]: datetime.fromisoformat(row["starts_at"]) for row in planned}
        for phone in (self.ada, self.ben, self.cleo):
            await phone.wait_for(lambda message: offers(message, "confirm"))
        before = (await self.ada.messages())[-1]["message_id"]
        await self.ada.choose("confirm")
        await self.ada.wait_for(lambda message: "document" in message["content"], after=before)
        self._expect("Confirm is answered with a calendar file", True)

    async def move(self) -> None:
        """The second customer chooses another time."""
        await self.ben.choose("move")
        days = await self.ben.wait_for(lambda message: offers(message, "none_suits"))
        day = buttons(days)[2]
        await self.ben.tap_data(days["message_id"], day["callback_data"])
        slots = await self.ben.wait_for(lambda message: offers(message, "other_day"))
        await self.ben.tap_data(slots["message_id"], buttons(slots)[1]["callback_data"])
        await self.ben.wait_for(lambda message: "document" in message["content"])
        new = await self._visit("D-1002")
        self._expect(
            "the visit has moved and is confirmed", new["moved"] == 1 and new["status"] == "confirmed"
        )
        self._expect("to another time", datetime.fromisoformat(new["starts_at"]) != self._planned["D-1002"])

    async def stop(self) -> None:
        """The third customer wants no messages."""
        before = (await self.cleo.messages())[-1]["message_id"]
        await self.cleo.choose("stop")
        await self.cleo.wait_for(lambda message: not message["keyboard"].get("inline_keyboard"), after=before)
        await self._people["scheduler"].wait_for("D-1003")
        self._silent_from = (await self.cleo.messages())[-1]["message_id"]

    async def remind(self) -> None:
        """Reminders come the day before and two hours before."""
        starts_at = self._planned["D-1001"]
        for before, words in (
            (timedelta(days=1), "the day before"),
            (timedelta(hours=2), "two hours before"),
        ):
            newest = (await self.ada.messages())[-1]["message_id"]
            self._stage.jump(starts_at - before + timedelta(minutes=1))
            await self.ada.wait_for(lambda message: offers(message, "move"), after=newest)
            self._expect(f"a reminder comes {words}", held=True)
        self._starts_at = starts_at

    async def visit(self) -> None:
        """The team checks in, goes through the script and checks out."""
        self._stage.jump(self._starts_at - timedelta(minutes=5))
        collector, officer = self._people["collector"], self._people["safety"]
        await arrive(collector, *AT_THE_DOOR)
        waiting = await collector.wait_for(lambda message: offers(message, "next"))
        self._expect("neither starts alone", not offers(waiting, "maybe_them"))
        await arrive(officer, *AT_THE_DOOR)
        await is_well(officer)
        await collector.choose("next")
        self._due_on = self._starts_at.date() + timedelta(days=10)
        await interview(collector, self.ada, self._due_on)
        await officer.choose("check_out")
        await officer.choose("calm")
        await self._people["scheduler"].wait_for("D-1001")
        ended = await self._until_status("D-1001", "ended")
        self._expect("the visit ended with its outcome", ended["outcome"] == "promise_to_pay")

    async def follow_up(self) -> None:
        """What was agreed comes to the customer's own chat; the promise is kept."""
        await self.ada.wait_for(lambda message: offers(message, "paid"))
        self._expect("the promise is in the customer's own chat", True)
        self._stage.jump(datetime.combine(self._due_on - timedelta(days=1), time(11), self._zone))
        await self._stage.doorstep("paid", "D-1001", "150", "--ref", "P-1")
        newest = (await self.ada.messages())[-1]["message_id"]
        self._stage.jump(datetime.combine(self._due_on, time(11), self._zone))
        await asyncio.sleep(QUIET)
        later = [one for one in await self.ada.messages() if one["message_id"] > newest]
        self._expect("no reminder comes for a promise that was kept", not later)

    async def look_back(self) -> None:
        """What is on record."""
        after_stop = [one for one in await self.cleo.messages() if one["message_id"] > self._silent_from]
        self._expect("nothing came after stop", not after_stop)
        self._expect("the visit was cancelled", (await self._visit("D-1003"))["status"] == "cancelled")
        case = await self._stage.listed("case", "D-1001")
        self._expect("the promise is kept", [one["status"] for one in case["promises"]] == ["kept"])
        kinds = {line["kind"] for line in await self._stage.listed("audit")}
        self._expect(
            "the log tells it all", {"visit.confirmed", "visit.right_party", "customer.stopped"} <= kinds
        )
        self._expect("the bot stops cleanly", await self._stage.stop_bot() == 0)

    # -- looking

    async def _visit(self, case_ref: str) -> Seen:
        rows = await self._stage.listed("visits")
        found: Seen = [row for row in rows if row["case_ref"] == case_ref][-1]
        return found

    async def _until_status(self, case_ref: str, status: str) -> Seen:
        for _ in range(10):
            visit = await self._visit(case_ref)
            if visit["status"] == status:
                return visit
            await asyncio.sleep(0.2)
        raise NotSeen(f"{case_ref} did not become {status}")
