"""The longest words for plans and agreements: every instalment another amount, over the longest time there is."""

from collections.abc import Mapping

from bot import library
from bot.casework.solutions.product_file import MOST_INSTALMENTS
from bot.i18n import formats
from bot.longest.speaker import Speaker, Words
from bot.service.field.outcomes import AGREED, PROMISE
from bot.service.outbound.texts import NOTHING
from bot.service.solutions import texts
from bot.service.solutions.offers import LETTERS
from bot.service.solutions.terms import Terms
from bot.service.solutions.words import Words as InWords
from flows.script import Text

_YEARLY = "9999.99"  # percent
_COOLING = 60  # days: what a catalogue may say


def _in_words(speaker: Speaker) -> InWords:
    return InWords(speaker, speaker.locale, speaker.currency)


def _label(speaker: Speaker, texts: list[Text]) -> Text:
    return max(texts, key=lambda text: len(_in_words(speaker).label(text)))


def _terms(speaker: Speaker) -> Terms:
    products = [product for one in library.solutions(None) for product in one.products]
    amounts = [speaker.minor - number for number in range(MOST_INSTALMENTS)]
    return Terms(
        label=_label(speaker, [one.label for one in products]),
        rows=[(speaker.longest_day, amount) for amount in amounts],
        cost=speaker.minor,
        running=speaker.minor,
        waived=speaker.minor,
        yearly=_YEARLY,
        promise=_label(speaker, [one.promise for one in products if one.promise is not None]),
    )


def _short(speaker: Speaker) -> str:
    words, terms = _in_words(speaker), _terms(speaker)
    return words.say(
        texts.SHORT, instalments=words.instalments(terms), span=words.span(terms), total=speaker.money
    )


def _options(speaker: Speaker) -> str:
    lines = _in_words(speaker).lines(_terms(speaker))
    return "\n\n".join(f"{letter}  {lines}" for letter in LETTERS)


def _grants(speaker: Speaker) -> str:
    grants = speaker.longest(texts.GRANTS.values())
    return "\n".join(speaker.say(texts.GRANT_OF, letter=letter, grants=grants) for letter in LETTERS)


def _cooling(speaker: Speaker) -> str:
    ways = (
        speaker.say(texts.COOLING, day=speaker.day),
        speaker.say(texts.COOLING_DAYS, days=formats.number(speaker.locale, _COOLING)),
    )
    return "\n" + max(ways, key=len)


def _agreed(speaker: Speaker) -> str:
    promise = speaker.say(PROMISE, amount=speaker.money, day=speaker.date)
    return max(_short(speaker), promise, speaker.longest((NOTHING, *AGREED.values())), key=len)


def _missing(speaker: Speaker) -> str:
    return ", ".join(speaker.say(one.label) for one in library.statement().headings)


PLANS: Mapping[str, Words] = {
    "can_pay": lambda speaker: speaker.money,
    "plan_options": _options,
    "plan_grants": _grants,
    "plan_chosen": lambda speaker: _in_words(speaker).lines(_terms(speaker)),
    "plan_missing": _missing,
    "agreement_terms": lambda speaker: _in_words(speaker).lines(_terms(speaker)),
    "agreement_schedule": lambda speaker: _in_words(speaker).schedule(_terms(speaker)),
    "agreement_short": _short,
    "agreement_cooling": _cooling,
    "agreement_back_until": lambda speaker: speaker.day,
    "agreement_next": lambda speaker: speaker.say(texts.FIRST_DUE, amount=speaker.money, day=speaker.date),
    "visit_agreed": _agreed,
}
