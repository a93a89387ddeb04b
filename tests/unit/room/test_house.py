"""A rehearsal is the same on every machine, and touches no bot of its owner's."""

from pathlib import Path

import pytest

from bot.sandbox.house import house, neutral_environment, real_token
from bot.sandbox.world import TOKEN

OWNERS = {
    "DOORSTEP_DATABASE_URL": "postgresql+asyncpg://bank.example/production",
    "DOORSTEP_RULE_PACK": "policy-of-the-bank",
    "DOORSTEP_CREDITOR": "Somebody's Bank",
    "DOORSTEP_KEY": "not-a-key",
    "DOORSTEP_WEBHOOK_SECRET": "a-secret",
    "DOORSTEP_HOLD_OUT_VISITS": "50",
}


@pytest.fixture
def owned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder and an environment in which somebody's real bot is set up."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("DOORSTEP_TIMEZONE=Asia/Tokyo\nDOORSTEP_SPEED=77\n")
    for name, value in OWNERS.items():
        monkeypatch.setenv(name, value)
    return tmp_path


def test_the_lender_is_the_same_everywhere(owned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the owner's reaches the lender of a rehearsal."""
    ours = house(owned)
    for name in OWNERS:
        monkeypatch.delenv(name)
    (owned / ".env").unlink()

    assert ours == house(owned)
    assert (ours.timezone, ours.speed) == ("Europe/London", 20.0)


def test_processes_of_a_rehearsal_know_no_setting(owned: Path) -> None:
    """What they are started with holds nothing of the owner's bot."""
    assert not [name for name in neutral_environment() if name.startswith("DOORSTEP_")]


@pytest.mark.parametrize(
    ("line", "real"), [(f"DOORSTEP_TOKEN={TOKEN}", False), ("DOORSTEP_TOKEN=1:real", True), ("", False)]
)
def test_a_real_token_is_seen_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, *, real: bool
) -> None:
    """A token in `.env` counts as one in the environment does; the stand-in's own is none."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOORSTEP_TOKEN", raising=False)
    (tmp_path / ".env").write_text(line)

    assert real_token() is real
