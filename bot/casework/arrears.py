"""How far behind a case is: days past due, and the bucket that lenders report it in."""

from datetime import date

BUCKETS = ((0, "0"), (30, "1-30"), (60, "31-60"), (90, "61-90"))  # up to and including so many days
LAST = "90+"


def days_past_due(overdue_since: date, today: date) -> int:
    """Return the days since the oldest unpaid amount fell due, never below 0; both are local days of the case."""
    return max(0, (today - overdue_since).days)


def bucket(days: int) -> str:
    """Return the bucket of so many days past due: 0, 1-30, 31-60, 61-90 or 90+."""
    return next((name for most, name in BUCKETS if days <= most), LAST)
