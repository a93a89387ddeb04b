"""People on duty and at work, put into an installation without the days before: a desk, a team, customers."""

from datetime import datetime, timedelta
from typing import Any

from bot.app import open_installation
from bot.documents.safe_csv import csv_file
from bot.ids import new_id
from bot.sandbox.stage import Stage
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import key_of
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, row_of
from bot.service.person import seal_name
from bot.settings import Settings
from bot.store import cases, outbox, people, visits
from flows.rules import Purpose

SAM, CORA, SOL, TESS = 901, 902, 903, 904
DESK = {SAM: ("scheduler", None), TESS: ("scheduler", 1)}  # role, and rung of the ladder
TEAM = {CORA: ("collector", None), SOL: ("safety_officer", None)}
NAMES = {SAM: "Sam Reed", CORA: "Cora Lane", SOL: "Sol Hart", TESS: "Tess Wood"}
FIRST_CUSTOMER = 50_000
LASTS = timedelta(minutes=45)
COLUMNS = (
    "case_ref,name,phone,id_last4,language,jurisdiction,timezone,address,currency,outstanding,overdue_since"
)
ROW = "B-{0:04},Customer {0},+44207946{0:04},1177,en,UK,Europe/London,{0} Mill Lane,GBP,860.00,2026-11-02"


async def on_duty(stage: Stage, *, customers: int = 1, told: bool = False) -> datetime:
    """Install: a desk of two, a team whose visit begins now, and customers; return when the visit should be over.

    `told`: each customer has a message that waits, of the slowest lane.
    """
    await stage.doorstep("init")
    for chat_id in (*DESK, *TEAM, *range(FIRST_CUSTOMER, FIRST_CUSTOMER + customers)):
        stage.server.world.chat(chat_id).opened = True
    settings = Settings(data_dir=stage.folder / "data", _env_file=None)
    async with open_installation(settings) as inst:
        now = stage.now()
        staff = await _sign_in(inst, now)
        await _take_in(inst, customers)
        ends_at = now + LASTS
        await _visit(inst, staff, now, ends_at)
        if told:
            await _tell_all(inst, now)
    return ends_at


async def _sign_in(inst: Installation, now: datetime) -> dict[int, int]:
    ids = {}
    async with inst.store.begin() as tx:
        for chat_id, (role, rung) in {**DESK, **TEAM}.items():
            ids[chat_id] = new_id()
            row: dict[str, Any] = {"id": ids[chat_id], "role": role, "badge": f"P-{chat_id}", "rung": rung}
            row |= {"locale": "en", "timezone": "Europe/London", "chat_id": chat_id}
            name = seal_name(inst.vault, NAMES[chat_id])
            await people.add(tx, row | {"name_enc": name, "active": True, "created_at": now})
    return ids


async def _take_in(inst: Installation, count: int) -> None:
    file = inst.settings.data_dir / "cases.csv"
    file.write_text("\n".join([COLUMNS, *(ROW.format(number) for number in range(count))]))
    nowhere = Paper(lambda: csv_file(inst.settings.data_dir / "returned.csv"))
    await import_file(inst, file, Report(inst, "en", nowhere, nowhere))
    async with inst.store.begin() as tx:
        for number, row in enumerate(await cases.all_rows(tx)):
            known = {"chat_id": FIRST_CUSTOMER + number, "identified_at": row.imported_at}
            await cases.change(tx, row.id, stage="identified", **known)


async def _visit(inst: Installation, staff: dict[int, int], starts_at: datetime, ends_at: datetime) -> None:
    async with inst.store.begin() as tx:
        case = (await cases.all_rows(tx))[0]
        row = {"id": new_id(), "case_id": case.id, "status": "confirmed", "created_at": starts_at}
        row |= {"collector_id": staff[CORA], "safety_officer_id": staff[SOL]}
        await visits.put(tx, [row | {"starts_at": starts_at, "ends_at": ends_at}])


async def _tell_all(inst: Installation, now: datetime) -> None:
    """Put one unasked message to each customer down; the rules are asked when it leaves."""
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, now)
        rows = (await cases.all_rows(tx))[1:]
        await batch.load_cases({row.id for row in rows})
        await outbox.put(tx, [_news(batch, row) for row in rows])


def _news(batch: Batch, case: Any) -> dict[str, Any]:
    call = batch.inst.calls.say(case.chat_id, "Our office moves on the first of next month.")
    parcel = Parcel(call, f"news:{case.id}", case.chat_id, Lane.BULK, Purpose.REMINDER, unasked=True)
    return row_of(batch, parcel, key_of(case.id), case_id=case.id, contact=True)
