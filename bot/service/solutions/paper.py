"""The paper of an agreement: what was agreed, every instalment, and the customer's rights, in one language."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.documents.report import Report, Section
from bot.i18n import formats
from bot.service.solutions import texts
from bot.service.solutions.terms import Terms, of_row
from bot.service.solutions.words import Words, last_day
from bot.store import agreements, promises

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch
    from bot.service.desk.cases.casefile import CaseFile

_COLUMNS = 3  # instalments beside each other: five years fit on a page


async def paper_of(batch: "Batch", agreement_id: int, locale: str) -> Report:
    """Return the paper of an agreement: of an accepted one as a record, of another as an offer to be signed."""
    row: Any = await agreements.by_id(batch.tx, agreement_id)
    case = await batch.case(row.case_id)
    terms = of_row(row.terms, await promises.of_agreement(batch.tx, row.id))
    words = Words(batch.inst, locale, case.currency)
    page = _Paper(batch, case, row, terms, words, locale)
    heading = {name: words.say(text) for name, text in texts.PAPER_SECTIONS.items()}
    creditor, name = batch.inst.settings.creditor, case.personal["name"]
    title, subtitle, on = texts.OFFER_TITLE, texts.OFFER_SUBTITLE, {}
    if row.answered_at is not None:
        title, subtitle, on = texts.PAPER_TITLE, texts.PAPER_SUBTITLE, page.at(row.answered_at)
    return Report(
        locale=locale,
        title=words.say(title, case_ref=case.case_ref),
        subtitle=words.say(subtitle, creditor=creditor, name=name, **on),
        sections=[
            Section(heading["terms"], list(page.terms())),
            Section(heading["schedule"], list(page.schedule())),
            Section(heading["rights"], list(page.rights())),
        ],
        footer=words.say(texts.PAPER_FOOTER, **page.at(batch.now)),
    )


class _Paper:
    """The rows of the paper, each with what names it first."""

    def __init__(
        self, batch: "Batch", case: "CaseFile", row: Any, terms: Terms, words: Words, locale: str
    ) -> None:
        self._batch = batch
        self._case = case
        self._row = row
        self._terms = terms
        self._words = words
        self._locale = locale

    def at(self, instant: Any) -> dict[str, str]:
        """Return day (with its year) and time of an instant in the zone of the case."""
        zone = self._case.timezone
        day = formats.date(self._locale, instant.astimezone(ZoneInfo(zone)).date())
        return {"day": day, "time": formats.clock(self._locale, zone, instant)}

    def terms(self) -> Iterator[Sequence[str]]:
        """Yield what was agreed, and by whom."""
        words, terms, kept = self._words, self._terms, self._row.terms
        parts = {
            "plan": words.label(terms.label),
            "payments": words.instalments(terms),
            "dates": words.span(terms),
            "debt": words.money(kept["settles"]),
            "total": words.money(terms.total),
            "cost": words.money(terms.cost),
            "waived": words.money(terms.waived) if terms.waived else "",
            "promise": words.label(terms.promise) if terms.promise else "",
            "granted": self._batch.inst.settings.creditor,
            "accepted": self._accepted(),
            "sign": words.say(texts.TO_SIGN) if self._row.answered_at is None else "",
        }
        for name, value in parts.items():
            if value:
                yield words.say(texts.PAPER_ROWS[name]), value

    def _accepted(self) -> str:
        """Return by whom it was accepted and how; nothing before that."""
        if self._row.answered_at is None:
            return ""
        how = texts.IN_CHAT if self._case.chat_id is not None else texts.ON_PAPER
        return self._words.say(how, name=self._case.personal["name"], **self.at(self._row.answered_at))

    def schedule(self) -> Iterator[Sequence[str]]:
        """Yield the instalments, some beside each other, in columns that are read downwards."""
        cells = self._words.schedule(self._terms).split("\n")
        down = -(-len(cells) // _COLUMNS)
        for line in range(down):
            row = [cells[line + down * column : line + down * column + 1] for column in range(_COLUMNS)]
            yield ["".join(cell) for cell in row]

    def rights(self) -> Iterator[Sequence[str]]:
        """Yield the ways back, to change it, and to complain."""
        words, contact = self._words, self._batch.inst.settings.contact
        if self._row.take_back_until is not None:
            last = words.say(texts.COOLING, day=last_day(self._locale, self._case, self._row))
            yield words.say(texts.PAPER_ROWS["back"]), last
        yield words.say(texts.PAPER_ROWS["change"]), words.say(texts.CHANGE, contact=contact)
        yield words.say(texts.PAPER_ROWS["complaint"]), words.say(texts.COMPLAINT, contact=contact)
