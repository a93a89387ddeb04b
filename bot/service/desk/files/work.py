"""The work on files from the chat: fetched, looked at, taken or undone, each told to whoever sent it.

A batch is held while somebody is at it; if that process dies, another goes on where it was.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

from bot.documents.safe_csv import SafeCsv
from bot.errors import FileRefused, RetryLater, SendError
from bot.i18n import formats
from bot.ids import new_id
from bot.service.audit_line import colleague
from bot.service.conversations.batch import INTAKE_KEY, Batch
from bot.service.desk.colleagues import locale_of_person
from bot.service.desk.files import texts
from bot.service.desk.files.chat import COUNTS, progress_key
from bot.service.desk.files.chat import PLACE as NAME_PLACE
from bot.service.desk.files.findings import Findings, Paper, Report
from bot.service.desk.files.intake import finish, open_sheet, run
from bot.service.desk.files.undo import take_back
from bot.service.installation import Installation
from bot.service.outbound.outgoing import Call, Lane
from bot.service.outbound.ports import Button
from bot.service.outbound.post import Parcel, to_staff
from bot.store import batches, keys, outbox
from flows.rules import Purpose
from flows.script import Text

PLACE = "files.body"
HELD_FOR = timedelta(minutes=2)
AGAIN_IN = timedelta(seconds=20)  # after Telegram did not answer
ANSWERED_WITHIN = timedelta(days=2)
EVERY = timedelta(seconds=3)  # between two changes of the message that shows how far a file is
MOST_ROWS = 5_000  # of a table that goes back into a chat

Fetch = Callable[[str], Awaitable[bytes]]  # by Telegram's file reference


class Stopped(Exception):  # noqa: N818
    """The process is about to end: what is left is done after its next start."""


async def work(inst: Installation, fetch: Fetch, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Do what waits to be done about one file; return whether there was anything."""
    since = inst.clock.now() - ANSWERED_WITHIN
    async with inst.store.read() as tx:
        if not await batches.work_waits(tx, since):
            return False
    async with inst.store.begin() as tx:
        await batches.expire(tx, since)
        row = await batches.claim(tx, inst.clock.wall(), inst.clock.wall() + HELD_FOR)
    if row is None:
        return False
    desk = await _desk(inst, row, fetch, stopping)
    try:
        await JOBS[row.state](desk)
    except Stopped:
        await desk.let_go(timedelta())
    return not stopping()


@dataclass(slots=True)
class _Desk:
    """One batch, and the chat of whoever sent it."""

    inst: Installation
    row: Any
    fetch: Fetch
    stopping: Callable[[], bool]
    chat_id: int
    locale: str
    name: str
    body: bytes | None
    file_ref: str
    _shown_at: Any = None
    _files: dict[str, StringIO] = field(default_factory=dict)

    # -- speaking

    def say(self, text: Text, **values: object) -> str:
        words = self.inst.catalogues.text(self.locale, text.context, text.msgid)
        return self.inst.calls.escape(words.format_map(values) if values else words)

    def number(self, value: int) -> str:
        return formats.number(self.locale, value)

    async def tell(self, *calls: Call) -> None:
        async with self.inst.store.begin() as tx:
            await keys.load(tx, self.inst.vault, [INTAKE_KEY])
            batch = Batch(self.inst, tx, self.inst.clock.now())
            await batch.load([self.chat_id])
            for call in calls:
                key = f"r{new_id()}"
                to_staff(batch, batch.changes, Parcel(call, key, self.chat_id, Lane.REPLIES, Purpose.REPLY))
            await batch.changes.write(tx)

    async def tell_text(self, html: str, buttons: list[Button] | None = None) -> None:
        calls = self.inst.calls
        row = [buttons] if buttons else []
        await self.tell(calls.menu(self.chat_id, html, row) if row else calls.say(self.chat_id, html))

    async def let_go(self, after: timedelta) -> None:
        async with self.inst.store.begin() as tx:
            await batches.hold(tx, self.row.id, self.inst.clock.wall() + after)

    async def end(self, state: str, findings: Findings | None = None) -> None:
        """Bring the batch to a state; only a proposal still needs its file."""
        counts = {"kind": findings.kind, "counts": findings.counts()} if findings else {}
        async with self.inst.store.begin() as tx:
            await batches.change(tx, self.row.id, state=state, held_until=None, **counts)
            if state != "proposed":
                await batches.drop_file(tx, self.row.id)

    # -- reading

    def report(self) -> Report:
        rejected, changes = (Paper(partial(self._paper, name), MOST_ROWS) for name in ("rejected", "changes"))
        return Report(self.inst, self.locale, rejected, changes)

    @contextmanager
    def _paper(self, name: str) -> Iterator[SafeCsv]:
        self._files[name] = StringIO(newline="")
        yield SafeCsv(self._files[name])

    def document(self, name: str, paper: Paper, text: Text) -> Call:
        caption = [self.say(text, count=self.number(paper.rows))]
        if paper.written < paper.rows:
            shown, count = self.number(paper.written), self.number(paper.rows)
            caption.append(self.say(texts.FIRST_OF, shown=shown, count=count))
        stem = self.name.rpartition(".")[0] or self.name
        content = self._files[name].getvalue().encode()
        return self.inst.calls.document(self.chat_id, f"{stem}.{name}.csv", content, "\n".join(caption))

    async def show(self, rows: int) -> None:
        """Show how far it is, and hold the batch for longer. Raises `Stopped` when the process is to end."""
        if self.stopping():
            raise Stopped
        now = self.inst.clock.wall()
        if self._shown_at is None:
            self._shown_at = now
        if now - self._shown_at < EVERY:
            return
        self._shown_at = now
        text = texts.READ_SO_FAR if self.row.state == "received" else texts.TAKEN_SO_FAR
        async with self.inst.store.begin() as tx:
            await batches.hold(tx, self.row.id, now + HELD_FOR)
            message_id = await outbox.message_by_key(tx, progress_key(self.row.id))
        if message_id is not None:
            html = self.say(text, rows=self.number(rows))
            await self.tell(self.inst.calls.edit(self.chat_id, message_id, html))


async def _desk(inst: Installation, row: Any, fetch: Fetch, stopping: Callable[[], bool]) -> _Desk:
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        await keys.load(tx, inst.vault, [INTAKE_KEY])
        person = await batch.person(row.person_id)
        locale = await locale_of_person(batch, person)
        file = await batches.file_of(tx, row.id)
    name = inst.vault.unseal(INTAKE_KEY, file.name_enc, NAME_PLACE).decode() if file else ""
    sealed = file.body_enc if file else None
    body = inst.vault.unseal(INTAKE_KEY, sealed, PLACE) if sealed else None
    ref = file.file_ref if file else ""
    return _Desk(inst, row, fetch, stopping, person.chat_id or 0, locale, name, body, ref)


async def _look(desk: _Desk) -> None:
    """Fetch the file, say what it would come to, and ask."""
    if desk.body is None and not await _fetch(desk):
        return
    report = desk.report()
    try:
        sheet = await open_sheet(desk.inst, desk.body or b"", desk.name)
        found = await run(desk.inst, sheet, report, progress=desk.show)
    except FileRefused as refused:
        await desk.end("refused")
        await desk.tell_text(desk.say(refused.text, **refused.details))
        return
    finally:
        report.close()
    await desk.end("proposed" if found.takes else "refused", found)
    await desk.tell(*_papers(desk, report))
    buttons = [
        (desk.inst.catalogues.text(desk.locale, text.context, text.msgid), f"{verb}:{desk.row.id}")
        for verb, text in (("accept", texts.TAKE), ("decline", texts.DONT))
    ]
    await desk.tell_text(_summary(desk, report, usable=sheet.usable), buttons if found.takes else None)


async def _fetch(desk: _Desk) -> bool:
    """Fetch the file and keep it sealed until it is decided on; return whether it is here."""
    try:
        desk.body = await desk.fetch(desk.file_ref)
    except RetryLater as later:
        await desk.let_go(max(AGAIN_IN, timedelta(seconds=later.after)))
        return False
    except SendError:
        await desk.end("refused")
        await desk.tell_text(desk.say(texts.NOT_FETCHED))
        return False
    sealed = await asyncio.to_thread(desk.inst.vault.seal, INTAKE_KEY, desk.body, PLACE)
    async with desk.inst.store.begin() as tx:
        await batches.keep_body(tx, desk.row.id, sealed)
    return True


def _papers(desk: _Desk, report: Report) -> list[Call]:
    calls = []
    if report.changes.rows:
        calls.append(desk.document("changes", report.changes, texts.CHANGED_CELLS))
    if report.rejected.rows:
        calls.append(desk.document("rejected", report.rejected, texts.REJECTED_ROWS))
    return calls


def _summary(desk: _Desk, report: Report, *, usable: bool) -> str:
    if not usable:
        return "\n".join([desk.say(texts.HEADER), *map(desk.inst.calls.escape, report.reasons())])
    found = report.findings
    text = texts.SUMMARY_PAYMENTS if found.kind == "payments" else texts.SUMMARY_CASES
    figures = {name: desk.number(getattr(found, name)) for name in ("rows", *COUNTS)}
    parts = [desk.say(text, file=desk.name, **figures)]
    if found.fields:
        columns = ", ".join(
            f"{report.heading(name)} {desk.number(count)}" for name, count in found.fields.most_common()
        )
        parts.append(desk.say(texts.CHANGES, columns=columns))
    if found.header:
        unknown = ", ".join(problem.column for problem in found.header)
        parts.append(desk.say(texts.UNKNOWN_COLUMNS, columns=unknown))
    parts.append(desk.say(texts.ASK if found.takes else texts.NOTHING_TO_TAKE))
    return "\n\n".join(parts)


async def _take(desk: _Desk) -> None:
    """Take the file in."""
    report = desk.report()
    try:
        sheet = await open_sheet(desk.inst, desk.body or b"", desk.name)
        actor = colleague(desk.row.person_id)
        found = await run(desk.inst, sheet, report, batch_id=desk.row.id, actor=actor, progress=desk.show)
    finally:
        report.close()
    await finish(desk.inst, desk.row.id, found)
    html = desk.say(texts.TAKEN, new=desk.number(found.new), changed=desk.number(found.changed))
    label = desk.inst.catalogues.text(desk.locale, texts.UNDO.context, texts.UNDO.msgid)
    await desk.tell_text(html, [(label, f"undo:{desk.row.id}")])


async def _undo(desk: _Desk) -> None:
    """Take the file back, or say what keeps it."""
    done = await take_back(desk.inst, desk.row.id, colleague(desk.row.person_id))
    if done is None:
        return
    if done.obstacles:
        why = [
            f"• {desk.say(texts.OBSTACLES[name], count=desk.number(count))}"
            for name, count in done.obstacles.items()
        ]
        await desk.tell_text("\n".join([desk.say(texts.NOT_UNDONE), *why]))
        return
    parts = [desk.say(texts.UNDONE, count=desk.number(done.cases))]
    if done.reopened:
        parts.append(desk.say(texts.REOPENED, count=desk.number(done.reopened)))
    await desk.tell_text("\n".join(parts))


JOBS: Mapping[str, Callable[[_Desk], Awaitable[None]]] = {
    "received": _look,
    "wanted": _take,
    "undoing": _undo,
}
