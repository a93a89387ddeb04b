"""The case file as one line of time: contacts, verdicts, visits, answers, promises, payments, holds, who looked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bot.i18n import formats
from bot.service.audit_line import CUSTOMER, SYSTEM, colleague
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.service.field.evidence.items import open_item, sender_of
from bot.store import timeline
from bot.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened at an instant (aware UTC): a code, who did it as in the log, details."""

    at: datetime
    kind: str
    actor: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


# by the tables of their own
_TOLD_BETTER = frozenset({"promise.made", "payment.recorded", "hold.opened", "evidence.kept"})


async def timeline_of(batch: Batch, case: CaseFile) -> list[Entry]:
    """Return everything on record of a case, oldest first."""
    rows = await timeline.of_case(batch.tx, case.id)
    read = _Reader(case, batch.inst.vault)
    found = [
        entry for name, of_table in rows.items() for row in of_table for entry in READERS[name](read, row)
    ]
    return sorted(found, key=lambda entry: entry.at)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What rows are read by."""

    case: CaseFile
    vault: Vault

    def audit(self, row: Any) -> Iterator[Entry]:
        if row.kind not in _TOLD_BETTER:
            yield Entry(row.at, row.kind, row.actor, row.data)

    def outbox(self, row: Any) -> Iterator[Entry]:
        yield Entry(row.sent_at or row.created_at, f"contact.{row.state}", SYSTEM, {"purpose": row.purpose})

    def receipts(self, row: Any) -> Iterator[Entry]:
        bound = row.verdict.get("bound")
        data = {"about": row.about, "rule": bound, "title": row.verdict.get("title", "")}
        yield Entry(row.at, f"rule.{row.outcome}", SYSTEM, data)

    def answers(self, row: Any) -> Iterator[Entry]:
        value = orjson.loads(self.vault.unseal(key_of(self.case.id), row.value_enc, ANSWER_PLACE))
        yield Entry(row.at, "answer", "", {"question": row.name, "answer": value})

    def promises(self, row: Any) -> Iterator[Entry]:
        amount = None if row.amount is None else formats.major(row.amount, self.case.currency)
        data = {"amount": amount, "due_on": row.due_on}
        by_word = row.agreement_id is None  # a plan is told by the log, once and not for each instalment
        if by_word:
            yield Entry(row.created_at, "promise.made", CUSTOMER, data)
        if row.closed_at is not None and (by_word or row.status in ("kept", "late", "broken")):
            yield Entry(row.closed_at, f"promise.{row.status}", "", data)

    def payments(self, row: Any) -> Iterator[Entry]:
        amount = formats.major(row.amount, self.case.currency)
        yield Entry(row.paid_at, "payment", "", {"amount": amount, "reference": row.reference})

    def alerts(self, row: Any) -> Iterator[Entry]:
        yield Entry(row.opened_at, "item.opened", SYSTEM, {"item": row.kind})

    def holds(self, row: Any) -> Iterator[Entry]:
        yield Entry(row.since, "hold.opened", "", {"hold": row.kind})
        if row.lifted_at is not None:
            yield Entry(row.lifted_at, "hold.lifted", "", {"hold": row.kind})

    def calls(self, row: Any) -> Iterator[Entry]:
        yield Entry(row.at, f"call.{row.outcome}", colleague(row.person_id))

    def evidence(self, row: Any) -> Iterator[Entry]:
        item = open_item(row, self.vault)
        data: dict[str, Any] = {"evidence": item.id, "what": str(item.kind), "step": item.step}
        if item.sha256 is not None:
            data |= {"size": item.size, "sha256": item.sha256.hex()}
        if item.agreed is not None:
            data["agreed"] = item.agreed
        if item.reading is not None:
            data |= {"distance_m": item.reading.distance, "signals": list(map(str, item.reading.signals))}
        kind = "evidence.place" if item.fix is not None else f"evidence.{item.state}"
        yield Entry(item.said_at, kind, sender_of(item), data)

    def visits(self, row: Any) -> Iterator[Entry]:
        data = {"starts_at": row.starts_at}
        for at, kind in ((row.approved_at, "visit.approved"), (row.noticed_at, "visit.announced")):
            if at is not None:
                yield Entry(at, kind, SYSTEM, data)


READERS: Mapping[str, Callable[[_Reader, Any], Iterator[Entry]]] = {
    "audit": _Reader.audit,
    "outbox": _Reader.outbox,
    "receipts": _Reader.receipts,
    "answers": _Reader.answers,
    "promises": _Reader.promises,
    "payments": _Reader.payments,
    "alerts": _Reader.alerts,
    "holds": _Reader.holds,
    "visits": _Reader.visits,
    "calls": _Reader.calls,
    "evidence": _Reader.evidence,
}
