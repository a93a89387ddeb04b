"""One transaction's view of the world: rows are loaded once, in bulk where it can be foreseen, and kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from bot.service.conversations.changes import Changes
from bot.service.conversations.conversation import Conversation, open_conversation
from bot.service.desk.cases.casefile import CaseFile, key_of, open_case
from bot.service.installation import Installation
from bot.service.person import STAFF_KEY, Person, open_person
from bot.store import cases, chats, keys, outbox, people, sessions, visits
from bot.store.engine import Tx
from flows.rules import Facts

INTAKE_KEY = "intake"


@dataclass(slots=True)
class Batch:
    """Everything loaded in this transaction, and everything to be written at its end.

    `hands_over`: the sender lives in this process and takes staff messages straight from memory after the commit.
    """

    inst: Installation
    tx: Tx
    now: datetime
    hands_over: bool = False
    changes: Changes = field(default_factory=Changes)
    menus: set[int] = field(default_factory=set)
    facts: dict[int, Facts] = field(default_factory=dict)  # what the rules know, by case: see `rule_facts`
    just_asked: set[int] = field(
        default_factory=set
    )  # conversations where something typed led to a question that nobody has seen
    _asked: dict[int, int] = field(default_factory=dict)
    _chats: dict[int, Any] = field(default_factory=dict)
    _staff: dict[int, Person] = field(default_factory=dict)
    _people: dict[int, Person] = field(default_factory=dict)
    _cases: dict[int, CaseFile] = field(default_factory=dict)
    _visits: dict[int, Any] = field(default_factory=dict)
    _talks: dict[int, Conversation] = field(default_factory=dict)

    async def load(self, chat_ids: Iterable[int], session_ids: Iterable[int] = ()) -> None:
        """Load chats, their staff, their open conversations and what those are about."""
        wanted = list(set(chat_ids))
        self._chats |= {row.chat_id: row for row in await chats.load(self.tx, wanted)}
        await keys.load(self.tx, self.inst.vault, [STAFF_KEY])
        for row in await people.by_chats(self.tx, wanted):
            self._keep_person(row)
        foreground = {chat.session_id for chat in self._chats.values() if chat.session_id}
        await self.load_conversations(foreground | set(session_ids))

    async def load_conversations(self, session_ids: Iterable[int]) -> None:
        """Load conversations with their cases and visits: three statements however many."""
        wanted = [one for one in session_ids if one not in self._talks]
        rows = await sessions.load(self.tx, wanted) if wanted else []
        await self.load_keys(row.case_id for row in rows)
        for row in rows:
            self._talks[row.id] = open_conversation(row, self.inst)
        await self.load_cases({row.case_id for row in rows if row.case_id})
        await self.load_visits({row.visit_id for row in rows if row.visit_id})

    async def load_asked(self, chat_ids: Iterable[int]) -> None:
        """Load the messages that first asked what is open in these chats: one statement however many."""
        chats_here = (self._chats.get(one) for one in chat_ids)
        foreground = [chat.session_id for chat in chats_here if chat is not None and chat.session_id]
        self._asked |= await outbox.asked_in(self.tx, foreground)

    def asked_in(self, session_id: int) -> int | None:
        """Return Telegram's id of the message that first asked what is open in a conversation, where it is known."""
        return self._asked.get(session_id)

    async def load_keys(self, case_ids: Iterable[int | None]) -> None:
        """Make the data keys of these cases known to the vault."""
        await keys.load(self.tx, self.inst.vault, [key_of(one) for one in set(case_ids) if one])

    async def load_cases(self, case_ids: set[int]) -> None:
        """Load and open cases that are not here yet."""
        wanted = case_ids - self._cases.keys()
        if wanted:
            await self.load_keys(wanted)
            for row in await cases.by_ids(self.tx, list(wanted)):
                self._cases[row.id] = open_case(row, self.inst.vault)

    async def load_visits(self, visit_ids: set[int]) -> None:
        """Load visits that are not here yet."""
        wanted = visit_ids - self._visits.keys()
        if wanted:
            self._visits |= {row.id: row for row in await visits.by_ids(self.tx, list(wanted))}

    def _keep_person(self, row: Any) -> None:
        person = open_person(row, self.inst.vault)
        self._people[person.id] = person
        if person.chat_id is not None and row.active:
            self._staff[person.chat_id] = person

    def chat(self, chat_id: int) -> Any | None:
        """Return the row of a loaded chat."""
        return self._chats.get(chat_id)

    def staff(self, chat_id: int) -> Person | None:
        """Return the active member of staff whose chat this is."""
        return self._staff.get(chat_id)

    def conversation(self, session_id: int) -> Conversation | None:
        """Return a loaded conversation."""
        return self._talks.get(session_id)

    async def open_part(self, visit_id: int, person_id: int | None) -> Conversation | None:
        """Return the newest open conversation about a visit: of one of the team, or the customer's."""
        rows = await sessions.waiting_of_visit(self.tx, visit_id, person_id)
        await self.load_conversations([row.id for row in rows])
        return self.conversation(rows[-1].id) if rows else None

    def keep(self, conversation: Conversation) -> None:
        """Make a new conversation known to the rest of the batch."""
        self._talks[conversation.id] = conversation

    def drop(self, chat_id: int) -> None:
        """Forget a chat's conversations, whose changes were not written, and whatever was read while they were made."""
        self._talks = {key: one for key, one in self._talks.items() if one.chat_id != chat_id}
        for seen in (self._cases, self._visits, self.facts):
            seen.clear()

    async def case(self, case_id: int) -> CaseFile:
        """Return a case."""
        if case_id not in self._cases:
            await self.load_cases({case_id})
        return self._cases[case_id]

    async def visit(self, visit_id: int) -> Any:
        """Return the row of a visit."""
        await self.load_visits({visit_id})
        return self._visits[visit_id]

    async def person(self, person_id: int) -> Person:
        """Return a member of staff."""
        if person_id not in self._people:
            for row in await people.by_ids(self.tx, [person_id]):
                self._keep_person(row)
        return self._people[person_id]

    def refresh_menu(self, chat_id: int) -> None:
        """Ask for this chat's command menu to be set anew once this is committed."""
        self.menus.add(chat_id)

    def stale(self, *, case_id: int | None = None, visit_id: int | None = None) -> None:
        """Forget a row that was just changed, so that it is read again, and what the rules know of its case."""
        visit = self._visits.pop(visit_id or 0, None)
        self._cases.pop(case_id or 0, None)
        for case in (case_id, visit.case_id if visit is not None else None):
            self.facts.pop(case or 0, None)
        if visit_id is not None and visit is None:
            self.facts.clear()  # whose visit that is was never read


def dumps(value: object) -> bytes:
    """Serialise a value that goes into a sealed column."""
    return orjson.dumps(value)
