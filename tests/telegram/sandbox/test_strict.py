"""The stand-in refuses what Telegram refuses, in Telegram's words."""

import io
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import spec
from bot.sandbox.hands import DEEDS
from bot.sandbox.markup import TAGS, plain_text
from bot.sandbox.methods import MAX_PHOTO
from bot.sandbox.refusal import Refusal
from bot.sandbox.server import SERVED
from bot.sandbox.world import TOKEN, World

ADA = 101
Answer = tuple[int, dict[str, Any]]
Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def session() -> Any:
    """Open plain HTTP: what is refused must not depend on our own client."""
    async with aiohttp.ClientSession() as one:
        yield one


@pytest.fixture
def ask(root: str, session: aiohttp.ClientSession) -> Ask:
    """Return a caller of a method that tells status and answer."""

    async def call(method: str, token: str = TOKEN, **params: Any) -> Answer:
        async with session.post(f"{root}/bot{token}/{method}", json=params) as response:
            return response.status, await response.json()

    return call


def text(**fields: Any) -> dict[str, Any]:
    """Return a text to Ada."""
    return {"chat_id": ADA, "text": "Hello"} | fields


def keys(*buttons: dict[str, Any]) -> dict[str, Any]:
    """Return a text with a row of buttons for each."""
    return text(reply_markup={"inline_keyboard": [[button] for button in buttons]})


BUTTON = {"text": "Yes", "callback_data": "5:1:yes"}
REFUSED: tuple[tuple[str, dict[str, Any], int, str], ...] = (
    ("sendMassage", text(), 404, "Not Found"),
    ("sendMessage", text(colour="red"), 400, "unknown parameter colour"),
    ("sendMessage", text(text=5), 400, 'wrong type of "text"'),
    ("sendMessage", text(disable_notification="yes"), 400, 'wrong type of "disable_notification"'),
    ("sendMessage", text(chat_id=True), 400, 'wrong type of "chat_id"'),
    ("sendMessage", {"chat_id": ADA}, 400, "message text is empty"),
    ("sendMessage", {"text": "x"}, 400, "chat_id is empty"),
    ("sendMessage", text(text=""), 400, "message text is empty"),
    ("sendMessage", text(text=" \n "), 400, "message text is empty"),
    ("sendMessage", text(text="<b></b>", parse_mode="HTML"), 400, "message text is empty"),
    ("sendMessage", text(text="x" * 4097), 400, "message is too long"),
    ("sendMessage", text(text="<b>" + "x" * 4097 + "</b>", parse_mode="HTML"), 400, "message is too long"),
    ("sendMessage", text(text="<b>x", parse_mode="HTML"), 400, "Can't find end tag"),
    ("sendMessage", text(text="x</b>", parse_mode="HTML"), 400, "Unexpected end tag"),
    ("sendMessage", text(text="<b><i>x</b></i>", parse_mode="HTML"), 400, "Unexpected end tag"),
    ("sendMessage", text(text="<div>x</div>", parse_mode="HTML"), 400, 'Unsupported start tag "div"'),
    ("sendMessage", text(text="2 < 3", parse_mode="HTML"), 400, "can't parse entities"),
    ("sendMessage", keys(BUTTON | {"callback_data": "x" * 65}), 400, "BUTTON_DATA_INVALID"),
    ("sendMessage", keys(BUTTON | {"callback_data": "签" * 22}), 400, "BUTTON_DATA_INVALID"),
    ("sendMessage", keys(BUTTON | {"callback_data": ""}), 400, "BUTTON_DATA_INVALID"),
    ("sendMessage", keys(BUTTON | {"text": ""}), 400, "button text is empty"),
    ("sendMessage", keys({"text": "Yes"}), 400, "Text buttons are unallowed"),
    ("sendMessage", keys(BUTTON | {"colour": "red"}), 400, "colour"),
    ("sendMessage", keys(*[BUTTON] * 101), 400, "reply markup is too long"),
    ("sendMessage", text(chat_id=9999), 400, "chat not found"),
    ("sendMessage", text(chat_id="@nobody"), 400, "chat not found"),
    ("sendDocument", {"chat_id": ADA, "document": "f", "caption": "x" * 1025}, 400, "caption is too long"),
    ("sendDocument", {"chat_id": ADA}, 400, "document is required"),
    (
        "sendVenue",
        {"chat_id": ADA, "latitude": 1.0, "longitude": 2.0, "title": "T"},
        400,
        "address is required",
    ),
    ("editMessageText", text(message_id=77), 400, "message to edit not found"),
    ("deleteMessage", {"chat_id": ADA, "message_id": 77}, 400, "message to delete not found"),
    ("answerCallbackQuery", {"callback_query_id": "77"}, 400, "query is too old"),
    ("getFile", {"file_id": "none"}, 400, "wrong file_id"),
    ("setMyCommands", {"commands": [{"command": "Today", "description": "d"}]}, 400, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "today", "description": ""}]}, 400, "DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [], "language_code": "zh-hans"}, 400, "language code"),
    ("getUpdates", {"timeout": "long"}, 400, 'wrong type of "timeout"'),
)


@pytest.mark.parametrize(("method", "params", "status", "words"), REFUSED)
async def test_it_refuses_what_telegram_refuses(
    ask: Ask, world: World, method: str, params: dict[str, Any], status: int, words: str
) -> None:
    """Each wrong call is answered with its status and words, and nothing is done."""
    code, answer = await ask(method, **params)

    assert (code, answer["ok"], answer["error_code"]) == (status, False, status)
    assert words in answer["description"]
    assert world.chat(ADA).messages == []


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", text()),
        ("SENDMESSAGE", text()),
        ("sendMessage", text(chat_id=str(ADA))),
        ("sendMessage", text(text="x" * 4096)),
        ("sendMessage", text(text="<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")),
        ("sendMessage", keys(BUTTON | {"callback_data": "x" * 64}, *[BUTTON] * 99)),
        ("sendVenue", {"chat_id": ADA, "latitude": 1, "longitude": 2.0, "title": "T", "address": "A"}),
    ],
)
async def test_it_takes_what_telegram_takes(
    ask: Ask, world: World, method: str, params: dict[str, Any]
) -> None:
    """What is just within the limits is done."""
    code, answer = await ask(method, **params)

    assert (code, answer["ok"]) == (200, True)
    assert len(world.chat(ADA).messages) == 1


async def test_a_wrong_token_is_unauthorised(ask: Ask) -> None:
    """Nobody else's token works."""
    assert (await ask("getMe", token="1:x"))[0] == 401


async def test_a_chat_that_blocked_the_bot_is_forbidden(ask: Ask, world: World) -> None:
    """After a block every message is a 403, until the person comes back."""
    DEEDS["block"](world, world.chat(ADA), {})
    code, answer = await ask("sendMessage", **text())
    assert (code, answer["description"]) == (403, "Forbidden: bot was blocked by the user")
    DEEDS["unblock"](world, world.chat(ADA), {})

    assert (await ask("sendMessage", **text()))[0] == 200


async def test_an_edit_that_changes_nothing_is_said(ask: Ask) -> None:
    """The same text and buttons again are refused as not modified; other buttons are a change."""
    _, sent = await ask("sendMessage", **keys(BUTTON))
    same = keys(BUTTON) | {"message_id": sent["result"]["message_id"]}

    assert "not modified" in (await ask("editMessageText", **same))[1]["description"]
    assert (await ask("editMessageText", **same | {"reply_markup": {"inline_keyboard": []}}))[0] == 200


async def test_a_persons_own_message_cannot_be_edited(ask: Ask, world: World) -> None:
    """The bot changes only what it said itself."""
    DEEDS["say"](world, world.chat(ADA), {"text": "mine"})
    number = world.chat(ADA).messages[0].message_id

    assert "can't be edited" in (await ask("editMessageText", **text(message_id=number)))[1]["description"]


async def test_a_tap_is_answered_once(ask: Ask, world: World) -> None:
    """The second answer to the same tap is too late."""
    query = {"callback_query_id": world.new_query(ADA), "text": "Noted"}

    assert [(await ask("answerCallbackQuery", **query))[0] for _ in "ab"] == [200, 400]
    assert world.chat(ADA).notices == ["Noted"]


async def test_an_offset_confirms_what_is_below_it(ask: Ask, world: World) -> None:
    """Updates come again until a later offset confirms them."""
    for word in "abc":
        DEEDS["say"](world, world.chat(ADA), {"text": word})
    first = (await ask("getUpdates", limit=2))[1]["result"]
    again = (await ask("getUpdates"))[1]["result"]
    rest = (await ask("getUpdates", offset=first[-1]["update_id"] + 1))[1]["result"]

    assert (len(first), len(again), len(rest)) == (2, 3, 1)
    assert (await ask("getUpdates"))[1]["result"] == rest


async def test_only_the_kinds_asked_for_come(ask: Ask, world: World) -> None:
    """Updates of other kinds than allowed are not delivered."""
    DEEDS["say"](world, world.chat(ADA), {"text": "a"})
    DEEDS["block"](world, world.chat(ADA), {})
    found = (await ask("getUpdates", allowed_updates=["my_chat_member"]))[1]["result"]

    assert ["my_chat_member" in one for one in found] == [True]


async def test_polling_and_a_webhook_exclude_each_other(ask: Ask) -> None:
    """While a webhook is set polling is a conflict."""
    await ask("setWebhook", url="https://bot.example/telegram")
    assert (await ask("getUpdates"))[0] == 409
    await ask("deleteWebhook")

    assert (await ask("getUpdates"))[0] == 200


@pytest.mark.parametrize("model", ["bucket", "window"])
async def test_the_limit_is_struck_by_what_is_above_it(ask: Ask, server: Any, model: str) -> None:
    """As many at once go as fit; of the next ones some are told how long to wait, and what is no message never is."""
    server.limits.model = model
    server.limits.per_second = 5
    codes = [(await ask("sendMessage", **text(text=str(number))))[0] for number in range(12)]
    late, answer = await ask("sendMessage", **text())

    assert codes[:5] == [200] * 5
    assert late == 429
    assert answer["parameters"]["retry_after"] > 0
    for free in ("getMe", "deleteWebhook"):
        assert (await ask(free))[0] == 200


def test_every_served_method_is_published() -> None:
    """Nothing is served that the Bot API does not have."""
    assert set(spec.methods().values()) >= SERVED


async def test_a_photo_has_a_largest_size(root: str, session: aiohttp.ClientSession, world: World) -> None:
    """10 MB are taken as a photo, more is refused as Telegram does; as a document it goes through."""
    world.chat(ADA).opened = True

    async def send(method: str, field: str, size: int) -> Answer:
        form = aiohttp.FormData({"chat_id": str(ADA)})
        form.add_field(field, io.BytesIO(bytes(size)), filename="p.jpg")
        async with session.post(f"{root}/bot{TOKEN}/{method}", data=form) as response:
            return response.status, await response.json()

    assert (await send("sendPhoto", "photo", MAX_PHOTO))[0] == 200
    code, answer = await send("sendPhoto", "photo", MAX_PHOTO + 1)
    assert (code, "too big for a photo" in answer["description"]) == (400, True)
    assert (await send("sendDocument", "document", MAX_PHOTO + 1))[0] == 200


async def test_every_method_is_answered(ask: Ask) -> None:
    """No published method is a fault of ours: what is not served is not found."""
    codes = {name: (await ask(name))[0] for name in spec.methods().values()}

    assert {name for name, code in codes.items() if code == 404} == set(codes) - SERVED
    assert set(codes.values()) <= {200, 400, 404}


@given(st.one_of(st.text(max_size=60), st.text("<>/&;bi \"'=ax#1", max_size=40)))
def test_reading_html_refuses_or_reads(source: str) -> None:
    """No text makes the reader fail in any other way than Telegram's."""
    with suppress(Refusal):
        assert len(plain_text(source)) <= len(source)


@given(st.sampled_from(sorted(TAGS)), st.text("abc 日", max_size=10))
def test_tags_that_fit_leave_their_words(tag: str, words: str) -> None:
    """Of a well-formed text the words remain."""
    assert plain_text(f"<{tag}>{words}</{tag}>") == words
