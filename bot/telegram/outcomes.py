"""How a call ended, as what becomes of its row: pure."""

from datetime import datetime, timedelta
from typing import Any

from bot.errors import OutcomeUnknown, Rejected, RetryLater, SendError
from bot.service.outbound.outgoing import Outgoing, Result, State
from bot.telegram.pace import UNPACED

MAX_ATTEMPTS = 8  # of a prompt to staff whose outcome stays unknown
MAX_REST = 64.0  # seconds between two attempts
REST = 5.0  # seconds after a fault of ours, before anything was sent
UNMODIFIED = "message is not modified"


def arrived(row: Outgoing, answer: Any) -> Result:
    """Note the id of a message that is new; where one was edited, its row knows it."""
    is_new = isinstance(answer, dict) and "message_id" not in row.call.payload
    return Result(row.id, State.SENT, message_id=answer.get("message_id") if is_new else None)


def failed(row: Outgoing, error: SendError, now: datetime) -> Result:
    """Return what becomes of a row that Telegram did not take, or did not answer for."""
    if isinstance(error, RetryLater):  # it did not arrive: however long the outage, it goes again
        rest = max(error.after, min(2.0**row.attempts, MAX_REST))
        return _again(row, error.description, now, rest)
    if isinstance(error, OutcomeUnknown):
        return in_doubt(row, error.description, now)
    if isinstance(error, Rejected) and UNMODIFIED in error.description.lower():
        return arrived(row, None)
    return Result(row.id, State.FAILED, fault=error.description)


def in_doubt(row: Outgoing, fault: str, now: datetime) -> Result:
    """Nobody knows whether it arrived: to a customer it is not repeated by itself, a prompt to staff is."""
    if row.contact and row.call.method.startswith("send"):
        return Result(row.id, State.UNKNOWN, fault=fault)
    if row.attempts >= MAX_ATTEMPTS or row.call.method in UNPACED:
        return Result(row.id, State.FAILED, fault=fault)
    return _again(row, fault, now, 0.0)


def not_sent(row: Outgoing, fault: str, now: datetime) -> Result:
    """It never left, by a fault of ours."""
    return _again(row, fault, now, REST)


def _again(row: Outgoing, fault: str, now: datetime, rest: float) -> Result:
    return Result(row.id, State.READY, fault=fault, retry_at=now + timedelta(seconds=rest))
