"""The rule packs that came with this version, and the lender's own."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.errors import ConfigError
from bot.library.released import released
from flows.errors import ScriptInvalid
from flows.rules import Pack, chain, check_packs, parse_pack

PACKS = files("flows") / "rules" / "packs"


def pack_texts(own: Path | None) -> dict[str, str]:
    """Return the text of every rule pack by file: the shipped ones, then every `.yaml` below the folder `own`."""
    return {**dict(released(PACKS)), **_own_texts(own)}


def _own_texts(own: Path | None) -> dict[str, str]:
    if own is None or not own.is_dir():
        return {}
    return {str(file): file.read_text("utf-8", "replace") for file in sorted(own.rglob("*.yaml"))}


@cache
def every_pack(own: Path | None) -> tuple[Pack, ...]:
    """Return every version of every pack. Raises `ConfigError` for packs that cannot be read or used together."""
    texts = _own_texts(own)
    try:
        parsed = (*_shipped_packs(), *(parse_pack(source, file) for file, source in texts.items()))
    except ScriptInvalid as error:
        raise ConfigError(f"The rule packs cannot be used:\n{error}") from None
    issues = check_packs(parsed) if texts else []  # the shipped ones are proven
    if issues:
        raise ConfigError("The rule packs cannot be used:\n" + "\n".join(map(str, issues)))
    return parsed


@cache
def _shipped_packs() -> tuple[Pack, ...]:
    return tuple(parse_pack(source, file) for file, source in released(PACKS))


@cache
def packs(policy: str, own: Path | None) -> Mapping[str, Sequence[Pack]]:
    """Return the packs that bind in each jurisdiction, `policy` among them. Raises `ConfigError`."""
    parsed = every_pack(own)
    if policy not in {pack.name for pack in parsed}:
        raise ConfigError(f"DOORSTEP_RULE_PACK: there is no pack {policy}; `doorstep rules list` names them.")
    return chain(parsed, policy)
