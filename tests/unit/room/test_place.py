"""The folder of the demo: its own, one demo at a time, and recordings outlive a fresh start."""

from pathlib import Path

import pytest

from bot.errors import InputRefused
from bot.room.place import occupied


def furnished(folder: Path) -> Path:
    """Return a folder in which a demo was, with a recording."""
    with occupied(folder, fresh=False):
        for name in ("data", "recordings"):
            (folder / name).mkdir()
            (folder / name / "one").write_text("kept")
        (folder / "room.json").write_text("{}")
    return folder


def names(folder: Path) -> set[str]:
    """Return what lies in a folder, but for what is hidden."""
    return {one.name for one in folder.iterdir() if not one.name.startswith(".")}


def test_it_goes_on(tmp_path: Path) -> None:
    """Nothing of a room that was left is thrown away."""
    with occupied(furnished(tmp_path), fresh=False):
        assert names(tmp_path) == {"data", "recordings", "room.json"}


def test_fresh_keeps_the_recordings(tmp_path: Path) -> None:
    """A fresh start throws away what the room keeps, and no recording."""
    with occupied(furnished(tmp_path), fresh=True):
        assert names(tmp_path) == {"recordings"}
        assert (tmp_path / "recordings" / "one").read_text() == "kept"


def test_a_start_that_came_to_no_end_is_forgotten(tmp_path: Path) -> None:
    """Data without the room that belongs to them are thrown away."""
    (furnished(tmp_path) / "room.json").unlink()
    with occupied(tmp_path, fresh=False):
        assert names(tmp_path) == {"recordings"}


@pytest.mark.parametrize("fresh", [True, False])
def test_what_is_somebody_elses_stays(tmp_path: Path, *, fresh: bool) -> None:
    """A folder with other things in it, such as a real bot's data, is refused untouched."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "doorstep.sqlite3").write_text("real")

    with pytest.raises(InputRefused, match="holds something else"), occupied(tmp_path, fresh=fresh):
        pytest.fail("was let in")
    assert (tmp_path / "data" / "doorstep.sqlite3").read_text() == "real"


def test_one_at_a_time(tmp_path: Path) -> None:
    """Where a demo is open a second one is refused, even a fresh one."""
    with (
        occupied(furnished(tmp_path), fresh=False),
        pytest.raises(InputRefused, match="open already"),
        occupied(tmp_path, fresh=True),
    ):
        pytest.fail("was let in")
    assert "room.json" in names(tmp_path)
