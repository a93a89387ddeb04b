"""What the placeholders about plans and agreements stand for, in the reader's language; not escaped."""

from typing import TYPE_CHECKING, Any

from bot.i18n import formats
from bot.service.solutions import texts
from bot.service.solutions.offers import Offers, offers_of
from bot.service.solutions.terms import Terms, of_plan, of_row
from bot.service.solutions.words import Words, last_day
from bot.store import agreements, promises

if TYPE_CHECKING:
    from bot.service.conversations.reader import Reader
    from bot.service.desk.cases.casefile import CaseFile


async def _words(reader: "Reader") -> Words:
    return Words(reader.batch.inst, reader.locale, (await _case(reader)).currency)


async def _case(reader: "Reader") -> "CaseFile":
    return await reader.batch.case(reader.conversation.case_id or 0)


async def _offers(reader: "Reader") -> Offers:
    conversation = reader.conversation
    return await offers_of(reader.batch, conversation.case_id or 0, conversation.session.values)


async def _can_pay(reader: "Reader") -> str:
    return (await _words(reader)).money((await _offers(reader)).monthly)


async def _plan_options(reader: "Reader") -> str:
    return (await _words(reader)).side_by_side(await _offers(reader))


async def _plan_grants(reader: "Reader") -> str:
    """Who may grant which: for the team's screen, never read aloud."""
    words = await _words(reader)
    plans = (await _offers(reader)).plans
    grants = {letter: words.say(texts.GRANTS[plan.authority]) for letter, plan in plans.items()}
    return "\n".join(words.say(texts.GRANT_OF, letter=one, grants=grants[one]) for one in plans)


async def _plan_chosen(reader: "Reader") -> str:
    letter = str(reader.conversation.session.values.get("plan", "")).upper()
    plan = (await _offers(reader)).plans.get(letter)
    return (await _words(reader)).lines(of_plan(plan)) if plan is not None else ""


async def _plan_missing(reader: "Reader") -> str:
    words = await _words(reader)
    return ", ".join(words.say(one.label) for one in (await _offers(reader)).affordability.missing)


def _subject(reader: "Reader") -> int:
    return int(str(reader.conversation.session.values["agreement"]))


async def _agreement(reader: "Reader") -> Any:
    return await agreements.by_id(reader.batch.tx, _subject(reader))


async def _terms(reader: "Reader", agreement_id: int | None = None) -> Terms:
    row: Any = await agreements.by_id(reader.batch.tx, agreement_id or _subject(reader))
    return of_row(row.terms, await promises.of_agreement(reader.batch.tx, row.id))


async def _agreement_terms(reader: "Reader") -> str:
    return (await _words(reader)).lines(await _terms(reader))


async def _agreement_schedule(reader: "Reader") -> str:
    return (await _words(reader)).schedule(await _terms(reader))


async def in_short(reader: "Reader", agreement_id: int | None = None) -> str:
    """Return an agreement in one sentence: the one that the conversation is about, or another."""
    words, terms = await _words(reader), await _terms(reader, agreement_id)
    return words.say(
        texts.SHORT,
        instalments=words.instalments(terms),
        span=words.span(terms),
        total=words.money(terms.total),
    )


async def _agreement_cooling(reader: "Reader") -> str:
    """For how long an accepted plan can be taken back; nothing where it cannot."""
    row, words = await _agreement(reader), await _words(reader)
    if row.take_back_until is not None:
        return "\n" + words.say(texts.COOLING, day=last_day(reader.locale, await _case(reader), row))
    days = formats.number(reader.locale, row.cooling_off)
    return "\n" + words.say(texts.COOLING_DAYS, days=days) if row.cooling_off else ""


async def _agreement_back_until(reader: "Reader") -> str:
    row = await _agreement(reader)
    if row.take_back_until is None:
        return ""
    return last_day(reader.locale, await _case(reader), row)


async def _agreement_next(reader: "Reader") -> str:
    words, (day, amount) = await _words(reader), (await _terms(reader)).rows[0]
    return words.say(texts.FIRST_DUE, amount=words.money(amount), day=formats.date(reader.locale, day))


async def _known_person(reader: "Reader") -> str:
    """Who of the team came to the customer, whom they know; without a visit the lender."""
    visit_id = reader.conversation.visit_id
    if visit_id is None:
        return reader.batch.inst.settings.creditor
    visit = await reader.batch.visit(visit_id)
    return (await reader.batch.person(visit.collector_id)).name


FILLS = {
    "can_pay": _can_pay,
    "plan_options": _plan_options,
    "plan_grants": _plan_grants,
    "plan_chosen": _plan_chosen,
    "plan_missing": _plan_missing,
    "agreement_terms": _agreement_terms,
    "agreement_schedule": _agreement_schedule,
    "agreement_short": in_short,
    "agreement_cooling": _agreement_cooling,
    "agreement_back_until": _agreement_back_until,
    "agreement_next": _agreement_next,
    "known_person": _known_person,
}
