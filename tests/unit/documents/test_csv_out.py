from pathlib import Path

import pytest

from bot.documents.tables import read_table, write_csv
from bot.errors import InputRefused


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1", "+44-20"],
)
def test_formulas(cell: str, tmp_path: Path) -> None:
    """A cell that a spreadsheet might run gets an apostrophe in front."""
    write_csv(tmp_path / "out.csv", ["a"], [[cell]])
    assert list(read_table(tmp_path / "out.csv"))[1] == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["+442079460123", "+44 20 7946 0123", "-12.50", "王小明", "a=b", "", "1-2"])
def test_harmless(cell: str, tmp_path: Path) -> None:
    """Telephone numbers, signed amounts and plain words come out as they went in."""
    write_csv(tmp_path / "out.csv", ["a", "b"], [[cell, "x"]])
    assert list(read_table(tmp_path / "out.csv"))[1] == [cell, "x"]


def test_for_excel(tmp_path: Path) -> None:
    """The file begins with a byte order mark, by which Excel knows UTF-8, and only its owner can read it."""
    path = tmp_path / "out.csv"
    write_csv(path, ["姓名"], [])
    assert path.read_bytes() == "\ufeff姓名\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    """Rows that fail in the middle leave the old file and no other."""

    def rows() -> list[list[str]]:
        raise OSError(28, "No space left on device")

    path = tmp_path / "out.csv"
    write_csv(path, ["old"], [])
    with pytest.raises(InputRefused, match="cannot be written"):
        write_csv(path, ["new"], (row for _ in [0] for row in rows()))
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
    assert list(read_table(path)) == [["old"]]
