"""Taking in a lender's file, or only looking what it comes to: some rows at a time, however long it is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from zoneinfo import available_timezones

from bot.casework.intake import Bad, Good, Sheet, read_sheet
from bot.casework.known import Known
from bot.casework.layouts import CASES, PAYMENTS
from bot.documents.tables import read_table
from bot.i18n import formats
from bot.ids import new_id
from bot.service.audit_line import CLI
from bot.service.desk.files.case_rows import Taking, take_cases
from bot.service.desk.files.findings import Findings, Report
from bot.service.desk.files.headings import headings
from bot.service.desk.files.payment_rows import take_payments
from bot.service.desk.files.undo import take_back
from bot.service.installation import Installation
from bot.store import batches
from bot.store.engine import Tx

CHUNK = 500  # rows a transaction: memory stays constant, and nobody waits long for the database
Take = Callable[[Taking, Tx, Sequence[Good]], Awaitable[None]]
TAKERS: Mapping[str, Take] = {CASES.kind: take_cases, PAYMENTS.kind: take_payments}

Progress = Callable[[int], Awaitable[None]]  # is told how many rows were read; may raise to stop


async def _silent(_: int) -> None:
    """Nobody watches."""


async def open_sheet(inst: Installation, source: Path | bytes, name: str | None = None) -> Sheet:
    """Open a CSV or XLSX file and read its header. Raises `FileRefused` for a file that is no table at all."""
    known = Known(
        jurisdictions=frozenset(inst.library.packs),
        timezones=frozenset(available_timezones()),
        currencies=formats.currencies(),
        today=inst.clock.now().date(),
        headings=headings(),
    )
    return await asyncio.to_thread(lambda: read_sheet(read_table(source, name), known))


async def run(
    inst: Installation,
    sheet: Sheet,
    report: Report,
    *,
    batch_id: int | None = None,
    actor: str = CLI,
    progress: Progress = _silent,
) -> Findings:
    """Take the rows of a file in as a batch, or without one only look what they come to.

    Run again after a crash it goes on where it was: what the batch has done already is only counted. The rows
    are read beside the event loop, so that chats are answered meanwhile.
    """
    report.begin(sheet)
    told = frozenset(sheet.columns)
    taking = Taking(inst, report, told, batch_id, actor, inst.clock.now())
    chunks = _chunks(sheet.rows)
    while rows := await asyncio.to_thread(lambda: next(chunks, None)):
        for bad in rows:
            if isinstance(bad, Bad):
                report.bad(bad)
        await _take(taking, sheet.layout.kind, [row for row in rows if isinstance(row, Good)])
        await progress(report.findings.rows)
    return report.findings


def _chunks(rows: Iterator[Good | Bad]) -> Iterator[list[Good | Bad]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


async def _take(taking: Taking, kind: str, rows: Sequence[Good]) -> None:
    if not rows:
        return
    store = taking.inst.store
    async with store.read() if taking.batch_id is None else store.begin() as tx:
        await TAKERS[kind](taking, tx, rows)


async def look(inst: Installation, path: Path, report: Report, progress: Progress) -> Findings:
    """Say what a file would come to; nothing is written. Raises `FileRefused`."""
    return await run(inst, await open_sheet(inst, path), report, progress=progress)


async def import_file(
    inst: Installation, path: Path, report: Report, progress: Progress = _silent
) -> tuple[int, Findings]:
    """Take a file in; return the batch, by which it can be taken back, and what it came to.

    Whatever stops it half-way, what was taken until then is taken back. Raises `FileRefused`.
    """
    sheet = await open_sheet(inst, path)
    now, batch_id = inst.clock.now(), new_id()
    async with inst.store.begin() as tx:
        row = {"id": batch_id, "kind": sheet.layout.kind, "state": "taking", "counts": {}, "created_at": now}
        await batches.add(tx, row)
    try:
        findings = await run(inst, sheet, report, batch_id=batch_id, progress=progress)
    except BaseException:
        await take_back(inst, batch_id)
        raise
    await finish(inst, batch_id, findings)
    return batch_id, findings


async def finish(inst: Installation, batch_id: int, findings: Findings) -> None:
    """Note that a batch was taken; one that brought nothing needs no undoing."""
    state = "taken" if findings.takes else "refused"
    async with inst.store.begin() as tx:
        columns = {"kind": findings.kind, "counts": findings.counts(), "taken_at": inst.clock.now()}
        await batches.change(tx, batch_id, state=state, held_until=None, **columns)
        await batches.drop_file(tx, batch_id)
