"""Letters: one brings a customer their link, one tells of a visit where nobody may be written to in the messenger.

Both are neutral outside and inside, since anybody may open them.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.documents.letter import Letter, LetterPress
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.gate import judge_other_way, messenger_barred
from bot.service.outbound.lines import lines_of
from bot.service.outbound.receipts import keep
from bot.service.outbound.texts import LETTER_CONTACT, LETTER_HINT, LETTER_LINES, NOTICE_LINES
from bot.service.person import Person
from bot.store import visits
from flows.rules import Channel, Outcome
from flows.script import Text


@dataclass(frozen=True, slots=True)
class Notice:
    """A visit to tell of by letter; `lines` is what the rules want a letter to say besides."""

    case: CaseFile
    visit: Any
    collector: Person
    safety_officer: Person
    lines: tuple[str, ...]


async def notices(inst: Installation) -> list[Notice]:
    """Return the approved visits whose customers may not be written to in the messenger, but may by letter."""
    found = []
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        await batch.load([])
        for visit in await visits.by_status(tx, "approved"):
            case = await batch.case(visit.case_id)
            if messenger_barred(inst, case, batch.now) is None or visit.starts_at <= batch.now:
                continue
            verdict = await judge_other_way(batch, case, Channel.LETTER)
            keep(batch.changes, verdict, case_id=case.id, visit_id=visit.id)
            if verdict.outcome is not Outcome.REFUSED:
                collector = await batch.person(visit.collector_id)
                safety_officer = await batch.person(visit.safety_officer_id)
                lines = await lines_of(batch, case, verdict)
                found.append(Notice(case, visit, collector, safety_officer, lines))
        await batch.changes.write(tx)
    return found


class Letters:
    """Writes letters into `folder`, one PDF for each, in the language of the case.

    Raises `InputRefused` for a name or address that cannot be printed.
    """

    def __init__(self, inst: Installation, folder: Path) -> None:
        self._inst = inst
        self._folder = folder
        self._press = LetterPress()

    def write(self, case: CaseFile, link: str) -> None:
        """Write the letter that brings a link."""
        lines = tuple(self._say(case, text) for text in LETTER_LINES)
        self._print(case, "", lines, link=link, link_hint=self._say(case, LETTER_HINT))

    def write_notice(self, notice: Notice) -> None:
        """Write the letter that tells of a visit."""
        case, visit = notice.case, notice.visit
        told = {
            "day": formats.day(case.locale, case.timezone, visit.starts_at),
            "time": formats.span(case.locale, case.timezone, visit.starts_at, visit.ends_at),
            "collector": notice.collector.name,
            "collector_badge": notice.collector.badge,
            "safety_officer": notice.safety_officer.name,
            "safety_officer_badge": notice.safety_officer.badge,
        }
        *lines, thanks = (self._say(case, text, **told) for text in NOTICE_LINES)
        self._print(case, ".visit", (*lines, *notice.lines, thanks))

    def _say(self, case: CaseFile, text: Text, **values: str) -> str:
        words = self._inst.catalogues.text(case.locale, text.context, text.msgid)
        settings = self._inst.settings
        together = settings.contact.replace(" ", "\N{NO-BREAK SPACE}")  # a number is not torn apart
        return words.format(creditor=settings.creditor, contact=together, **values)

    def _print(
        self, case: CaseFile, suffix: str, lines: tuple[str, ...], link: str = "", link_hint: str = ""
    ) -> None:
        address = [part.strip() for part in str(case.personal["address"]).split(",")]
        letter = Letter(
            locale=case.locale,
            sender=self._inst.settings.creditor,
            recipient=(str(case.personal["name"]), *address),
            day=formats.date(case.locale, self._inst.clock.now().date()),
            lines=lines,
            link=link,
            link_hint=link_hint,
            footer=self._say(case, LETTER_CONTACT),
        )
        path = self._folder / f"{_file_name(case.case_ref)}{suffix}.pdf"
        path.touch(mode=0o600)
        path.write_bytes(self._press.print(letter))


def _file_name(case_ref: str) -> str:
    """Return a reference as a file name that every system takes."""
    return "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in case_ref)
