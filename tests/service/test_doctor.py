"""What `doctor` says of the rules."""

from pathlib import Path

import pytest

from bot.diagnosis import _rules
from bot.errors import ConfigError
from bot.settings import Settings
from tests.service.test_barred import OVERRIDE


async def test_doctor_lists_who_has_not_signed_and_what_is_set_aside(tmp_path: Path) -> None:
    """The packs that nobody has reviewed, one's own among them, and each override with who made it."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.yaml").write_text(OVERRIDE, "utf-8")

    said = await _rules(Settings(data_dir=tmp_path, rule_pack="policy-own", _env_file=None))

    assert said.startswith("18 packs; not yet reviewed by you: AU, CN, ")
    assert "policy-own" in said
    assert said.endswith("set aside: cn-channel-messenger by R. Viewer")


async def test_doctor_refuses_a_broken_pack(tmp_path: Path) -> None:
    """A pack of one's own that does not hold is found, with file and line."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "own.yaml").write_text(OVERRIDE.replace("by: R. Viewer", 'by: ""'), "utf-8")

    with pytest.raises(ConfigError, match=r"own\.yaml:\d+"):
        await _rules(Settings(data_dir=tmp_path, rule_pack="policy-own", _env_file=None))
