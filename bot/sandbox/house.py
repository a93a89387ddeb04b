"""The lender of every rehearsal: the same on each machine, whatever that machine's own settings say."""

import os
from collections.abc import Mapping
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings

from bot.sandbox.world import TOKEN
from bot.settings import Settings

CREDITOR, CONTACT = "Harbour Bank", "+44 20 7946 0000"
ZONE = "Europe/London"  # of the lender's own desk


def house(data_dir: Path, locale: str = "en", timezone: str = ZONE) -> Settings:
    """Return its settings; what is not said here is as in a new installation, and never as in the environment."""
    fresh = {name: field.get_default() for name, field in Settings.model_fields.items()}
    ours = {
        "creditor": CREDITOR,
        "contact": CONTACT,
        "data_dir": data_dir,
        "locale": locale,
        "timezone": timezone,
    }
    return Settings.model_validate({**fresh, **ours})


class _Beside(BaseSettings):
    model_config = Settings.model_config

    token: SecretStr | None = None


def real_token() -> bool:
    """Is there a real bot's token in the environment or in a `.env` file, as a bot started here would find it?"""
    token = _Beside().token
    return token is not None and token.get_secret_value() not in ("", TOKEN)


def neutral_environment() -> Mapping[str, str]:
    """Return this process's environment without any setting of a bot of its owner's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DOORSTEP_")}
