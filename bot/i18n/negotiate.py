"""Which of our languages a person reads."""

from functools import lru_cache

from babel.core import get_global, parse_locale

LOCALES = ("en", "zh_Hans", "zh_Hant")
DEFAULT = LOCALES[0]

_CHINESE = frozenset({"zh", "yue"})


def choose(own: str | None, record: str | None, telegram_code: str | None, default: str = DEFAULT) -> str:
    """Return one of `LOCALES`: the person's own choice, else the lender's record, else the app's language.

    Each may be any language tag ("zh-hans", "zh_TW", "pt-br", "es-419"), empty or none. A tag that we
    do not speak is passed over, down to `default`.
    """
    for tag in (own, record, telegram_code):
        if tag and (locale := spoken(tag)):
            return locale
    return spoken(default) or DEFAULT


@lru_cache(maxsize=512)
def spoken(tag: str) -> str | None:
    """Return the one of `LOCALES` that a reader of `tag` reads, or None; script goes before country."""
    try:
        language, territory, script, *_ = parse_locale(tag.strip().replace("_", "-"), sep="-")
    except ValueError:
        return None
    if language == "en":
        return "en"
    if language not in _CHINESE:
        return None
    written = f"zh_{script or _likely_script(language, territory)}"
    return written if written in LOCALES else None


def _likely_script(language: str, territory: str | None) -> str:
    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{territory}") or likely[language]
    return str(parse_locale(full)[2])
