"""Taking in rows of cases: compared with what is known, and only what differs is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from bot.casework.intake import Bad, Good
from bot.casework.problems import Problem, ProblemCode
from bot.casework.record import CaseRecord
from bot.i18n import formats
from bot.ids import new_id
from bot.service.audit_line import About, audit_line
from bot.service.desk.cases.casefile import PLACE, key_of, seal_personal
from bot.service.desk.evaluation.baselines import take_baselines
from bot.service.desk.files.at_once import set_off
from bot.service.desk.files.findings import Report
from bot.service.installation import Installation
from bot.store import audit, batch_cases, batches, cases, erasure, keys
from bot.store.engine import Tx

PERSONAL = ("name", "phone", "address", "notes", "latitude", "longitude", "monthly_income", "vulnerable")
COLUMNS = ("case_ref", "jurisdiction", "timezone", "currency", "outstanding", "overdue_since")
MONEY = frozenset({"principal", "outstanding", "instalment", "last_payment_amount", "monthly_income"})
HIDDEN = "····"  # where only a hash of the old value is kept


@dataclass(frozen=True, slots=True)
class Taking:
    """One file on its way in. `batch_id` None: it is only looked at. `told`: the columns that the file has."""

    inst: Installation
    report: Report
    told: frozenset[str]
    batch_id: int | None
    actor: str
    now: datetime


async def take_cases(taking: Taking, tx: Tx, rows: Sequence[Good]) -> None:
    """Take some rows, or only look what they come to. What a file does not tell stays as it is."""
    vault = taking.inst.vault.blank()
    rows = await _without_erased(taking, tx, rows)
    refs = [row.record.case_ref for row in rows]
    if taking.batch_id is not None:
        await batches.one_at_a_time(tx)
    found = await (cases.by_refs if taking.batch_id is None else cases.hold_by_refs)(tx, refs)
    known = {row.case_ref: row for row in found}
    await keys.load(tx, vault, [key_of(row.id) for row in found])
    noted = await batch_cases.noted(tx, taking.batch_id or 0, [row.id for row in found])
    made = [_Compared(taking, vault, row.record, known.get(row.record.case_ref)) for row in rows]
    fresh = [one for one in made if one.case_id not in noted]
    _count(taking, made, noted)
    if taking.batch_id is not None:
        await _write(taking, tx, vault, [one for one in fresh if one.differs])


async def _without_erased(taking: Taking, tx: Tx, rows: Sequence[Good]) -> list[Good]:
    """Return the rows but those of erased cases, which come back: a file must not bring back what had to go."""
    refs = [row.record.case_ref for row in rows]
    gone = {one.case_ref for one in await erasure.noted_by_refs(tx, refs)}
    for row in rows:
        if row.record.case_ref in gone:
            taking.report.bad(Bad(row.row, row.cells, [Problem(row.row, "case_ref", ProblemCode.ERASED)]))
    return [row for row in rows if row.record.case_ref not in gone]


class _Compared:
    """A row beside what is known of its case."""

    def __init__(self, taking: Taking, vault: Any, record: Any, row: Any | None) -> None:
        self.row = row
        self.case_id: int = new_id() if row is None else row.id
        old = {} if row is None else _known(row, vault)
        self.id_hash = vault.hash("id_last4", f"{self.case_id}:{record.id_last4}")
        new = _told(record, taking)
        self.values = old | new
        self.changes = [] if row is None else list(_changes(old, new))
        if row is not None and row.id_hash != self.id_hash:
            self.changes.append(("id_last4", None, None))

    @property
    def differs(self) -> bool:
        return self.row is None or bool(self.changes)

    @property
    def is_vulnerable_now(self) -> bool:
        """Does this file tell for the first time that the customer is vulnerable?"""
        told = self.row is None or "vulnerable" in self._changed()
        return told and self.values.get("vulnerable") is True

    @property
    def has_moved_with_chat(self) -> bool:
        """Is the customer, who has a chat, under the rules of another place now?"""
        return self.row is not None and self.row.chat_id is not None and "jurisdiction" in self._changed()

    def _changed(self) -> set[str]:
        return {name for name, _, _ in self.changes}


def _told(record: CaseRecord, taking: Taking) -> dict[str, Any]:
    """Return what the file tells of a case, as it would be kept; a language that is not told is not changed."""
    values = {name: value for name, value in record.as_dict().items() if name in taking.told}
    del values["id_last4"]
    if not values.get("language"):
        values.pop("language", None)
    return {name: _plain(name, value) for name, value in values.items()}


def _plain(name: str, value: Any) -> Any:
    """Return a value as it comes back from the database."""
    return value.isoformat() if isinstance(value, date) and name not in COLUMNS else value


def _known(row: Any, vault: Any) -> dict[str, Any]:
    personal = orjson.loads(vault.unseal(key_of(row.id), row.personal_enc, PLACE))
    columns = {name: getattr(row, name) for name in COLUMNS}
    return {**personal, **row.loan, **columns, "language": row.locale}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    return ((name, old.get(name), value) for name, value in new.items() if old.get(name) != value)


def _count(taking: Taking, made: Sequence[_Compared], noted: Mapping[int, bool]) -> None:
    findings = taking.report.findings
    for one in made:
        if one.row is None or noted.get(one.case_id):
            findings.new += 1
        elif one.differs or one.case_id in noted:
            findings.changed += 1
        else:
            findings.unchanged += 1
        for name, before, after in one.changes:
            currency = one.values["currency"]
            shown = (
                [HIDDEN] * 2 if name == "id_last4" else [_shown(name, v, currency) for v in (before, after)]
            )
            taking.report.change(one.values["case_ref"], name, *shown)


def _shown(name: str, value: Any, currency: str) -> str:
    """Return a value as a lender's file has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return formats.major(value, currency) if name in MONEY else str(value)


async def _write(taking: Taking, tx: Tx, vault: Any, made: Sequence[_Compared]) -> None:
    await keys.ensure(tx, vault, [key_of(one.case_id) for one in made], taking.now)
    await cases.upsert(tx, [_row(taking, vault, one) for one in made])
    await batch_cases.put(tx, [before(taking.batch_id or 0, one.case_id, one.row) for one in made])
    await audit.append(tx, [_line(taking, one) for one in made])
    new = [one.case_id for one in made if one.row is None]
    await take_baselines(taking.inst, tx, vault, new, taking.now)
    vulnerable = [one.case_id for one in made if one.is_vulnerable_now]
    moved = [one.case_id for one in made if one.has_moved_with_chat]
    if vulnerable or moved:
        await set_off(taking.inst, tx, taking.now, taking.batch_id or 0, vulnerable, moved)


def before(batch_id: int, case_id: int, row: Any | None) -> dict[str, Any]:
    """Return what a case was before a batch, as a row of `batch_cases`; `row` None: it was not there."""
    image = {name: None if row is None else getattr(row, name) for name in batch_cases.BEFORE}
    return image | {"batch_id": batch_id, "case_id": case_id, "added": row is None, "promise_id": None}


def _row(taking: Taking, vault: Any, one: _Compared) -> dict[str, Any]:
    """Return the row of `cases`: what is personal is sealed, what is looked up is hashed."""
    values = one.values
    elsewhere = (*PERSONAL, *COLUMNS, "language")
    return {name: values[name] for name in COLUMNS} | {
        "id": one.case_id,
        "locale": values.get("language") or taking.inst.settings.locale,
        "personal_enc": seal_personal(vault, one.case_id, {name: values.get(name) for name in PERSONAL}),
        "id_hash": one.id_hash,
        "phone_hash": vault.hash("phone", values["phone"]),
        "loan": {name: value for name, value in values.items() if name not in elsewhere},
        "stage": _stage(one),
        "imported_at": taking.now,
        "updated_at": taking.now,
    }


def _stage(one: _Compared) -> str:
    """A case without arrears is settled; one that is behind again goes on where its customer's chat is."""
    row = one.row
    if not one.values["outstanding"]:
        return "settled"
    if row is None:
        return "imported"
    if row.stage != "settled":
        return str(row.stage)
    if row.identified_at is not None:
        return "identified"
    return "imported" if row.chat_id is None else "linked"


def _line(taking: Taking, one: _Compared) -> dict[str, Any]:
    kind = "case.imported" if one.row is None else "case.updated"
    data: dict[str, Any] = {"batch": taking.batch_id}
    if one.row is not None:
        data["columns"] = [name for name, _, _ in one.changes]
    return audit_line(taking.now, taking.actor, kind, About(one.case_id), **data)
