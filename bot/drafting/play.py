"""Playing a script: what is done line by line, and all that comes of it, as a transcript that can be played again."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from bot.drafting.deeds import DEEDS, types
from bot.drafting.persona import PARTIES, Persona
from bot.drafting.rehearsal import Rehearsal
from bot.errors import InputRefused
from bot.sandbox.world import Message
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.conversations.talk import Talk
from bot.service.desk.rules.explain import explain
from flows.engine import EffectDone, Perform, SetTimer, Signalled, Turn, Walked
from flows.engine.session import Status

if TYPE_CHECKING:
    from datetime import datetime

DID = "▶  "


class Play:
    """One rehearsal watched by the one who plays `persona`; every line goes to `write` and is kept."""

    def __init__(
        self, rehearsal: Rehearsal, persona: Persona, script: str, write: Callable[[str], None]
    ) -> None:
        self.rehearsal = rehearsal
        self.lines: list[str] = []
        self.pretended: dict[str, tuple[str, Mapping[str, object]]] = {}
        self.talk: Conversation | None = None
        self._persona, self._script, self._print = persona, script, write
        self._known: Mapping[str, object] = {}
        self._path: list[Walked] = []
        self.walked: set[Walked] = set()
        self.due: dict[str, datetime] = {}  # when the timers that were set last fire, aware UTC
        self._receipts = 0
        self._roles = {chat_id: role for role, chat_id in PARTIES.items()}
        rehearsal.world.on_message = self._hears

    # -- what is written down

    def write(self, line: str) -> None:
        """Write a line down."""
        self.lines.append(line.rstrip())
        self._print(line.rstrip())

    def _hears(self, message: Message) -> None:
        mine = message.chat_id == self._persona.chat_id
        who = "◀" if mine else f"◇  ({self._roles.get(message.chat_id, message.chat_id)})"
        shown = "\n   ".join((message.shown or "(file)").splitlines())
        for line in f"{who}  {shown}".splitlines():
            self.write(line)
        for row in message.keyboard.get("inline_keyboard", []) if mine else ():
            self.write(f"   [{' | '.join(button['text'] for button in row)}]")

    def watch(self, conversation: Conversation, turn: Turn) -> None:
        """Take note of a turn, and of the way, where it is the script that is played."""
        self.walked.update(turn.walked)
        if conversation.chat_id == self._persona.chat_id and conversation.script.name == self._script:
            self.talk = conversation
            self._path += turn.walked
            self.due |= {one.key: one.due_at for one in turn.effects if isinstance(one, SetTimer)}

    async def pretend(
        self, deeds: Callable[..., Awaitable[EffectDone]], talk: Any, scene: Any, order: Perform
    ) -> EffectDone:
        """Do what a script orders, unless its outcome is given."""
        if order.name in self.pretended and scene.conversation.script.name == self._script:
            outcome, values = self.pretended[order.name]
            return EffectDone(scene.batch.now, outcome, values)
        return await deeds(talk, scene, order)

    # -- what is done

    async def do(self, line: str) -> None:
        """Do what a line says, and write down what comes of it. Raises `InputRefused` when it cannot be done."""
        self.write("")
        self.write(DID + line)
        deed = next((deed for sign, deed in DEEDS.items() if line.startswith(sign)), types)
        try:
            await deed(self, line)
        except LookupError as error:
            raise InputRefused(str(error)) from None
        await self.tell()

    async def tell(self) -> None:
        """Tell the way that was taken, the variables that it set, and what the rules said."""
        if self.talk is None:
            raise InputRefused(f"{self._script} did not begin: the log of the scene above may say why.")
        session = self.talk.session
        ended = f"ended: {session.outcome}" if session.status is Status.DONE else session.frames[-1].step
        path = [self._way(one) for one in self._path]
        if path:
            self.write(f"   path: {' → '.join((*path, ended))}")
        for name, value in session.values.items():
            if self._known.get(name) != value:
                self.write(f"   set: {name} = {orjson.dumps(value).decode()}")
        self._known, self._path = session.values, []
        await self._tell_verdicts()

    def _way(self, walked: Walked) -> str:
        within = "" if walked.script == self._script else f"{walked.script}/"
        return f"{within}{walked.step or 'anywhere'} {walked.kind} {walked.name}".rstrip()

    def know(self, values: Mapping[str, object]) -> None:
        """Leave out what the script was begun with."""
        self._known = values

    async def look(self) -> None:
        """Leave out what the rules said until now."""
        self._receipts = len(await explain(self.rehearsal.inst, self._persona.case_ref))

    async def _tell_verdicts(self) -> None:
        rows = await explain(self.rehearsal.inst, self._persona.case_ref)
        said = Counter(_verdict(row) for row in rows[self._receipts :])
        self._receipts = len(rows)
        for words, count in said.items():
            self.write(f"   rules: {words}{f' ({count} times)' if count > 1 else ''}")

    async def signal(self, name: str) -> None:
        """Let something happen outside that the script has a signal for."""
        inst, talk = self.rehearsal.inst, self.talk
        if talk is None or name not in {one.id for one in talk.script.signals}:
            raise InputRefused(f"{self._script} has no signal {name}.")
        async with inst.store.begin() as tx:
            batch = Batch(inst, tx, self.rehearsal.clock.now())
            await batch.load([talk.chat_id])
            await batch.load_conversations([talk.id])
            here, found = Talk(batch, talk.chat_id), batch.conversation(talk.id)
            async with here.savepoint:
                await here.move(found or talk, Signalled(batch.now, name))
            batch.changes.add(here.changes)
            await batch.changes.write(tx)
        await self.rehearsal.settle()

    def button(self, line: str) -> tuple[Message, str]:
        """Return the newest button with that label or id, or the one of that number on the newest message with any."""
        offered = [one for one in self.rehearsal.chat(self._persona.chat_id).messages if one.buttons()]
        for message in reversed(offered):
            for place, one in enumerate(message.buttons(), 1):
                names = (f"#{place}", f"[{one['text']}]", f"[{one['callback_data'].rpartition(':')[2]}]")
                if line in names:
                    return message, one["callback_data"]
            if line.startswith("#"):
                break
        raise LookupError(f"No button {line} is on offer.")

    def offers(self, line: str) -> bool:
        """Is there such a button?"""
        try:
            self.button(line)
        except LookupError:
            return False
        return True

    @property
    def values(self) -> Mapping[str, object]:
        """Return what the conversation remembers."""
        return self.talk.session.values if self.talk is not None else {}

    @property
    def chat_id(self) -> int:
        """Return the chat of the one who plays."""
        return self._persona.chat_id


def _verdict(row: Mapping[str, Any]) -> str:
    about = f"{row['about']} {row['purpose']}" if row["about"] == "message" else row["about"]
    until = f" until {row['until']:%Y-%m-%d %H:%M}" if row["until"] else ""
    why = f", {row['rule']}: {row['title']}" if row["rule"] else ""
    return f"{about}: {row['outcome']}{until}{why}"
