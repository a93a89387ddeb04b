"""The press for reports, one for the whole process: it keeps the fonts that it has cut."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.documents.report_press import ReportPress


@cache
def press() -> "ReportPress":
    """Return the press. It is set up when something is first printed: reportlab takes its time to be read."""
    from bot.documents.report_press import ReportPress  # noqa: PLC0415

    return ReportPress()
