"""The catalogues that ship."""

import re
from functools import cache

import pytest

from bot.i18n.catalogues import Catalogues, load
from bot.i18n.extract import found_texts
from bot.i18n.folder import DOMAINS, locales_folder

LONGEST_MESSAGE = 4096
LABELS = (
    "Confirm", "Another time", "Not me", "I need help", "This is wrong", "Stop messages", "Check in", "Next",
    "Back", "Note", "Tension", "Asked to leave", "SOS", "Check out", "I have paid", "Approve all",
)  # fmt: skip
MAINLAND = re.compile(
    "[“这为发还时认证录调约过问联络们对说请话语简从开间让给门务应个会没关实选择点击钮访谁]|短信|屏幕|质量|信息|视频|默认"
)
TAIWAN = re.compile(
    "[「這為發還時認證錄調約過問聯們對說請話語簡從開間讓給門務應個會沒關實選擇點訪誰]|簡訊|螢幕|資訊|連結|預設"
)


@pytest.fixture(scope="module")
def catalogues() -> Catalogues:
    return load()


@cache
def every_text() -> tuple[tuple[str, str], ...]:
    """Return context and English of every text that ships."""
    found = [text for domain in DOMAINS for text in found_texts(locales_folder().parent, domain)]
    return tuple(
        (text.context, text.msgid if isinstance(text.msgid, str) else text.msgid[0]) for text in found
    )


def test_every_language_has_every_text(catalogues: Catalogues) -> None:
    """No text is missing in any language."""
    gaps = [
        (locale, context)
        for locale in catalogues.locales
        for context, msgid in every_text()
        if not catalogues.lookup(locale, context, msgid)
    ]
    assert gaps == []


def test_the_labels_that_others_rely_on_exist() -> None:
    """The English labels of the contract are all there."""
    assert set(LABELS) - {msgid for _, msgid in every_text()} == set()


def test_every_text_fits_a_message(catalogues: Catalogues) -> None:
    """Telegram's limit holds in every language, counted as Telegram counts."""
    longest = max(
        len(catalogues.text(locale, context, msgid).encode("utf-16-le")) // 2
        for locale in catalogues.locales
        for context, msgid in every_text()
    )
    assert longest < LONGEST_MESSAGE


def test_no_chinese_is_a_converted_text(catalogues: Catalogues) -> None:
    """Each Chinese has its own characters and its own words."""
    for context, msgid in every_text():
        if not msgid.isascii() and ("请选择语言" in msgid or "中文" in msgid):
            continue  # says the same in every language
        hant = catalogues.text("zh_Hant", context, msgid)
        hans = catalogues.text("zh_Hans", context, msgid)
        assert not MAINLAND.search(hant), hant
        assert not TAIWAN.search(hans), hans
