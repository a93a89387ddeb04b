"""Sessions as JSON. A stored session of an older schema is brought up to date one step at a time."""

from collections.abc import Callable, Mapping
from typing import Any

from flows.engine.session import SCHEMA, Frame, Session, Status
from flows.errors import SessionUnreadable

Upgrade = Callable[[Mapping[str, Any]], Mapping[str, Any]]
UPGRADES: Mapping[int, Upgrade] = {  # from schema n to n + 1
    1: lambda stored: {**stored, "schema": 2, "pins": {}},
}


def session_to_json(session: Session) -> dict[str, object]:
    """Return `session` as a mapping of plain JSON; its values are shared, not copied."""
    return {
        "schema": session.schema,
        "script": session.script,
        "version": session.version,
        "status": str(session.status),
        "frames": [_frame_to_json(frame) for frame in session.frames],
        "values": session.values,
        "trail": [list(entry) for entry in session.trail],
        "timers": session.timers,
        "turn": session.turn,
        "prompt_no": session.prompt_no,
        "outcome": session.outcome,
        "pins": session.pins,
    }


def session_from_json(
    stored: Mapping[str, Any], schema: int = SCHEMA, upgrades: Mapping[int, Upgrade] = UPGRADES
) -> Session:
    """Return the session in `stored`, upgraded to `schema`. Raises SessionUnreadable when it is none."""
    try:
        while stored["schema"] < schema:
            stored = upgrades[stored["schema"]](stored)
        if stored["schema"] != schema:
            raise SessionUnreadable(
                f"session schema {stored['schema']} is newer than this version's {schema}"
            )
        return _session(stored)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SessionUnreadable(f"a stored session is not whole: {type(error).__name__}") from None


def _frame_to_json(frame: Frame) -> dict[str, object]:
    return {
        "script": frame.script,
        "step": frame.step,
        "outcomes": frame.outcomes,
        "base": frame.base,
        "returns": frame.returns,
    }


def _session(stored: Mapping[str, Any]) -> Session:
    return Session(
        script=str(stored["script"]),
        version=int(stored["version"]),
        status=Status(stored["status"]),
        frames=tuple(_frame(frame) for frame in stored["frames"]),
        values=dict(stored["values"]),
        trail=tuple((int(depth), str(step)) for depth, step in stored["trail"]),
        timers={str(key): int(turn) for key, turn in stored["timers"].items()},
        turn=int(stored["turn"]),
        prompt_no=int(stored["prompt_no"]),
        outcome=stored["outcome"],
        pins={str(name): int(version) for name, version in stored["pins"].items()},
        schema=stored["schema"],
    )


def _frame(stored: Mapping[str, Any]) -> Frame:
    return Frame(
        str(stored["script"]),
        str(stored["step"]),
        dict(stored["outcomes"]),
        int(stored["base"]),
        bool(stored["returns"]),
    )
