"""Evidence in the words of one language, for the desk: what it is, from which stage, and what speaks of a place."""

from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.field.evidence import texts
from bot.service.field.evidence.confirm import megabytes
from bot.service.field.evidence.items import Item
from bot.service.field.stage import stage_at
from bot.service.installation import Installation
from bot.service.outbound.texts import STAGES_AT_DOOR
from flows.script import Text

PLACES = {"safety": texts.OFFICER, "receipt": texts.RECEIPT, "follow_up": texts.RECEIPT}
FAR = 10_000  # m from which a distance is told in kilometres


class EvidenceWords:
    """Words of one language; none of them is escaped."""

    def __init__(self, inst: Installation, locale: str) -> None:
        self._inst, self._locale = inst, locale

    def say(self, text: Text, **values: object) -> str:
        """Return a text with its values."""
        words = self._inst.catalogues.text(self._locale, text.context, text.msgid)
        return words.format_map(values) if values else words

    def what(self, item: Item) -> str:
        """Return what it is."""
        return self.say(texts.KINDS[item.kind])

    async def sender(self, batch: Batch, item: Item) -> str:
        """Return who sent it in."""
        if item.person_id is None:
            return self.say(texts.CUSTOMER)
        return (await batch.person(item.person_id)).name

    def about(self, item: Item) -> str:
        """Return size and hash of what is kept, the signals of a place, or why nothing is kept."""
        if item.fix is not None:
            return self._place(item)
        if item.state != "kept":
            return self.say(texts.STATES[item.state])
        size = megabytes(self._locale, item.size or 0)
        about = self.say(texts.CONTENT, megabytes=size, hash=item.short_hash)
        return self.say(texts.UNAGREED, about=about) if item.agreed is False else about

    def _place(self, item: Item) -> str:
        apart = self._distance(item.reading.distance if item.reading is not None else None)
        accuracy = item.fix.accuracy if item.fix is not None else None
        about = {"distance": apart, "signals": self.signals(item)}
        if accuracy is None:
            return self.say(texts.PLACE_UNTOLD, **about)
        return self.say(texts.PLACE, accuracy=formats.number(self._locale, round(accuracy)), **about)

    def _distance(self, metres: int | None) -> str:
        if metres is None:
            return self.say(texts.NO_ADDRESS)
        if metres < FAR:
            return self.say(texts.DISTANCE, metres=formats.number(self._locale, metres))
        kilometres = formats.number(self._locale, round(metres / 1000))
        return self.say(texts.DISTANCE_FAR, kilometres=kilometres)

    def signals(self, item: Item) -> str:
        """Return the signals of a place, each by its name."""
        found = item.reading.signals if item.reading is not None else ()
        names = [self.say(texts.SIGNALS[one]) for one in found]
        return self.say(texts.BETWEEN_SIGNALS).join(names) if names else self.say(texts.NO_SIGNALS)

    def stage(self, item: Item) -> str:
        """Return at which stage of the visit it came: as the safety officer sees it, or on the officer's own list."""
        script, _, step = item.step.partition("/")[0].partition(".")
        if script == "onsite":
            return self.say(STAGES_AT_DOOR[stage_at(self._inst.library.latest[script], step)])
        return self.say(PLACES.get(script, texts.AFTER))
