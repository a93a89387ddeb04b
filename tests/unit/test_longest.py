"""The longest words that messages are proven with: all of them, and none shorter than what can come."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot import library
from bot.cli import app
from bot.i18n import catalogues, formats
from bot.i18n.negotiate import LOCALES
from bot.longest import lengths
from bot.longest.speaker import Speaker
from bot.service.conversations.values import PLACEHOLDERS
from flows.script.lint import Lengths
from flows.script.texts import texts

TEXTS = catalogues.load()
SPEAKERS = {locale: Speaker(locale, TEXTS) for locale in LOCALES}
LOCALE = st.sampled_from(LOCALES)


@pytest.fixture(scope="module")
def found() -> Mapping[str, Lengths]:
    return lengths(TEXTS, library.scripts()[1].values())


def test_every_placeholder_has_its_longest_words(found: Mapping[str, Lengths]) -> None:
    """None counts as nothing: neither a placeholder, nor a value that some text of a script shows."""
    shown = {
        name for script in library.scripts()[1].values() for text in texts(script) for name in text.names
    }

    for one in found.values():
        assert {*PLACEHOLDERS, *shown} - {*one.filled} == set()
        assert one.lines > 0


@given(
    locale=LOCALE, minor=st.integers(0, 10**15 - 1), currency=st.sampled_from(sorted(formats.currencies()))
)
def test_no_amount_is_longer(locale: str, minor: int, currency: str) -> None:
    """In whichever currency."""
    assert len(formats.money(locale, minor, currency)) <= len(SPEAKERS[locale].money)


@given(locale=LOCALE, day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), hour=st.integers(0, 22))
def test_no_day_is_longer(locale: str, day: date, hour: int) -> None:
    """Neither a date, nor a day with its weekday, nor a time."""
    speaker, start = SPEAKERS[locale], datetime(day.year, day.month, day.day, hour, tzinfo=UTC)

    assert len(formats.date(locale, day)) <= len(speaker.date)
    assert len(formats.day(locale, "UTC", start)) <= len(speaker.day)
    assert len(formats.span(locale, "UTC", start, start + timedelta(hours=1))) <= len(speaker.time)


@pytest.mark.parametrize(
    ("setting", "words"), [("DOORSTEP_CREDITOR", "B" * 101), ("DOORSTEP_CONTACT", "0" * 201)]
)
def test_no_setting_is_longer(setting: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in every message is refused at the start when it takes the room of the rest."""
    monkeypatch.setenv(setting, words)
    done = CliRunner().invoke(app, ["doctor"])

    assert done.exit_code == 1
    assert setting in f"{done.output}{done.exception}"
