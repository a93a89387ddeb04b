"""Whatever comes from Telegram is read as something, and nothing stops the reader."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.inbound.incoming import (
    Blocked,
    Card,
    Command,
    Edited,
    Group,
    Media,
    Place,
    Strange,
    Tap,
    Unblocked,
    Words,
)
from bot.telegram.decode import chat_of, decode
from flows.engine import FileKind

PERSON = {"id": 101, "is_bot": False, "first_name": "Ada", "language_code": "zh-hans"}
PRIVATE = {"id": 101, "type": "private", "first_name": "Ada"}
GROUP = {"id": -1001, "type": "supergroup", "title": "A group"}
BASE = {"message_id": 7, "date": 1_800_000_000, "chat": PRIVATE, "from": PERSON}
FILE = {"file_id": "F", "file_unique_id": "U", "file_size": 1234}
CONTACT = {"phone_number": "+442079460101", "first_name": "Ada"}
PLACE = {"latitude": 51.5, "longitude": -0.12}
MEMBER = {"chat": PRIVATE, "from": PERSON, "date": 1_800_000_000, "old_chat_member": {"status": "member"}}


def message(**content: Any) -> dict[str, Any]:
    """Return an update with a message."""
    return {"update_id": 1, "message": BASE | content}


def tap(data: str | None = "5:1:yes") -> dict[str, Any]:
    """Return an update with a tap."""
    query = {"id": "99", "from": PERSON, "chat_instance": "1", "message": BASE | {"text": "?"}}
    return {"update_id": 1, "callback_query": query | ({"data": data} if data is not None else {})}


# An update, the kind that it is read as, and what of it must hold.
REAL: tuple[tuple[dict[str, Any], type, dict[str, Any]], ...] = (
    (message(text="Hello"), Words, {"text": "Hello"}),
    (message(text=" /start"), Words, {"text": " /start"}),
    (message(text="/start"), Command, {"name": "start", "argument": ""}),
    (message(text="/Start@doorstep_bot  abc "), Command, {"name": "start", "argument": "abc"}),
    (message(text="/"), Command, {"name": "", "argument": ""}),
    (message(text="مرحبا 👋🏽"), Words, {"text": "مرحبا 👋🏽"}),
    (message(location=PLACE), Place, {"latitude": 51.5, "accuracy": None, "forwarded": False, "live": False}),
    (
        message(location=PLACE | {"live_period": 900, "horizontal_accuracy": 8}),
        Place,
        {"live": True, "accuracy": 8},
    ),
    (message(location=PLACE | {"horizontal_accuracy": 12.5}), Place, {"accuracy": 12.5}),
    (message(location=PLACE, forward_origin={"type": "user"}), Place, {"forwarded": True}),
    (
        message(location=PLACE, venue={"location": PLACE, "title": "T"}),
        Place,
        {"venue": True, "edited": False},
    ),
    (message(contact=CONTACT | {"user_id": 101}), Card, {"own": True, "phone": "+442079460101"}),
    (message(contact=CONTACT | {"user_id": 102}), Card, {"own": False}),
    (message(contact=CONTACT), Card, {"own": False}),
    (message(photo=[FILE, FILE | {"file_id": "BIG"}]), Media, {"kind": FileKind.PHOTO, "file_ref": "BIG"}),
    (
        message(document=FILE, caption="Mine"),
        Media,
        {"kind": FileKind.DOCUMENT, "caption": "Mine", "size": 1234},
    ),
    (message(voice=FILE), Media, {"kind": FileKind.VOICE}),
    (message(animation=FILE, document=FILE), Media, {"file_ref": "F"}),
    (message(sticker=FILE), Media, {"kind": FileKind.OTHER}),
    (message(video_note=FILE), Media, {"kind": FileKind.OTHER}),
    (message(new_chat_title="T"), Strange, {"reason": "unknown_content"}),
    (message(dice={"emoji": "x", "value": 3}), Strange, {"reason": "unknown_content"}),
    (message(photo=[]), Strange, {"reason": "malformed"}),
    (message(text="Hi", chat=GROUP), Group, {"chat_id": -1001}),
    (tap(), Tap, {"data": "5:1:yes", "query_id": "99"}),
    (tap(None), Tap, {"data": ""}),
    ({"update_id": 1, "callback_query": {"id": "9", "from": PERSON, "inline_message_id": "I"}}, Strange, {}),
    ({"update_id": 1, "edited_message": BASE | {"text": "x", "edit_date": 1}}, Edited, {}),
    (
        {"update_id": 1, "edited_message": BASE | {"location": PLACE}},
        Place,
        {"edited": True, "latitude": 51.5},
    ),
    (
        {"update_id": 1, "edited_message": BASE | {"chat": GROUP, "text": "x"}},
        Strange,
        {"reason": "group_edit"},
    ),
    ({"update_id": 1, "my_chat_member": MEMBER | {"new_chat_member": {"status": "kicked"}}}, Blocked, {}),
    ({"update_id": 1, "my_chat_member": MEMBER | {"new_chat_member": {"status": "member"}}}, Unblocked, {}),
    ({"update_id": 1, "channel_post": BASE | {"text": "x"}}, Strange, {"reason": "unknown_kind"}),
    ({"update_id": 1}, Strange, {"reason": "unknown_kind"}),
)
KINDS = tuple({kind for _, kind, _ in REAL})

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside."""
    found = [path] if path else []
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        found += _paths(value[key], (*path, key))
    return found


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a real update in which up to three values are missing or something else."""
    update: dict[str, Any] = copy.deepcopy(draw(st.sampled_from(REAL))[0])
    for _ in range(draw(st.integers(1, 3))):
        paths = _paths(update)
        if not paths:
            break
        *way, last = draw(st.sampled_from(paths))
        place: Any = update
        for key in way:
            place = place[key]
        if isinstance(place, dict) and draw(st.booleans()):
            del place[last]
        else:
            place[last] = draw(JSON)
    return update


@pytest.mark.parametrize(("update", "kind", "holds"), REAL)
def test_a_real_update_is_read(update: dict[str, Any], kind: type, holds: dict[str, Any]) -> None:
    """Each shape that Telegram sends is read as what it is."""
    found = decode(update)

    assert type(found) is kind
    assert {name: getattr(found, name) for name in holds} == holds


@pytest.mark.parametrize("update", [one for one, kind, _ in REAL if kind in (Words, Tap, Blocked, Edited)])
def test_the_origin_is_told(update: dict[str, Any]) -> None:
    """Who wrote where is known, and the same chat is written beside the update."""
    origin = decode(update).origin  # type: ignore[union-attr]

    assert (origin.chat_id, origin.user_id, origin.language_code) == (101, 101, "zh-hans")
    assert chat_of(update) == 101


@given(JSON)
def test_any_json_is_read_as_something(value: Any) -> None:
    """No JSON at all makes the reader fail, nor the search for its chat."""
    assert isinstance(decode(value), KINDS)
    assert chat_of(value) is None or isinstance(chat_of(value), int)


@given(mutated())
def test_a_damaged_update_is_read_as_something(update: dict[str, Any]) -> None:
    """No damage to a real update makes the reader fail."""
    assert isinstance(decode(update), KINDS)
    assert chat_of(update) is None or isinstance(chat_of(update), int)


@given(mutated())
def test_a_damaged_update_can_be_kept(update: dict[str, Any]) -> None:
    """What was kept of a chat is a number that the database takes."""
    kept = chat_of(update)

    assert kept is None or -(2**63) <= kept < 2**63
