"""Cue words: what somebody wrote may call for a card. They offer, they never decide."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flows.errors import ScriptInvalid
from flows.script.document import compose
from flows.script.fields import Fields, Reading

_LANGUAGES = ("en", "zh_Hans", "zh_Hant")


class Card(StrEnum):
    """Which card is offered, the most pressing first."""

    SELF_HARM = "self_harm"
    WELLBEING = "wellbeing"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Cues:
    """For each card one expression that finds its cue words in any of the languages."""

    found_by: Mapping[Card, re.Pattern[str]]

    def card_for(self, words: str) -> Card | None:
        """Return the card that these words call for; None when nothing does."""
        plain = words.casefold().replace("’", "'")
        return next((card for card in Card if self.found_by[card].search(plain)), None)


def read_cues(source: str, file: str) -> Cues:
    """Return the cue words that `source` lists, by card and language. Raises ScriptInvalid."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A file of cue words", tuple(Card), ("note",))
    found = {card: _expression(_phrases(fields, card)) for card in Card}
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return Cues(found)


def _phrases(fields: Fields, card: Card) -> Sequence[str]:
    value = fields.value(card) if fields.has(card) else {}
    phrases = value if isinstance(value, dict) else {}
    if set(phrases) != set(_LANGUAGES) or not all(_listed(one) for one in phrases.values()):
        fields.wrong(card, "CU101", f"`{card}` has a list of phrases for each of {', '.join(_LANGUAGES)}.")
        return ()
    return [phrase.casefold() for language in _LANGUAGES for phrase in phrases[language]]


def _listed(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) and one for one in value)


def _expression(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return what finds a phrase: whole words where the script has spaces, anywhere where it has none."""
    parts = [rf"\b{re.escape(one)}\b" if one.isascii() else re.escape(one) for one in phrases]
    return re.compile("|".join(parts) or r"(?!)")
