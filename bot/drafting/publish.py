"""Publishing a script: proven, every live conversation looked after, two people's word, then released for good."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.drafting.affected import Affected, Change, affected
from bot.drafting.release import next_version, write
from bot.drafting.which import draft
from bot.errors import InputRefused
from bot.proofs import known_to
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.conversation import Conversation, row_of
from bot.service.installation import Installation
from bot.service.person import DESK_ROLES
from bot.store import audit, people, sessions, timers
from bot.store.engine import Tx
from bot.store.statements import Row
from bot.text_file import text_of
from flows.moving import Fate
from flows.script import Issue, Script, link_one
from flows.script.lint import lint
from flows.script.lock import sha256_of


@dataclass(frozen=True, slots=True)
class Order:
    """A draft, the badges of who wrote it and who reviewed it, why; the author's map; may anybody stay behind?"""

    file: Path
    author: str
    reviewer: str
    reason: str
    steps: Mapping[str, str]
    nobody_stays: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """What was, or with a dry run would be, published, and every live conversation with what becomes of it."""

    script: Script
    affected: Sequence[Affected]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many conversations have which fate."""
        found = Counter(one.judged.fate for one in self.affected)
        return {str(fate): found[fate] for fate in Fate}


class Stranded(InputRefused):
    """Somebody would be stranded; nothing was changed. `published` names them."""

    def __init__(self, published: Published) -> None:
        self.published = published
        blocked = published.counts[Fate.BLOCKED]
        super().__init__(
            f"{blocked} conversations would be stranded: write a map for them (--map old=new), leave what they need "
            "in the script, or let them end first."
        )


def change_of(inst: Installation, order: Order) -> Change:
    """Return what an order changes. Raises `InputRefused` for a draft that is broken, misnumbered or not proven."""
    new = draft(inst.library.latest, order.file)
    before = inst.library.latest.get(new.name)
    wanted = next_version(before.version if before is not None else 0)
    if new.version != wanted:
        raise InputRefused(
            f"{order.file}: the next version of {new.name} is {wanted}: write `version: {wanted}`."
        )
    unknown = sorted(one for one in order.steps.values() if one not in new.steps)
    if unknown:
        raise InputRefused(f"--map leads to steps that are not in the draft: {', '.join(unknown)}.")
    scripts = {**inst.library.latest, new.name: new}
    latest = {name: link_one(one, scripts) for name, one in scripts.items()}
    found = _unproven(inst, new.name, latest)
    if found:
        raise InputRefused("The draft does not hold:\n" + "\n".join(map(str, found)))
    return Change(latest[new.name], latest, order.steps, order.nobody_stays)


def _unproven(inst: Installation, name: str, latest: Mapping[str, Script]) -> Sequence[Issue]:
    """Return what the proofs find in the draft, in what runs it, and in old versions that run it and are lived on."""
    known = known_to(latest.values(), inst.catalogues)
    old = [link_one(one, latest) for one in inst.library.scripts.values() if name in one.linked]
    found = {issue for one in (latest[name], *old) for issue in lint(one, known)}
    return sorted(found)


async def publish(inst: Installation, order: Order, *, dry_run: bool) -> Published:
    """Publish a draft, and move or pin the live conversations, in one transaction.

    Raises `InputRefused` as `change_of` does, and where two people's word is missing; `Stranded` if anybody would be.
    """
    change = change_of(inst, order)
    if not order.reason.strip():
        raise InputRefused("Say why it is published: --reason.")
    async with inst.store.begin() as tx:
        await _two_people(tx, order)
        done = Published(change.draft, await affected(inst, tx, change))
        if done.counts[Fate.BLOCKED]:
            raise Stranded(done)
        if not dry_run:
            await _release(inst, tx, order, done)
    return done


async def _two_people(tx: Tx, order: Order) -> None:
    """Raise `InputRefused` unless author and reviewer are two different people of the desk."""
    if order.author == order.reviewer:
        raise InputRefused("Author and reviewer are two different people.")
    for badge in (order.author, order.reviewer):
        if not any(row.role in DESK_ROLES for row in await people.by_badge(tx, badge)):
            raise InputRefused(f"Nobody at the desk has the badge {badge}: `doorstep staff list` shows them.")


async def _release(inst: Installation, tx: Tx, order: Order, done: Published) -> None:
    now, source = inst.clock.now(), text_of(order.file)
    if sha256_of(source) != done.script.sha256:
        raise InputRefused(f"{order.file} was changed while it was being proven: publish it again.")
    note = (
        f"{done.script.name} v{done.script.version}\npublished: {now.isoformat()}\nauthor: {order.author}\n"
        f"reviewer: {order.reviewer}\nreason: {order.reason}\n"
    )
    for one in done.affected:
        if one.conversation is not None:
            await _move(inst, tx, one, one.conversation)
    await audit.append(tx, [_line(inst, order, done, note), *_lines(inst, done)])
    write(inst.settings.own_scripts, done.script, source, note)


async def _move(inst: Installation, tx: Tx, one: Affected, conversation: Conversation) -> None:
    if one.judged.session == conversation.session:
        return
    conversation.session = one.judged.session
    await sessions.save(tx, [row_of(conversation, inst.vault, inst.clock.now())])
    renamed = {old: new for old, new in (one.keys or {}).items() if old != new}
    await timers.rename(tx, conversation.id, renamed)


def _line(inst: Installation, order: Order, done: Published, note: str) -> Row:
    """Return the line of the log. Words stand in the note, whose hash binds them to it."""
    data = {
        "script": done.script.name,
        "version": done.script.version,
        "sha256": done.script.sha256,
        "author": order.author,
        "reviewer": order.reviewer,
        "note": sha256_of(note),
        **done.counts,
    }
    return audit_line(inst.clock.now(), CLI, "script.published", **data)


def _lines(inst: Installation, done: Published) -> Sequence[Row]:
    return [
        audit_line(
            inst.clock.now(),
            CLI,
            f"session.{one.judged.fate}",
            About(one.row.case_id, one.row.visit_id),
            script=done.script.name,
            version=done.script.version,
            session=one.row.id,
        )
        for one in done.affected
    ]
