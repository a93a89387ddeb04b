"""What a button carries is short, says nothing about anybody, and is read back or refused."""

from hypothesis import given
from hypothesis import strategies as st

from bot.service.inbound.reference import MAX_BYTES, ActionTap, PromptTap, parse, prompt_data

IDS = st.integers(0, 2**63 - 1)
OPTIONS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_:-", min_size=1, max_size=24)


@given(st.text(max_size=90))
def test_reading_never_fails(data: str) -> None:
    """Whatever a button carries is read as ours or as nothing."""
    found = parse(data)

    assert found is None or isinstance(found, PromptTap | ActionTap)


@given(IDS, st.integers(0, 9999), OPTIONS)
def test_a_prompt_button_is_read_back(session_id: int, prompt_no: int, option: str) -> None:
    """What was written is what is read, within 64 bytes."""
    data = prompt_data(session_id, prompt_no, option)

    assert parse(data) == PromptTap(session_id, prompt_no, option)
    assert len(data.encode()) <= MAX_BYTES


@given(st.text("abcdefghij", min_size=1, max_size=12), IDS, st.one_of(st.just(""), OPTIONS))
def test_an_action_button_is_read_back(verb: str, subject_id: int, extra: str) -> None:
    """A verb of letters is an action, with or without something behind it."""
    data = f"{verb}:{subject_id}:{extra}" if extra else f"{verb}:{subject_id}"

    assert parse(data) == ActionTap(verb, subject_id, extra)


@given(st.text(min_size=MAX_BYTES + 1, max_size=200))
def test_what_is_too_long_is_not_ours(tail: str) -> None:
    """Nothing above Telegram's limit is ours."""
    assert parse(f"1:2:{tail}") is None
