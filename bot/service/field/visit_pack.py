"""The visit pack of one visit, gathered for one reader: drawing it needs no database."""

from dataclasses import replace
from typing import Any

from bot.casework.crisis_lines import EMERGENCY, crisis_line
from bot.documents.card import Card
from bot.documents.pack import Line, Pack, Part
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import new_conversation
from bot.service.conversations.reader import Reader
from bot.service.conversations.values import in_words, locale_of_customer
from bot.service.field import pack_texts as texts
from bot.service.field.brief import brief_of
from bot.service.field.code import code_of
from bot.service.outbound.gate import recording_at
from flows.script import Ask, Script, Text

BLANK = "_____"
UNKNOWN = dict.fromkeys(("promise_amount", "promise_day", "read_back"), BLANK)  # come up in the talk
LAST = "outcome"  # the step of `onsite` behind which the other ways stand
NOT_THERE = {"needs_consent": {"say_recording"}, "required": {"ask_recording"}}
NO_RECORDING = {"say_recording", "ask_recording"}


async def visit_pack(batch: Batch, visit: Any, locale: str) -> tuple[Pack, Card]:
    """Return the pack for a reader of `locale`, still without its picture, and the neutral card that belongs to it."""
    writer = await _Writer.of(batch, visit, locale)
    card = await neutral_card(batch, visit)
    said = await writer.said()
    pack = Pack(
        locale=locale,
        said_in=writer.theirs.locale,
        title=writer.say(texts.TITLE),
        subtitle=writer.say(texts.SUBTITLE),
        parts=[await writer.brief(), writer.numbers(), *said, *await writer.cards()],
        card_heading=writer.say(texts.CARD_HEADING),
        card=b"",
        footer=writer.say(texts.FOOTER),
    )
    return pack, card


async def neutral_card(batch: Batch, visit: Any) -> Card:
    """Return the card in the customer's language: two names, how to reach them, and not a word of why."""
    case = await batch.case(visit.case_id)
    locale = await locale_of_customer(batch, case)
    writer = await _Writer.of(batch, visit, locale)
    lines = (texts.CARD_DAY, texts.CARD_WHO, texts.CARD_CONTACT, texts.CARD_NOTHING)
    return Card(locale, writer.say(texts.CARD_TITLE), tuple(writer.say(line) for line in lines))


class _Writer:
    """Puts one visit into the reader's words, and what is said aloud into the customer's."""

    def __init__(self, reader: Reader, theirs: Reader, visit: Any, facts: dict[str, str]) -> None:
        self._reader, self.theirs, self._visit, self._facts = reader, theirs, visit, facts
        self._library = reader.batch.inst.library.latest

    @classmethod
    async def of(cls, batch: Batch, visit: Any, locale: str) -> "_Writer":
        case = await batch.case(visit.case_id)
        collector, officer = [
            await batch.person(one) for one in (visit.collector_id, visit.safety_officer_id)
        ]
        about = {"case_id": case.id, "visit_id": visit.id, "person_id": collector.id}
        # Nobody sees this conversation: what is filled in asks whom and what it is about.
        conversation = new_conversation(batch.inst, "onsite", 0, batch.now, **about)
        reader = Reader(batch, conversation, locale)
        theirs = replace(reader, locale=await locale_of_customer(batch, case))
        facts = {
            "case_ref": case.case_ref,
            "name": str(case.personal["name"]),
            "address": str(case.personal["address"]),
            "day": formats.day(locale, case.timezone, visit.starts_at),
            "time": formats.span(locale, case.timezone, visit.starts_at, visit.ends_at),
            "collector": collector.name,
            "safety_officer": officer.name,
            "contact": batch.inst.settings.contact.replace(" ", "\N{NO-BREAK SPACE}"),  # never torn apart
            "crisis_line": crisis_line(case.jurisdiction),
            "emergency": EMERGENCY,
            "code_team": code_of(batch.inst, visit).team,
        }
        return cls(reader, theirs, visit, facts)

    def say(self, text: Text) -> str:
        words = self._reader.batch.inst.catalogues.text(self._reader.locale, text.context, text.msgid)
        return words.format_map(self._facts)

    async def brief(self) -> Part:
        found = await brief_of(self._reader.batch, self._visit, self._reader.locale)
        sections = ("\n".join([title, *(f"• {one}" for one in advice)]) for title, advice in found.sections)
        tips = [found.facts, *([found.notes] if found.notes else []), *sections]
        return Part(self.say(texts.BRIEF), [Line(tip=tip) for tip in tips])

    def numbers(self) -> Part:
        told = (texts.CODE, texts.OFFICE, texts.CRISIS, texts.EMERGENCY)
        return Part(self.say(texts.NUMBERS), [Line(tip="\n".join(self.say(one) for one in told))])

    async def said(self) -> tuple[Part, Part]:
        """Return what is said on the way that a visit usually takes, and on the others."""
        case = await self._reader.batch.case(self._visit.case_id)
        left_out = NOT_THERE.get(await recording_at(self._reader.batch, case), NO_RECORDING)
        script = self._library["onsite"]
        spoken = [one for one in _asks(script) if one.aloud is not None and one.id not in left_out]
        steps = list(script.steps)
        usual = [one for one in spoken if steps.index(one.id) < steps.index(LAST)]
        return (
            Part(self.say(texts.SCRIPT), [await self._line(one) for one in usual]),
            Part(self.say(texts.OTHERWISE), [await self._line(one) for one in spoken if one not in usual]),
        )

    async def cards(self) -> list[Part]:
        """Return the cards: every prompt of their scripts, in order."""
        named = {"tension": texts.TENSION, "self_harm": texts.SELF_HARM, "wellbeing": texts.WELLBEING}
        return [
            Part(self.say(heading), [await self._line(one) for one in _asks(self._library[name])])
            for name, heading in named.items()
        ]

    async def _line(self, ask: Ask) -> Line:
        own, theirs = self._reader, self.theirs
        given = UNKNOWN | {"contact": self._facts["contact"]}
        aloud = await in_words(theirs, ask.aloud, given) if ask.aloud is not None else ""
        meant = ""
        if ask.aloud is not None and theirs.locale != own.locale:
            meant = await in_words(own, ask.aloud, given)
        tip = await in_words(own, ask.text, given)
        return Line(aloud, meant, tip, [await in_words(own, choice.label) for choice in ask.choices])


def _asks(script: Script) -> list[Ask]:
    return [step for step in script.steps.values() if isinstance(step, Ask)]
