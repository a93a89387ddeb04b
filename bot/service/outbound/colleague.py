"""A word to a colleague, in their own language, wherever they are."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.conversations.changes import Changes
from bot.service.desk.colleagues import locale_of_person
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.post import Parcel, to_staff
from bot.service.person import Person
from flows.rules import Purpose
from flows.script import Text

if TYPE_CHECKING:
    from bot.service.outbound.ports import Button


class Offer(NamedTuple):
    """A button: its label with what is filled in there, and the action `verb:subject[:extra]` behind it."""

    label: Text
    action: str
    values: Mapping[str, object] = {}


async def tell(
    batch: Batch,
    changes: Changes,
    person: Person,
    text: Text,
    *,
    lane: Lane = Lane.REPLIES,
    offers: Sequence[Sequence[Offer]] = (),
    quiet: bool = False,
    edit: int | None = None,
    **values: object,
) -> None:
    """Tell a member of staff something; who has no chat is passed over. `quiet`: the phone makes no sound.

    `offers` are buttons below it, row by row; `edit` is a message of theirs that it takes the place of.
    """
    if person.chat_id is None:
        return
    inst, locale = batch.inst, await locale_of_person(batch, person)

    def words(one: Text, given: Mapping[str, object]) -> str:
        return inst.catalogues.text(locale, one.context, one.msgid).format_map(given)

    rows: list[list[Button]] = [
        [(words(offer.label, offer.values), offer.action) for offer in row] for row in offers
    ]
    call = inst.calls.menu(person.chat_id, inst.calls.escape(words(text, values)), rows, edit)
    call = inst.calls.quietly(call) if quiet else call
    to_staff(batch, changes, Parcel(call, f"w{new_id()}", person.chat_id, lane, Purpose.ALERT))
