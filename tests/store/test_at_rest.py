"""Nothing personal is in the file."""

import asyncio
import csv
import hashlib
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from bot.app import prepare
from bot.settings import Settings
from tests.store.databases import ROOT

CASES = files("bot.sandbox") / "cases" / "en.csv"
PERSONAL = ("name", "phone", "address", "latitude", "longitude")


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """Import the story's cases into a fresh installation by a process of its own; return its folder."""
    (tmp_path / "cases.csv").write_text(CASES.read_text("utf-8"), "utf-8")
    asyncio.run(prepare(Settings.model_validate({"data_dir": tmp_path, "database_url": "", "key": None})))
    (tmp_path / "clock").write_text("2027-03-01T09:00:00+00:00")
    environment = {
        "DOORSTEP_DATA_DIR": str(tmp_path),
        "DOORSTEP_CLOCK": str(tmp_path / "clock"),
        "DOORSTEP_API_URL": "http://127.0.0.1:1",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bot", "import", "cases.csv"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert b"3 added" in done.stdout, done.stderr
    return tmp_path


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("doorstep.sqlite3*")))


def test_nothing_personal_is_in_the_file(imported: Path) -> None:
    """After an import no name, phone, address, place or id digits are among the raw bytes, write-ahead log included."""
    raw = _bytes_of(imported)
    with (imported / "cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {row[column] for row in rows[:3] for column in PERSONAL}
    wanted |= {word for value in wanted for word in value.replace(",", " ").split() if len(word) > 3}

    assert b"D-1001" in raw  # so it is the right file
    assert {value for value in wanted if value.encode() in raw} == {"London"} & {
        zone.partition("/")[2] for zone in {row["timezone"] for row in rows}
    }


def test_the_identity_digits_are_in_no_column(imported: Path) -> None:
    """The digits that prove identity are kept neither as text nor as a hash that anybody could try out."""
    connection = sqlite3.connect(imported / "doorstep.sqlite3")
    kept = [value for row in connection.execute("SELECT * FROM cases") for value in row]
    connection.close()

    assert not any("482X" in value for value in kept if isinstance(value, str))
    for name in ("sha256", "sha1", "md5"):
        assert hashlib.new(name, b"482X", usedforsecurity=False).digest() not in kept


def test_the_key_is_not_in_the_database(imported: Path) -> None:
    """The key file is readable by its owner alone, and what it says is not in the database."""
    key = imported / "key"

    assert key.stat().st_mode & 0o077 == 0
    assert key.read_bytes().strip() not in _bytes_of(imported)
