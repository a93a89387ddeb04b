"""Taking in cases: good rows are upserted, bad ones reported; each case gets a key of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.casework.problems import Problem
from bot.casework.record import CaseRecord
from bot.ids import new_id
from bot.service.desk.casefile import key_of, seal_personal
from bot.service.installation import Installation
from bot.store import audit, cases, keys
from bot.store.engine import Tx

CHUNK = 500  # rows a transaction: memory stays constant however long the file is
PERSONAL = ("name", "phone", "address", "notes", "latitude", "longitude", "monthly_income", "vulnerable")
COLUMNS = ("case_ref", "jurisdiction", "timezone", "currency", "outstanding", "overdue_since")


@dataclass(slots=True)
class Imported:
    """How an import went."""

    added: int = 0
    updated: int = 0
    problems: list[Problem] = field(default_factory=list)


async def import_cases(
    inst: Installation, records: Iterable[CaseRecord | Problem], *, dry_run: bool = False
) -> Imported:
    """Take every good record, collect every problem; nothing is written in a dry run."""
    imported = Imported()
    for chunk in _chunks(_good(records, imported.problems)):
        async with inst.store.begin() as tx:
            await _take(inst, tx, chunk, imported, dry_run=dry_run)
    return imported


def _good(records: Iterable[CaseRecord | Problem], problems: list[Problem]) -> Iterator[CaseRecord]:
    for record in records:
        if isinstance(record, Problem):
            problems.append(record)
        else:
            yield record


def _chunks(records: Iterator[CaseRecord]) -> Iterator[list[CaseRecord]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


async def _take(
    inst: Installation, tx: Tx, records: Sequence[CaseRecord], imported: Imported, *, dry_run: bool
) -> None:
    now = inst.clock.now()
    known = {row.case_ref: row for row in await cases.by_refs(tx, [one.case_ref for one in records])}
    imported.updated += len(known)
    imported.added += len(records) - len(known)
    if dry_run:
        return
    refs = [one.case_ref for one in records]
    ids = {ref: known[ref].id if ref in known else new_id() for ref in refs}
    await keys.ensure(tx, inst.vault, [key_of(case_id) for case_id in ids.values()], now)
    await cases.upsert(tx, [_row(inst, ids[one.case_ref], one) for one in records])
    await audit.append(tx, [_line(inst, case_id, ref in known) for ref, case_id in ids.items()])


def _row(inst: Installation, case_id: int, record: CaseRecord) -> dict[str, Any]:
    """Return the row of `cases`: what is personal is sealed, what is looked up is hashed."""
    now = inst.clock.now()
    values = record.as_dict()
    personal = {name: values[name] for name in PERSONAL}
    elsewhere = (*PERSONAL, *COLUMNS, "id_last4", "language")
    rest = {name: value for name, value in values.items() if name not in elsewhere}
    return {name: values[name] for name in COLUMNS} | {
        "id": case_id,
        "locale": values["language"] or inst.settings.locale,
        "personal_enc": seal_personal(inst.vault, case_id, personal),
        "id_hash": inst.vault.hash("id_last4", f"{case_id}:{record.id_last4}"),
        "phone_hash": inst.vault.hash("phone", record.phone),
        "loan": rest,
        "stage": "imported",
        "imported_at": now,
        "updated_at": now,
    }


def _line(inst: Installation, case_id: int, known: bool) -> dict[str, Any]:  # noqa: FBT001
    kind = "case.updated" if known else "case.imported"
    return {"at": inst.clock.now(), "actor": "cli", "kind": kind, "case_id": case_id, "data": {}}
