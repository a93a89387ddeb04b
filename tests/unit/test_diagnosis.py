"""What `doctor` says of the disk."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import diagnosis
from bot.errors import StoreFull
from bot.settings import Settings


def _with_free(monkeypatch: pytest.MonkeyPatch, megabytes: int) -> None:
    free = megabytes * diagnosis.MEGABYTE
    monkeypatch.setattr(diagnosis.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))


async def test_a_disk_that_is_nearly_full_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is said before it is none, with how much there is."""
    _with_free(monkeypatch, 12)

    with pytest.raises(StoreFull, match=r"12 MB left.*free some space"):
        await diagnosis._disk(Settings(data_dir=tmp_path, _env_file=None))


async def test_an_evidence_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A file, or a folder of somebody else's, in the place of the evidence folder is said with what to do."""
    settings = Settings(data_dir=tmp_path, _env_file=None)
    assert "can be written" in await diagnosis._evidence(settings)
    settings.evidence.write_text("in its place")

    with pytest.raises(StoreFull, match=r"cannot be written .*let Doorstep write there"):
        await diagnosis._evidence(settings)


async def test_evidence_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The evidence folder may be a disk of its own, and is looked at by itself."""
    _with_free(monkeypatch, 12)

    with pytest.raises(StoreFull, match=r"12 MB left.*evidence"):
        await diagnosis._evidence(Settings(data_dir=tmp_path, _env_file=None))


async def test_room_is_told_even_before_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is still to be made is on the disk of the one around it."""
    _with_free(monkeypatch, 5_000)

    assert await diagnosis._disk(Settings(data_dir=tmp_path / "data", _env_file=None)) == "5,000 MB left"
