"""Every live conversation that a new version of a script touches, and what becomes of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.proofs import known_to
from bot.service.conversations.batch import Batch
from bot.service.conversations.conversation import Conversation, open_conversation
from bot.service.conversations.facts import facts_for
from bot.service.desk.cases.look import refs_of
from bot.service.installation import Installation
from bot.store import sessions
from bot.store.engine import Tx
from flows.engine import Session
from flows.errors import FlowError
from flows.moving import Fate, Judged, Move, judge
from flows.script import Script, link_one, texts
from flows.script.lint import Known


@dataclass(frozen=True, slots=True)
class Affected:
    """A live conversation: whose, where it stands, its fate. `conversation` is None where it cannot be read."""

    row: Any
    who: str
    at: str
    judged: Judged
    conversation: Conversation | None = None
    keys: Mapping[str, str] | None = None

    def shown(self) -> dict[str, Any]:
        """Return it as a row with stable field names."""
        return {
            "who": self.who,
            "script": self.row.script,
            "version": self.row.version,
            "at": self.at,
            "fate": str(self.judged.fate),
            "why": "; ".join(self.judged.why),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A draft that is to be published; `latest` are all scripts with it among them."""

    draft: Script
    latest: Mapping[str, Script]
    steps: Mapping[str, str]
    nobody_stays: bool


async def affected(inst: Installation, tx: Tx, change: Change) -> Sequence[Affected]:
    """Return what becomes of every live conversation on the script, or on one that runs it; they are held."""
    name = change.draft.name
    roots = {script for (script, _), one in inst.library.scripts.items() if name in (script, *one.linked)}
    rows = await sessions.hold_waiting(tx, roots)
    batch = Batch(inst, tx, inst.clock.now())
    await batch.load([*{row.chat_id for row in rows}])
    await batch.load_keys(row.case_id for row in rows)
    known = known_to(change.latest.values(), inst.catalogues)
    refs = await refs_of(tx)
    return [await _judged(batch, change, row, known, refs) for row in rows]


async def _judged(batch: Batch, change: Change, row: Any, known: Known, refs: Mapping[int, str]) -> Affected:
    who = refs.get(row.case_id or 0, "")
    if row.person_id is not None:
        who = f"{(await batch.person(row.person_id)).badge} {who}".strip()
    try:
        conversation = open_conversation(row, batch.inst)
    except FlowError as error:
        return Affected(row, who, "", Judged(Fate.BLOCKED, Session(row.script, row.version), (str(error),)))
    frame = conversation.session.frames[-1]
    move = Move(
        change.draft.name, conversation.script, _moved_root(batch.inst, change, conversation), change.steps
    )
    stays = () if change.nobody_stays else tuple(_unusable(conversation.script, known))
    judged = judge(
        move,
        conversation.session,
        known,
        batch.now,
        await facts_for(batch, conversation),
        may_stay=not change.nobody_stays and not stays,
    )
    if judged.fate is Fate.BLOCKED:
        judged = Judged(judged.fate, judged.session, (*judged.why, *stays))
    keys = dict(zip(conversation.session.timers, judged.session.timers, strict=True))
    return Affected(row, who, f"{frame.script}.{frame.step}", judged, conversation, keys)


def _moved_root(inst: Installation, change: Change, conversation: Conversation) -> Script:
    """Return the conversation's root script as it is once the draft is published."""
    session, name = conversation.session, change.draft.name
    kept = {sub: inst.library.scripts[sub, version] for sub, version in session.pins.items() if sub != name}
    root = change.draft if session.script == name else inst.library.scripts[session.script, session.version]
    return link_one(root, {**change.latest, **kept})


def _unusable(script: Script, known: Known) -> Sequence[str]:
    """Return why an old version cannot be gone on with: what it does or says is not known to this Doorstep."""
    wrong: list[str] = []
    for one in (script, *script.linked.values()):
        deeds = {getattr(step, "effect", None) for step in one.steps.values()} - {None}
        wrong += [
            f"{one.name} v{one.version} has `{deed}` done, which is not known any more"
            for deed in deeds - known.effects.keys()
        ]
        for locale, lookup in known.catalogues.items():
            gaps = sum(lookup(text.context, text.msgid) is None for text in texts(one))
            wrong += (
                [f"{gaps} texts of {one.name} v{one.version} are not translated into {locale}"]
                if gaps
                else []
            )
    return wrong
