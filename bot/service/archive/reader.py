"""Words for a document: the part of a chat that puts things into a language, without the chat."""

from dataclasses import dataclass

from bot.service.conversations.batch import Batch
from flows.script import Text


@dataclass(frozen=True, slots=True)
class PaperReader:
    """Whoever reads a document in a language."""

    batch: Batch
    locale: str

    def plain(self, text: Text) -> str:
        """Return one of our own texts in the language."""
        return self.batch.inst.catalogues.text(self.locale, text.context, text.msgid)
