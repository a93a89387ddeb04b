"""What the open question on each phone takes: looked up for all who are about to act, as they would read it."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.service.conversations.batch import Batch
from bot.twin.machine import Machine
from flows.engine import wanted
from flows.script import InputKind

TAPPED = (InputKind.CHOICE, InputKind.SLOT)


class Question(NamedTuple):
    """What is asked: at which step of a script, and what may be typed or sent (None: it can only be tapped)."""

    step: str
    takes: InputKind | None


class Screens:
    """The questions that are open at this moment."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._open: dict[int, Question] = {}

    async def look(self, chat_ids: Iterable[int]) -> None:
        """Look at these phones; what was seen on others is forgotten."""
        inst, wanted_here = self._machine.inst, sorted(set(chat_ids))
        self._open = {}
        if not wanted_here:
            return
        async with inst.store.read() as tx:
            batch = Batch(inst, tx, self._machine.clock.now())
            await batch.load(wanted_here)
            for chat_id in wanted_here:
                question = _asked(batch, chat_id)
                if question is not None:
                    self._open[chat_id] = question

    def asked(self, chat_id: int) -> Question | None:
        """Return the question that is open on a phone that was looked at."""
        return self._open.get(chat_id)


def _asked(batch: Batch, chat_id: int) -> Question | None:
    chat = batch.chat(chat_id)
    talk = batch.conversation(chat.session_id) if chat is not None and chat.session_id else None
    takes = wanted(talk.script, talk.session) if talk is not None else None
    if talk is None or takes is None:
        return None
    return Question(talk.session.frames[-1].step, None if takes in TAPPED else takes)
