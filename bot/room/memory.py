"""What the stand-in keeps from one start of the room to the next: phones, messages, files, and who is there."""

import base64
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bot.room.people import Person
from bot.room.recording import Done
from bot.sandbox.world import Chat, Message, World

FILE = "room.json"


class Kept(NamedTuple):
    """Who is there, what time it was (aware UTC), and what was done since the curtain rose."""

    people: list[Person]
    now: datetime
    played: list[Done]


def save(folder: Path, world: World, room: Kept) -> None:
    """Write it all, aside first: half a file is never there."""
    kept = {
        "now": room.now,
        "people": [asdict(one) for one in room.people],
        "played": [one._asdict() for one in room.played],
        "chats": [_chat(one) for one in world.chats.values()],
        "updates": world.updates,
        "queries": world.queries,
        "files": {name: base64.b64encode(data).decode() for name, data in world.files.items()},
        "calls": world.calls,
        "next": world.numbers(),
    }
    aside = folder / f"{FILE}.new"
    aside.write_bytes(orjson.dumps(kept))
    aside.replace(folder / FILE)


def is_kept(folder: Path) -> bool:
    """Was there a room in this folder before, whose scene was set?"""
    return (folder / FILE).exists()


def load(folder: Path, world: World) -> Kept | None:
    """Fill an empty world with what was kept; None when nothing was."""
    try:
        kept = orjson.loads((folder / FILE).read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    world.chats |= {one["id"]: _read_chat(one) for one in kept["chats"]}
    world.updates = kept["updates"]
    world.queries = kept["queries"]
    world.files = {name: base64.b64decode(data) for name, data in kept["files"].items()}
    world.calls = Counter(kept["calls"])
    world.count_from(kept["next"])
    played = [Done(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in kept["played"]]
    return Kept([Person(**one) for one in kept["people"]], datetime.fromisoformat(kept["now"]), played)


def _chat(chat: Chat) -> dict[str, Any]:
    """Return a chat as JSON; what is in a file stands among the files already."""
    fields = asdict(chat)
    for message in fields["messages"]:
        message["content"].pop("data", None)
    return fields


def _read_chat(fields: dict[str, Any]) -> Chat:
    messages = [Message(**{**one, "date": datetime.fromisoformat(one["date"])}) for one in fields["messages"]]
    return Chat(**{**fields, "messages": messages})
