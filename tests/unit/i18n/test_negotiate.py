"""Which language a person is spoken to in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.negotiate import LOCALES, choose, spoken


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-hans", "zh_Hans"),
        ("zh-hant", "zh_Hant"),
        ("ZH_hant", "zh_Hant"),
        ("zh", "zh_Hans"),
        ("zh-cn", "zh_Hans"),
        ("zh-sg", "zh_Hans"),
        ("zh-tw", "zh_Hant"),
        ("zh-hk", "zh_Hant"),
        ("zh-mo", "zh_Hant"),
        ("zh-Hans-TW", "zh_Hans"),
        ("zh-Latn", None),
        ("yue", "zh_Hant"),
        ("pt-br", None),
        ("es-419", None),
        ("uk", None),
        ("de", None),
        ("", None),
        ("not a tag", None),
    ],
)
def test_the_script_decides(tag: str, locale: str | None) -> None:
    """Every form of a tag leads to the language that its reader reads, or to none of ours."""
    assert spoken(tag) == locale


@pytest.mark.parametrize(
    ("own", "record", "code", "locale"),
    [
        ("zh_Hant", "zh_Hans", "en", "zh_Hant"),
        (None, "zh-CN", "en", "zh_Hans"),
        (None, "fr", "zh-hant", "zh_Hant"),
        (None, None, "pt-br", "en"),
        (None, "", None, "en"),
    ],
)
def test_the_own_choice_comes_first(
    own: str | None, record: str | None, code: str | None, locale: str
) -> None:
    """Own choice before the lender's record before the app's language before the default."""
    assert choose(own, record, code) == locale


def test_the_default_may_be_any_of_ours() -> None:
    """Where nothing fits, the installation's default is spoken."""
    assert choose(None, None, "de", "zh_Hant") == "zh_Hant"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_tag_gives_one_of_ours(own: str, record: str, code: str) -> None:
    """Whatever a client sends as a language, the answer is a language that we speak."""
    assert choose(own, record, code) in LOCALES
