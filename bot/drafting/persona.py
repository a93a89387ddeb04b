"""Who plays a script, and where they stand when it begins."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.documents.safe_csv import csv_file, write_csv
from bot.drafting.prelude import NO_VISIT, PRELUDES, begun_with, dated, script_of
from bot.drafting.rehearsal import STAFF, Rehearsal
from bot.errors import InputRefused
from bot.service.conversations.batch import Batch
from bot.service.conversations.talk import Talk
from bot.service.desk.files.findings import Paper, Report
from bot.service.desk.files.intake import import_file
from bot.service.desk.invites import customer_links
from bot.store import cases, visits
from flows.script import Party, Script

CUSTOMER = 101
BEGINS = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)  # a Monday
CASE: Mapping[str, str] = {
    "case_ref": "A-1",
    "name": "Ada Finch",
    "phone": "+442079460101",
    "id_last4": "482X",
    "language": "en",
    "jurisdiction": "UK",
    "timezone": "Europe/London",
    "address": "12 Elm Grove, London",
    "product": "credit card",
    "currency": "GBP",
    "outstanding": "1240.50",
    "overdue_since": "2026-11-02",
}
NOTICE, AHEAD = "visit_notice", timedelta(days=8)  # on a day before which messages go out
PARTIES: Mapping[str, int] = {str(Party.CUSTOMER): CUSTOMER, **STAFF}


@dataclass(frozen=True, slots=True)
class Persona:
    """Whose chat, in which language; `case` are columns of a case file, `values` what the script is begun with.

    Someone who is `new` has opened their link and not shown yet who they are, and no visit is announced.
    """

    party: str
    language: str = "en"
    case: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    new: bool = False

    @property
    def case_ref(self) -> str:
        """Return the reference of their case."""
        return self.row["case_ref"]

    @property
    def row(self) -> Mapping[str, str]:
        """Return their case as a row of a case file."""
        return {**CASE, "language": self.language, **self.case}

    @property
    def chat_id(self) -> int:
        """Return their chat."""
        return PARTIES[self.party]


async def set_the_scene(rehearsal: Rehearsal, persona: Persona, script: str, folder: Path) -> None:
    """Bring everybody to where the script begins: the team signed in, the case taken in, the visit announced.

    Raises `InputRefused` for a case that cannot be taken in.
    """
    await rehearsal.staff(persona.language)
    await _take_in(rehearsal, persona.row, folder)
    links = (await customer_links(rehearsal.inst)).links
    for link in links:
        await rehearsal.does(CUSTOMER, "open", payload=link.token)
        if not persona.new:
            await rehearsal.taps(CUSTOMER, persona.language.lower())
            await rehearsal.says(CUSTOMER, persona.row["id_last4"])
    if not persona.new and script != NOTICE:
        await rehearsal.plan()


async def _take_in(rehearsal: Rehearsal, case: Mapping[str, str], folder: Path) -> None:
    file = folder / "cases.csv"
    columns: Sequence[str] = tuple(case)
    write_csv(file, columns, [tuple(case.values())])
    problems: list[str] = []
    paper = Paper(lambda: csv_file(folder / "returned.csv"))
    with closing(Report(rehearsal.inst, "en", paper, paper, problems.append)) as report:
        await import_file(rehearsal.inst, file, report)
    if problems:
        raise InputRefused("\n".join(("This case cannot be taken in:", *problems)))


async def begin(rehearsal: Rehearsal, persona: Persona, script: str) -> Mapping[str, object]:
    """Begin a script in the persona's chat, about the case and its visit, and let it speak first.

    What it is begun after has happened; return the values that it was begun with. The notice of a visit begins by
    itself, early enough for all that may come of it.
    """
    if script == NOTICE:
        await rehearsal.plan(first=rehearsal.clock.now().date() + AHEAD)
        return {}
    prelude = PRELUDES.get(script)
    if prelude is not None:
        values = dated(prelude, rehearsal)
        await _begin(
            rehearsal, PARTIES[prelude.chat], persona.case_ref, "prelude", values, script_of(prelude)
        )
        for option in prelude.taps:
            await rehearsal.taps(CUSTOMER, option)
    return await _begin(rehearsal, persona.chat_id, persona.case_ref, script, persona.values)


async def _begin(
    rehearsal: Rehearsal,
    chat_id: int,
    case_ref: str,
    name: str,
    values: Mapping[str, object],
    script: Script | None = None,
) -> Mapping[str, object]:
    inst = rehearsal.inst
    if script is not None:
        inst = replace(inst, library=inst.library.with_extra([script]))
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, rehearsal.clock.now())
        await batch.load([chat_id])
        (case,) = await cases.by_refs(tx, [case_ref])
        about = await visits.live_of(tx, case.id) if name not in NO_VISIT else None
        await batch.load_cases({case.id})
        given = {**await begun_with(tx, name, case.id), **values}
        talk = Talk(batch, chat_id)
        async with talk.savepoint:
            await talk.begin(
                name, case_id=case.id, visit_id=about.id if about is not None else None, values=given
            )
        batch.changes.add(talk.changes)
        await batch.changes.write(tx)
    await rehearsal.settle()
    return given
