"""What must be true whatever has happened: read from the database and the phones, after the last day."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.library import scripts
from bot.service.archive.verify import verify
from bot.service.installation import Installation
from bot.store import cases, outbox, soundness
from bot.store.engine import Tx
from flows.rules import Purpose

LATE = timedelta(days=1)  # how long what is due may have waited at the end, since an outage lasts hours
LONGEST_VISIT = timedelta(days=2)  # from its end until it is over in any case
UNASKED = (Purpose.NOTICE, Purpose.NUDGE, Purpose.FOLLOW_UP, Purpose.SATISFACTION, Purpose.ANSWER)
OPENS, CLOSES, SUNDAY = time(9), time(20), 6  # the lender's own window for what nobody asked for
TAKING_TIME = ("approved", "noticed", "confirmed", "under_way")
SOME = 500  # rows that are looked up at once
ENDED = {"kept", "late", "broken", "replaced", "dropped"}


class Arrival(NamedTuple):
    """A message to a customer that reached their phone: its row in the outbox, and when (aware UTC)."""

    outbox_id: int
    at: datetime


async def violations(inst: Installation, arrivals: Sequence[Arrival]) -> list[str]:
    """Return a line for each thing that is not as it must be: codes and counts, nobody's words."""
    now = inst.clock.now()
    async with inst.store.read() as tx:
        zones = {row.id: row.timezone for row in await cases.all_rows(tx)}
        stops = await soundness.stops(tx)
        late, unhandled = (
            await soundness.overdue_messages(tx, now - LATE),
            await soundness.unhandled_updates(tx),
        )
        found = [f"{late} messages are lost: due for more than a day"] if late else []
        found += [f"{unhandled} updates are lost: kept and not handled"] if unhandled else []
        faults = await soundness.faults(tx)
        found += [f"{faults} things could not be handled"] if faults else []
        found += _stuck(await soundness.waiting_sessions(tx))
        taking = await soundness.booked(tx, TAKING_TIME)
        found += [*_double_booked(taking), *_never_over(taking, now)]
        found += _in_no_state(await soundness.all_promises(tx))
        sent = [one async for one in _sent(tx, arrivals)]
        found += doubled(arrivals, await soundness.sent_again(tx))
    found += _unlawful(sent, zones, stops)
    whole = await verify(inst)
    return found + ([] if whole.fault is None else [f"the log is broken: {whole.fault.what}"])


def doubled(arrivals: Sequence[Arrival], again: Mapping[int, int]) -> Iterator[str]:
    """Judge by the phones: once each, and once more where a person knew of the doubt and decided so."""
    for outbox_id, times in Counter(one.outbox_id for one in arrivals).items():
        if times > 1 + again.get(outbox_id, 0):
            yield f"message {outbox_id} reached a customer {times} times"


class _Sent(NamedTuple):
    """An arrival with what the outbox knows of it."""

    at: datetime
    row: Any


async def _sent(tx: Tx, arrivals: Sequence[Arrival]) -> AsyncIterator[_Sent]:
    for start in range(0, len(arrivals), SOME):
        some = arrivals[start : start + SOME]
        rows = {row.id: row for row in await outbox.by_ids(tx, [one.outbox_id for one in some])}
        for one in some:
            yield _Sent(one.at, rows[one.outbox_id])


def _unlawful(sent: Sequence[_Sent], zones: Mapping[int, str], stops: Sequence[Any]) -> Iterator[str]:
    """Judge once more, by the plainest of the rules: hours, Sundays, and stop."""
    for at, row in sent:
        if row.purpose in UNASKED:
            local = at.astimezone(ZoneInfo(zones[row.case_id]))
            if not OPENS <= local.time() < CLOSES or local.weekday() == SUNDAY:
                yield f"{row.purpose} {row.id} came on {local:%a %H:%M}"
            if any(_held(at, row, stop) for stop in stops):
                yield f"{row.purpose} {row.id} came after a stop"


def _held(at: datetime, row: Any, stop: Any) -> bool:
    lifted = stop.lifted_at is not None and stop.lifted_at <= at
    return bool(stop.case_id == row.case_id and stop.since < at and not lifted)


def _stuck(waiting: Sequence[Any]) -> Iterator[str]:
    released, _ = scripts()
    for row in waiting:
        script = released[row.script, row.version]
        if row.status == "performing":
            yield f"a conversation on {row.script} stands in the middle of a performance"
        elif not row.timers and script.owner is None:
            yield f"a conversation on {row.script} waits for ever"


def _never_over(visits: Sequence[Any], now: datetime) -> Iterator[str]:
    """A visit that lasts for days keeps its case from every other."""
    for visit in visits:
        if visit.ends_at < now - LONGEST_VISIT:
            yield f"visit {visit.id} is {visit.status} and should have been over long ago"


def _double_booked(visits: Sequence[Any]) -> Iterator[str]:
    until: dict[int, datetime] = {}
    for visit in visits:
        for taken in (visit.case_id, visit.collector_id, visit.safety_officer_id):
            if until.get(taken, visit.starts_at) > visit.starts_at:
                yield f"visit {visit.id} takes a time that is taken"
            until[taken] = visit.ends_at


def _in_no_state(promises: Sequence[Any]) -> Iterator[str]:
    for one in promises:
        closed = one.closed_at is not None
        if one.status in ENDED and not closed and one.status != "broken":
            yield f"promise {one.id} is {one.status} and was never closed"
        if one.status in ("open", "proposed") and closed:
            yield f"promise {one.id} is {one.status} and was closed"
    by_word = Counter(one.case_id for one in promises if one.status == "open" and one.agreement_id is None)
    agreed = {one.case_id: one.agreement_id for one in promises if one.status == "open" and one.agreement_id}
    for case_id, count in by_word.items():
        if count > 1 or case_id in agreed:
            yield f"case {case_id} has more than one promise open"
