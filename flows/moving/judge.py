"""What becomes of a live conversation when a new version of a script is published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from flows.engine import Session
from flows.moving.carry import Move, carry
from flows.moving.checks import CHECKS, law, places, replay
from flows.script.lint import Known


class Fate(StrEnum):
    """`safe`: it goes on there, as it is; `mapped`: by the author's map; `pinned`: it stays; `blocked`: neither."""

    SAFE = "safe"
    MAPPED = "mapped"
    PINNED = "pinned"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Judged:
    """`session` is where it goes on; `why` says what keeps a pinned or blocked one from the new version."""

    fate: Fate
    session: Session
    why: tuple[str, ...] = ()


def judge(
    move: Move, session: Session, known: Known, at: datetime, facts: Mapping[str, object], *, may_stay: bool
) -> Judged:
    """Return what becomes of a session; `may_stay`: its old version still works, and may be gone on with."""
    plain = replace(move, steps={})
    for fate, one in ((Fate.SAFE, plain), (Fate.MAPPED, move)):
        carried = carry(one, session)
        why = tuple(dict.fromkeys(_obstacles(one, session, carried, known, at, facts)))
        if not why:
            return Judged(fate, carried)
    return (
        Judged(Fate.PINNED, _pinned(move, session), why) if may_stay else Judged(Fate.BLOCKED, session, why)
    )


def _obstacles(
    move: Move, session: Session, carried: Session, known: Known, at: datetime, facts: Mapping[str, object]
) -> Iterator[str]:
    """Yield what keeps a session from the new version; where it has no place there, nothing else can be asked."""
    lost = tuple(places(move, session, carried))
    if lost:
        yield from lost
        return
    for check in CHECKS:
        yield from check(move, session, carried)
    yield from replay(move, carried, at, facts)
    yield from law(move, session, carried, known)


def _pinned(move: Move, session: Session) -> Session:
    """Return the session that stays: a sub-script that changed is kept in the version that it has now."""
    kept = move.old.linked.get(move.changed)
    return session if kept is None else replace(session, pins={**session.pins, kept.name: kept.version})
