"""Behind the scenes of a chat: where its conversation stands, what the rules said, what waits and why, the log."""

from typing import Any

from bot.documents.flow_picture import svg
from bot.drafting.drawn import Speaking
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation
from bot.service.desk.rules.titles import title_of
from bot.service.desk.rules.why import ABOUT, OTHER
from bot.service.installation import Installation
from bot.store import audit, cases, receipts, sessions, upcoming, visits
from flows.rules import Verdict
from flows.script import Script, Text
from flows.script.drawing import draw, standing, to_dot

LAST = 8  # verdicts and lines of the log that are shown
HANDS = {"cli": "desk"}  # who does what on the command line


class Behind:
    """Looks into the database of the running bot, and says what it finds in one language."""

    def __init__(self, inst: Installation, language: str) -> None:
        self._inst = inst
        self._language = language

    async def of_chat(self, chat_id: int, case_ref: str | None) -> dict[str, Any]:
        """Return what is behind a chat; `case_ref` is the customer's, a colleague's is that of their conversation."""
        async with self._inst.store.read() as tx:
            batch = Batch(self._inst, tx, self._inst.clock.now())
            await batch.load([chat_id])
            row = await sessions.newest_of_chat(tx, chat_id)
            conversation = await _opened(batch, row)
            case_id = conversation.case_id if conversation is not None else None
            case = await cases.by_ref(tx, case_ref) if case_ref is not None else None
            about = case.id if case is not None else case_id
            return {
                "script": self._script(conversation) if conversation is not None else None,
                "verdicts": await self._verdicts(batch, about),
                "timers": await self._timers(batch, conversation, about),
                "waiting": await self._waiting(batch, chat_id),
                "audit": await self._log(batch, about),
            }

    def _say(self, text: Text) -> str:
        return self._inst.catalogues.text(self._language, text.context, text.msgid)

    def _script(self, conversation: Conversation) -> dict[str, Any]:
        session = conversation.session
        frames = session.frames
        script, step = _place(self._inst, conversation)
        passed = [asked for depth, asked in session.trail if depth == len(frames) - 1]
        picture = draw(script, Speaking(self._inst.catalogues, self._language))
        drawn = svg(to_dot(standing(picture, step, passed))).decode()
        over = session.outcome if not frames else None
        return {"name": script.name, "version": script.version, "step": step, "over": over, "svg": drawn}

    async def _verdicts(self, batch: Batch, case_id: int | None) -> list[dict[str, Any]]:
        rows = await receipts.newest(batch.tx, case_id, LAST) if case_id is not None else []
        return [self._verdict(row) for row in rows]

    def _verdict(self, row: Any) -> dict[str, Any]:
        verdict = Verdict.from_json(row.verdict)
        bound = verdict.bound
        rules = [
            {
                "id": str(bound),
                "title": title_of(self._inst.catalogues, self._language, verdict),
                "source": verdict.citation,
            }
        ]
        return {
            "at": row.at,
            "about": self._say(ABOUT.get(row.about, OTHER)),
            "purpose": str(verdict.action.purpose),
            "outcome": row.outcome,
            "until": verdict.until,
            "rules": rules if bound is not None else [],
            "consulted": len(verdict.consulted),
        }

    async def _timers(
        self, batch: Batch, conversation: Conversation | None, case_id: int | None
    ) -> list[dict[str, Any]]:
        visit = await visits.live_of(batch.tx, case_id) if case_id is not None else None
        subjects = [one for one in (case_id, getattr(visit, "id", None)) if one is not None]
        subjects += [conversation.id] if conversation is not None else []
        rows = await upcoming.timers_of(batch.tx, subjects)
        return [{"at": row.due_at, "what": row.kind} for row in rows]

    async def _waiting(self, batch: Batch, chat_id: int) -> list[dict[str, Any]]:
        rows = await upcoming.messages_of(batch.tx, chat_id)
        return [
            {"at": row.not_before, "what": row.purpose, "why": await self._why(batch, row.id)} for row in rows
        ]

    async def _why(self, batch: Batch, message_id: int) -> str:
        obstacle = await receipts.last_obstacle(batch.tx, message_id)
        row = await receipts.by_id(batch.tx, obstacle) if obstacle is not None else None
        verdict = Verdict.from_json(row.verdict) if row is not None else None
        return title_of(self._inst.catalogues, self._language, verdict) if verdict is not None else ""

    async def _log(self, batch: Batch, case_id: int | None) -> list[dict[str, Any]]:
        rows = await audit.newest(batch.tx, case_id, LAST) if case_id is not None else []
        return [{"at": row.at, "who": HANDS.get(row.actor, row.actor), "what": row.kind} for row in rows]


async def _opened(batch: Batch, row: Any | None) -> Conversation | None:
    if row is None:
        return None
    await batch.load_conversations([row.id])
    return batch.conversation(row.id)


def _place(inst: Installation, conversation: Conversation) -> tuple[Script, str]:
    """Return the script on top and the step at which it stands; of a conversation that is over its own script."""
    session = conversation.session
    if not session.frames:
        return conversation.script, ""
    top = session.frames[-1]
    own = conversation.script
    script = own if top.script == own.name else inst.library.latest[top.script]
    return script, top.step
