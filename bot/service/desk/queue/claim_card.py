"""What the desk sees of a payment that a customer says they made: what is due, what came in, what was sent."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import orjson

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.cases.casefile import ANSWER_PLACE, CaseFile, key_of
from bot.service.outbound.ports import Button
from bot.store import answers, evidence, payments, promises
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

KINDS = ("paid_claim", "receipt_came")
REFERENCE = "receipt_reference"
LAST = 3  # payments and references that are shown

DUE = T("claim/due", "Due: {amount} on {day}")
CAME_IN = T("claim/came_in", "Came in: {amount} on {day}")
NOTHING_CAME = T("claim/nothing_came", "Nothing came in so far.")
TYPED = T("claim/typed", "Reference, as typed: {words}")
SENT = T("claim/sent", "Receipts sent in: {count}.")
RECEIPT = T("claim/receipt", "Receipt {number}")


async def about_claim(batch: "Batch", locale: str, alert: Any) -> list[str]:
    """Return what belongs under such an item, as one paragraph; not escaped."""
    if alert.kind not in KINDS:
        return []
    case = await batch.case(alert.case_id)
    teller = _Teller(batch, locale, case)
    lines = [*await teller.due(), *await teller.came_in(), *await teller.sent()]
    return ["\n".join(lines)]


async def receipts(batch: "Batch", locale: str, alert: Any) -> list[Button]:
    """Return a button for each of the last papers that the customer sent in; it brings the original."""
    if alert.kind not in KINDS:
        return []
    words = batch.inst.catalogues.text(locale, RECEIPT.context, RECEIPT.msgid)
    kept = [row for row in await _papers(batch, alert.case_id) if row.state == "kept"]
    numbered = list(enumerate(kept, 1))[-LAST:]
    return [(words.format(number=number), f"original:{row.id}") for number, row in numbered]


async def _papers(batch: "Batch", case_id: int) -> list[Any]:
    return [row for row in await evidence.of_case(batch.tx, case_id) if row.person_id is None]


class _Teller:
    """Tells of one case in one language."""

    def __init__(self, batch: "Batch", locale: str, case: CaseFile) -> None:
        self._batch, self._locale, self._case = batch, locale, case

    async def due(self) -> Sequence[str]:
        """Return the next promise or instalment."""
        promise = await promises.open_of(self._batch.tx, self._case.id)
        if promise is None or not promise.amount:
            return []
        return [self._money(DUE, promise.amount, formats.date(self._locale, promise.due_on))]

    async def came_in(self) -> Sequence[str]:
        """Return the last payments, or that there are none."""
        rows = (await payments.of_case(self._batch.tx, self._case.id))[-LAST:]
        zone = self._case.timezone
        told = [
            self._money(CAME_IN, row.amount, formats.day(self._locale, zone, row.paid_at)) for row in rows
        ]
        return told or [self._say(NOTHING_CAME)]

    async def sent(self) -> Sequence[str]:
        """Return what the customer typed and sent as proof."""
        batch, case_id = self._batch, self._case.id
        await batch.load_keys([case_id])
        rows = (await answers.of_cases(batch.tx, [case_id], [REFERENCE]))[-LAST:]
        opened = (batch.inst.vault.unseal(key_of(case_id), row.value_enc, ANSWER_PLACE) for row in rows)
        told = [self._say(TYPED, words=orjson.loads(one)) for one in opened]
        count = len(await _papers(batch, case_id))
        return told + ([self._say(SENT, count=count)] if count else [])

    def _money(self, text: Text, amount: int, day: str) -> str:
        return self._say(text, amount=formats.money(self._locale, amount, self._case.currency), day=day)

    def _say(self, text: Text, **values: object) -> str:
        words = self._batch.inst.catalogues.text(self._locale, text.context, text.msgid)
        return words.format_map(values) if values else words
