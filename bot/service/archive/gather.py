"""What an export has of a case, loaded in one transaction: as data for machines, in words for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import orjson

from bot.check import LOG
from bot.documents.report import Report
from bot.i18n.text import T
from bot.service.archive.logged import log_of
from bot.service.archive.messages import html_of
from bot.service.archive.reader import PaperReader
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.desk.cases.look import detail_of
from bot.service.desk.cases.timeline import timeline_of
from bot.service.desk.cases.timeline_chat import line_of
from bot.service.field.evidence.items import Item
from bot.service.field.evidence.originals import originals_of
from bot.service.field.report import visit_report
from bot.service.solutions.paper import paper_of
from bot.store import agreements, outbox, receipts, sessions, visits

FORMAT = "doorstep-export/1"
README = T(
    "export/readme",
    "Everything that Doorstep has on record of case {case_ref}, as of {at}.\n\n"
    "timeline.txt: what happened, a line for each event\n"
    "reports/: the report of each visit\n"
    "agreements/: each agreement that the customer accepted\n"
    "originals/: what was sent in as evidence, byte for byte\n"
    "messages.json: every message to the customer in its own words\n"
    "verdicts.json: what the rules said of each message, visit and step\n"
    "case.json, timeline.json: the case and its history for machines\n"
    "audit.json: the log of this case; each line has the hash of the one before it\n"
    "manifest.json: all files with their SHA-256\n\n"
    "To check that nothing was changed since: python3 check.py FILE.zip\n"
    "This needs Python 3.8 or newer, and nothing else. Whoever was given the head of a day on that day can "
    "compare it with the one in audit.json: then the log cannot have been made anew.\n",
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files that are there already, reports to be printed, originals to be copied, and what the manifest says."""

    files: Mapping[str, bytes]
    reports: Mapping[str, Report]
    originals: Mapping[str, Item]
    manifest: Mapping[str, Any]


async def gather(batch: Batch, case: CaseFile, locale: str) -> Gathered:
    """Return what an export of a case has, its words in a language."""
    reader = PaperReader(batch, locale)
    entries = await timeline_of(batch, case)
    log = await log_of(batch.tx, case.id)
    words = reader.plain(README).format(case_ref=case.case_ref, at=batch.now.isoformat(timespec="seconds"))
    items = await originals_of(batch, case)
    return Gathered(
        files={
            "README.txt": words.encode(),
            LOG: plain_json(log),
            "case.json": plain_json(await detail_of(batch, case)),
            "check.py": (files("bot") / "check.py").read_bytes(),
            "messages.json": plain_json(await _messages(batch, case)),
            "timeline.json": plain_json(
                [{"at": one.at, "kind": one.kind, "actor": one.actor, "data": one.data} for one in entries]
            ),
            "timeline.txt": "".join(f"{line_of(reader, case, one)}\n" for one in entries).encode(),
            "verdicts.json": plain_json([_verdict(row) for row in await receipts.of_case(batch.tx, case.id)]),
        },
        reports=await _reports(batch, case, locale) | await _agreements(batch, case, locale),
        originals={f"originals/{item.id}-{item.file_name}": item for item in items},
        manifest=await _manifest(batch, case, locale, log["end"]),
    )


def plain_json(value: object) -> bytes:
    """Return JSON for people and machines."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


async def _messages(batch: Batch, case: CaseFile) -> list[dict[str, Any]]:
    return [_message(batch, row) for row in await outbox.to_customer_of(batch.tx, case.id)]


def _message(batch: Batch, row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.sent_at or row.created_at,
        "state": row.state,
        "purpose": row.purpose,
        "message_id": row.message_id,
        "html": html_of(batch.inst.vault, row),
    }


def _verdict(row: Any) -> dict[str, Any]:
    subject = {
        name: getattr(row, name) for name in ("id", "at", "about", "outcome", "outbox_id", "visit_id", "step")
    }
    return {**subject, "verdict": row.verdict}


async def _reports(batch: Batch, case: CaseFile, locale: str) -> dict[str, Report]:
    """Return the report of each visit at which somebody was, numbered by time."""
    been = [
        row
        for row in await visits.of_case(batch.tx, case.id)
        if row.collector_in_at or row.safety_officer_in_at
    ]
    been.sort(key=lambda row: (row.starts_at, row.id))
    return {
        f"reports/visit-{number}.pdf": await visit_report(batch, row.id, locale)
        for number, row in enumerate(been, 1)
    }


async def _agreements(batch: Batch, case: CaseFile, locale: str) -> dict[str, Report]:
    """Return the paper of each agreement that the customer accepted, numbered by time."""
    accepted = [row for row in await agreements.of_case(batch.tx, case.id) if row.answered_at]
    return {
        f"agreements/agreement-{number}.pdf": await paper_of(batch, row.id, locale)
        for number, row in enumerate(accepted, 1)
    }


async def _manifest(batch: Batch, case: CaseFile, locale: str, end: Mapping[str, Any]) -> dict[str, Any]:
    packs = batch.inst.library.packs.get(case.jurisdiction, ())
    return {
        "format": FORMAT,
        "case_ref": case.case_ref,
        "exported_at": batch.now,
        "language": locale,
        "chain": end,
        "versions": {
            "doorstep": version("doorstep"),
            "rules": [f"{pack.name}@{pack.version}" for pack in packs],
            "scripts": [
                f"{script}@{number}" for script, number in await sessions.scripts_of(batch.tx, case.id)
            ],
        },
    }
