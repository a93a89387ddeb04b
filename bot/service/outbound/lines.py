"""Mandatory lines: what a message must say by the rules of its place, in the customer's language."""

from bot.i18n.text import line_context
from bot.service.conversations.batch import Batch
from bot.service.conversations.values import locale_of_customer
from bot.service.desk.cases.casefile import CaseFile
from flows.rules import Verdict


async def lines_of(batch: Batch, case: CaseFile, verdict: Verdict) -> tuple[str, ...]:
    """Return the lines that the verdict asks for, each once.

    A line of a pack of the lender's own is in no catalogue: it is said as its reviewer wrote it.
    """
    if not verdict.lines:
        return ()
    inst = batch.inst
    locale = await locale_of_customer(batch, case)
    found = dict.fromkeys(
        inst.catalogues.lookup(locale, line_context(one.id), one.text) or one.text for one in verdict.lines
    )
    settings = inst.settings
    return tuple(words.format(creditor=settings.creditor, contact=settings.contact) for words in found)


async def html_lines_of(batch: Batch, case: CaseFile, verdict: Verdict) -> tuple[str, ...]:
    """Return the same as html, for a message."""
    return tuple(map(batch.inst.calls.escape, await lines_of(batch, case, verdict)))
