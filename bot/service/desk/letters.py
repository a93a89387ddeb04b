"""The letter that brings a customer their link: neutral outside and inside, since anybody may open it."""

from pathlib import Path

from bot.documents.letter import Letter, LetterPress
from bot.i18n import formats
from bot.service.desk.casefile import CaseFile
from bot.service.installation import Installation
from bot.service.outbound.texts import LETTER_CONTACT, LETTER_HINT, LETTER_LINES, LETTER_TO_CALL
from flows.script import Text


class Letters:
    """Writes letters into `folder`, one PDF for each case, in the language of the case."""

    def __init__(self, inst: Installation, folder: Path) -> None:
        self._inst = inst
        self._folder = folder
        self._press = LetterPress()

    def write(self, case: CaseFile, link: str | None) -> None:
        """Write one letter; without a link it asks to call. Raises `InputRefused` for what cannot be printed."""
        locale, settings = case.locale, self._inst.settings

        def say(text: Text) -> str:
            words = self._inst.catalogues.text(locale, text.context, text.msgid)
            together = settings.contact.replace(" ", "\N{NO-BREAK SPACE}")  # a number is not torn apart
            return words.format(creditor=settings.creditor, contact=together)

        address = [part.strip() for part in str(case.personal["address"]).split(",")]
        letter = Letter(
            locale=locale,
            sender=settings.creditor,
            recipient=(str(case.personal["name"]), *address),
            day=formats.date(locale, self._inst.clock.now().date()),
            lines=tuple(say(text) for text in (LETTER_LINES if link else LETTER_TO_CALL)),
            link=link or "",
            link_hint=say(LETTER_HINT) if link else "",
            footer=say(LETTER_CONTACT) if link else "",
        )
        path = self._folder / f"{_file_name(case.case_ref)}.pdf"
        path.touch(mode=0o600)
        path.write_bytes(self._press.print(letter))


def _file_name(case_ref: str) -> str:
    """Return a reference as a file name that every system takes."""
    return "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in case_ref)
