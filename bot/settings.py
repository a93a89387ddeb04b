"""Settings, from the environment (`DOORSTEP_...`) or a `.env` file; every problem is reported at once."""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigError

LONGEST_CREDITOR, LONGEST_CONTACT = 100, 200  # characters: they stand in nearly every message
TELEGRAM_API = "https://api.telegram.org"
LOCALES = ("en", "zh_Hans", "zh_Hant")
_COST = re.compile(r"([A-Z]{3}) (\d+(?:\.\d{1,3})?)")


class Settings(BaseSettings):
    """What differs between installations. Secrets never show in a repr."""

    model_config = SettingsConfigDict(env_prefix="DOORSTEP_", env_file=".env", extra="ignore", frozen=True)

    token: SecretStr | None = Field(None, description="the bot's token from BotFather")
    database_url: str = Field("", description="SQLAlchemy URL; left out: an SQLite file in the data folder")
    data_dir: Path = Field(Path("data"), description="folder for the database, the key and working files")
    api_url: str = Field(TELEGRAM_API, description="root of the Bot API")
    key: SecretStr | None = Field(None, description="encryption key; left out: `init` makes data_dir/key")
    rule_pack: str = Field(
        "policy-default", description="the lender's own policy, on top of each jurisdiction"
    )
    timezone: str = Field("UTC", description="the scheduler's own time zone")
    locale: str = Field("en", description="language where a person has chosen none")
    creditor: str = Field(
        "Your Lender", max_length=LONGEST_CREDITOR, description="the name shown to customers"
    )
    contact: str = Field(
        "",
        max_length=LONGEST_CONTACT,
        description="how a customer reaches a person, such as a telephone number",
    )
    clock: Path | None = Field(None, description="rehearsals only: a file that holds an instant or an offset")
    rate: int = Field(
        30, ge=0, description="messages that Telegram takes in a second; 0: no limit (own server)"
    )
    speed: float = Field(20.0, gt=0, le=300, description="km/h of field staff, along the straight line")
    hold_out_visits: int = Field(
        0, ge=0, le=50, description="percent of new cases that get no visit, to compare"
    )
    hold_out_reminders: int = Field(
        0,
        ge=0,
        le=50,
        description="percent of new cases not reminded ahead of the first payment, to compare",
    )
    visit_cost: str = Field("", description="what one visit costs, as GBP 85, or GBP 85, HKD 400")
    webhook_secret: SecretStr | None = Field(
        None, description="secret that Telegram sends with each webhook call"
    )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("write a tz database name such as Europe/London") from error
        return name

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, locale: str) -> str:
        if locale not in LOCALES:
            raise ValueError(f"write one of {', '.join(LOCALES)}")
        return locale

    @field_validator("visit_cost")
    @classmethod
    def _known_cost(cls, costs: str) -> str:
        if any(_COST.fullmatch(part.strip()) is None for part in costs.split(",") if costs.strip()):
            raise ValueError("write currency and amount, such as GBP 85 or GBP 85.50, HKD 400")
        return costs

    @model_validator(mode="after")
    def _rehearsal_only(self) -> "Settings":
        if self.clock is not None and self.api_url.rstrip("/") == TELEGRAM_API:
            raise ValueError(
                "DOORSTEP_CLOCK is for rehearsals: unset it, or set DOORSTEP_API_URL to a stand-in"
            )
        return self

    @property
    def visit_costs(self) -> Mapping[str, Decimal]:
        """What one visit costs, by currency."""
        return {found[1]: Decimal(found[2]) for found in _COST.finditer(self.visit_cost)}

    @property
    def database(self) -> str:
        """The database's URL, with the default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'doorstep.sqlite3'}"

    @property
    def key_file(self) -> Path:
        """Where `init` puts the key when none is given."""
        return self.data_dir / "key"

    @property
    def evidence(self) -> Path:
        """Where the originals of evidence are kept, sealed."""
        return self.data_dir / "evidence"

    @property
    def own_packs(self) -> Path:
        """Where the lender's own rule packs are looked for."""
        return self.data_dir / "packs"

    @property
    def own_scripts(self) -> Path:
        """Where the lender's own scripts are published."""
        return self.data_dir / "scripts"

    @property
    def own_solutions(self) -> Path:
        """Where the lender's own products are looked for."""
        return self.data_dir / "solutions"


def load_settings() -> Settings:
    """Read the environment; raise `ConfigError` with one line for each problem."""
    try:
        return Settings.model_validate({})
    except ValidationError as error:
        raise ConfigError("\n".join(_sentence(problem) for problem in error.errors())) from None


def _sentence(problem: object) -> str:
    location = ".".join(str(part) for part in problem["loc"])  # type: ignore[index]
    name = f"DOORSTEP_{location.upper()}: " if location else ""
    return f"{name}{problem['msg'].removeprefix('Value error, ')}"  # type: ignore[index]
