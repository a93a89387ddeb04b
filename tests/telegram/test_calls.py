"""Every call that is built is one that Telegram takes."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import spec
from bot.sandbox.markup import plain_text
from bot.service.outbound.outgoing import Call
from bot.telegram.calls import MAX_TEXT, TelegramCalls
from flows.engine import Option, SendPrompt
from flows.script.model import InputKind, Text

CALLS = TelegramCalls()
CHAT = 101
LABELS = {"yes": "Yes", "no": "No", "sos": "SOS"}
LONGEST_ID = 2**63 - 1


def prompt(*options: Option, **fields: Any) -> SendPrompt:
    """Return a question with options."""
    base: dict[str, Any] = {
        "text": Text("s/q/text", "q"),
        "input": InputKind.CHOICE,
        "options": options,
        "prompt_no": 3,
    }
    return SendPrompt(**base | fields)


CHOICE = (Option("yes"), Option("no", style="danger"), Option("sos", permanent=True))
EVERY = (
    CALLS.say(CHAT, "Hello <b>you</b>"),
    CALLS.ask(CHAT, "Well?", prompt(*CHOICE), LABELS, 5),
    CALLS.ask(CHAT, "Well?", prompt(*CHOICE, columns=2, progress=(2, 8)), LABELS, LONGEST_ID),
    CALLS.ask(CHAT, "Well?", prompt(*CHOICE), LABELS, 5, edit=7),
    CALLS.ask(CHAT, "How many?", prompt(input=InputKind.NUMBER), {}, 5),
    CALLS.close(CHAT, 7),
    CALLS.answer("99"),
    CALLS.answer("99", "x" * 500),
    CALLS.menu(CHAT, "Today", [[("Visit", "visit:5")], [("Link", "take:6")]]),
    CALLS.document(CHAT, "visit.ics", b"x", "A <b>file</b>"),
    CALLS.venue(CHAT, 51.5, -0.12, "Here", "12 Elm Grove"),
)


def with_files(call: Call) -> Mapping[str, Any]:
    """Return a payload as it arrives, files included."""
    return {**call.payload, **(call.files or {})}


@pytest.mark.parametrize("call", EVERY, ids=lambda call: call.method)
def test_a_call_fits_the_published_api(call: Call) -> None:
    """Each call has only parameters that its method knows, all of the right type, none that it needs missing."""
    spec.check(call.method, with_files(call))


def buttons(call: Call) -> list[dict[str, str]]:
    """Return the inline buttons of a call."""
    return [button for row in call.payload["reply_markup"]["inline_keyboard"] for button in row]


def test_the_longest_button_fits() -> None:
    """The largest numbers and the longest option id stay within 64 bytes."""
    option = "a" * 24
    call = CALLS.ask(CHAT, "?", prompt(Option(option), prompt_no=9999), {option: "A"}, LONGEST_ID)

    assert all(len(button["callback_data"].encode()) <= 64 for button in buttons(call))


def test_options_stand_in_their_columns_and_what_is_always_there_below() -> None:
    """Own options come first, in columns; the permanent ones have rows of their own."""
    options = [
        *(Option(str(number)) for number in range(5)),
        *(Option(f"p{one}", permanent=True) for one in range(4)),
    ]
    labels = {option.id: option.id for option in options}
    call = CALLS.ask(CHAT, "?", prompt(*options, columns=2), labels, 5)

    rows = [[button["text"] for button in row] for row in call.payload["reply_markup"]["inline_keyboard"]]
    assert rows == [["0", "1"], ["2", "3"], ["4"], ["p0", "p1", "p2"], ["p3"]]


@given(st.text(max_size=60))
def test_somebodys_words_stay_words(words: str) -> None:
    """Escaped words are shown as they were written, whatever they look like."""
    assert plain_text(CALLS.escape(words)) == words


@given(st.text("ab<>&'\" \n", max_size=40), st.integers(1, 12), st.integers(0, 12))
def test_a_numbered_question_says_how_far_one_is(words: str, this: int, more: int) -> None:
    """The progress line has as many marks as questions, and one line only."""
    call = CALLS.ask(CHAT, CALLS.escape(words), prompt(*CHOICE, progress=(this, this + more)), LABELS, 5)
    first = call.payload["text"].partition("\n")[0]

    assert first.startswith(f"{this}/{this + more} ")
    assert len(first.rpartition(" ")[2]) == this + more


@pytest.mark.parametrize("tail", ["&amp;" * 3, "<b>bold</b>", "x" * 50])
@pytest.mark.parametrize("before", range(MAX_TEXT - 12, MAX_TEXT + 1))
def test_a_text_that_is_too_long_is_cut_where_it_may_be(before: int, tail: str) -> None:
    """What is cut is still read by Telegram: no half tag, no half sign, and not above the limit."""
    call = CALLS.say(CHAT, "x" * before + tail)

    assert len(plain_text(call.payload["text"])) <= MAX_TEXT
    assert plain_text(call.payload["text"])[: MAX_TEXT - 13] == "x" * (MAX_TEXT - 13)
