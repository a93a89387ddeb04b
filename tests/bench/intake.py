"""A lender's file of 100,000 rows: read and checked by us, read by pandas; each in a process of its own.

Ours ends with every row checked and typed (telephone numbers, currencies, zones, dates, amounts) and holds one row at a
time; pandas ends with the cells of the whole file as text in memory, nothing checked.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from bot.casework.layouts import CASES
from tests.bench.tables import spread, table

ROWS = 100_000
HEAD = ("file", "MB", "reader", "seconds", "MB at the peak", "of which the rows")
OURS = """
from bot.service.desk.files.headings import headings
from bot.casework.intake import Good, read_sheet
from bot.casework.known import Known
from bot.documents.tables import read_table
from bot.i18n import formats
known = Known(frozenset({"HK"}), frozenset(available_timezones()), formats.currencies(), date(2026, 11, 24), headings())
begin()
rows = sum(isinstance(row, Good) for row in read_sheet(read_table(path), known).rows)
"""
PANDAS = """
import pandas
begin()
read = pandas.read_csv if path.suffix == ".csv" else pandas.read_excel
rows = len(read(path, dtype=str))
"""
FRAME = r"""
import json, re, sys, time
from datetime import date
from pathlib import Path
from zoneinfo import available_timezones
path = Path(sys.argv[1])
def megabytes():
    status = Path("/proc/self/status").read_text()  # ru_maxrss would know of the process that began this one
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024
def begin():
    global since, base
    since, base = time.perf_counter(), megabytes()
{body}
found = dict(rows=rows, seconds=time.perf_counter() - since, peak=megabytes(), grown=megabytes() - base)
print(json.dumps(found))
"""
READERS = {"Doorstep": OURS, "pandas": PANDAS}


def _rows(count: int) -> Iterator[list[str]]:
    """Yield invented cases, every column filled."""
    random = Random(7)
    for n in range(count):
        since = date(2026, 9, 1) + timedelta(days=random.randrange(60))
        told = {
            "case_ref": f"A-{n}",
            "name": f"Person {n} Sample",
            "phone": f"+85291{n % 1_000_000:06d}",
            "id_last4": f"{n % 10_000:04d}",
            "language": "zh-HK",
            "jurisdiction": "HK",
            "timezone": "Asia/Hong_Kong",
            "address": f"Flat {n % 50}A, {n} Example Road",
            "latitude": f"{22 + random.random():.4f}",
            "longitude": f"{114 + random.random():.4f}",
            "currency": "HKD",
            "outstanding": f"{1000 + n % 9000}.{n % 100:02d}",
            "overdue_since": since.isoformat(),
            "due_date": "2026-12-01",
            "last_payment_date": "2026-08-01",
            "vulnerable": "no",
        }
        yield [told.get(name, "12") for name in CASES.columns]


def write(folder: Path, count: int) -> list[Path]:
    """Write the same invented cases as CSV and XLSX."""
    plain, book = folder / "cases.csv", folder / "cases.xlsx"
    with plain.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(CASES.columns), *_rows(count)])
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("cases")
    for row in ([*CASES.columns], *_rows(count)):
        sheet.append(row)
    workbook.save(book)
    return [plain, book]


def measure(reader: str, path: Path) -> dict[str, Any]:
    """Read a file in a process of its own; return rows, seconds, the peak and what it grew by, in MB."""
    script = FRAME.format(body=READERS[reader])
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Return the table and the figures behind it."""
    count, rounds = (500, 1) if quick else (ROWS, 3)
    figures, lines = {}, []
    with tempfile.TemporaryDirectory() as folder:
        for path in write(Path(folder), count):
            size = path.stat().st_size / 1024 / 1024
            for reader in READERS:
                runs = [measure(reader, path) for _ in range(rounds)]
                figures[f"{path.suffix} {reader}"] = runs
                values = [spread([run[name] for run in runs], 1) for name in ("seconds", "peak", "grown")]
                lines.append([path.suffix, f"{size:.1f}", reader, *values])
    return f"Rows: {count:,}, columns: {len(CASES.columns)}\n\n{table(HEAD, lines)}", figures
