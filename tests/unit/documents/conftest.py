"""Workbooks made for a test, as bytes."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Fill = Callable[[Worksheet], None]


@pytest.fixture
def workbook() -> Callable[[Fill], bytes]:
    def make(fill: Fill) -> bytes:
        book = Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        fill(sheet)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def with_part() -> Callable[[bytes, str, bytes], bytes]:
    """Put other content in place of one part of a workbook."""

    def replace(data: bytes, part: str, content: bytes) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry.filename, content if entry.filename == part else old.read(entry))
        return out.getvalue()

    return replace
