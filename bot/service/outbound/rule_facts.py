"""What the rules may know of a case, from the rows: the one place that hands facts to `decide`.

Contacts (messages, calls, visits) made, tried and planned; holds; consents; notices on paper; the customer's own times;
whether the right party is known. No name, no address, no text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import CaseFile
from bot.store import barred_times, calls, consents, holds, notices, outbox, visits
from bot.store.by_case import by_case
from flows.rules import (
    Channel,
    Consent,
    ConsentForm,
    Contact,
    ContactOutcome,
    Facts,
    Hold,
    Occasion,
    Purpose,
    ThirdParty,
    WeeklyTime,
)

_LOOK_BACK = timedelta(days=35)  # the longest rolling period that a rule counts contacts in
_AT_ONCE = 500  # cases
_MOMENT = timedelta(microseconds=1)
_HOUR = 60
_MIDNIGHT = 24 * _HOUR
_MET_NOBODY = "nobody_home"  # the outcome of a visit at which nobody was spoken to
_MET_OTHERS = {"third_party": ThirdParty.OTHER, "minor": ThirdParty.MINOR}  # outcomes at which only they were


async def facts_of(batch: Batch, case: CaseFile) -> Facts:
    """Gather what the rules may know of a case now; what this transaction changes in it makes them stale."""
    await load_facts(batch, [case])
    return batch.facts[case.id]


async def load_facts(batch: Batch, found: Iterable[CaseFile]) -> None:
    """Gather it for many cases: eight statements for each five hundred of them."""
    wanted = [case for case in found if case.id not in batch.facts]
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        records = await _load(batch, [case.id for case in some])
        batch.facts |= {case.id: _facts(case, records, batch.now - _LOOK_BACK) for case in some}


class _Records(NamedTuple):
    """Rows by case."""

    messages: Mapping[int, list[Any]]
    calls: Mapping[int, list[Any]]
    visits: Mapping[int, list[Any]]
    holds: Mapping[int, list[Any]]
    consents: Mapping[int, list[Any]]
    barred: Mapping[int, list[Any]]
    notices: Mapping[int, list[Any]]
    first_contacts: Mapping[int, datetime]


async def _load(batch: Batch, ids: Sequence[int]) -> _Records:
    tx, since = batch.tx, batch.now - _LOOK_BACK
    return _Records(
        by_case(await outbox.contacts_of(tx, ids, since)),
        by_case(await calls.of_cases(tx, ids, since)),
        by_case(await visits.of_cases(tx, ids)),
        by_case(await holds.of_cases(tx, ids)),
        by_case(await consents.of_cases(tx, ids)),
        by_case(await barred_times.of_cases(tx, ids)),
        by_case(await notices.of_cases(tx, ids)),
        await outbox.first_contacts(tx, ids),
    )


def _facts(case: CaseFile, records: _Records, since: datetime) -> Facts:
    def mine(rows: Mapping[int, list[Any]]) -> list[Any]:
        return rows.get(case.id, [])

    held = mine(records.holds)
    made = (*_messages(mine(records.messages)), *_calls(mine(records.calls)))
    return Facts(
        zone=case.timezone,
        jurisdiction=case.jurisdiction,
        contacts=(*made, *_visits(mine(records.visits), since)),
        holds=tuple(_hold(row) for row in held),
        identity_established=case.identified_at is not None,
        consents=tuple(
            Consent(row.topic, ConsentForm(row.form), row.since, row.until) for row in mine(records.consents)
        ),
        barred_times=tuple(_weekly(row) for row in mine(records.barred)),
        occasions=tuple(_occasions(held, ZoneInfo(case.timezone))),
        notices={row.kind: row.given_at for row in reversed(mine(records.notices))},  # the first counts
        first_contact_at=records.first_contacts.get(case.id),
        overdue_since=case.overdue_since,
    )


def _messages(rows: Sequence[Any]) -> Iterator[Contact]:
    """A message of unknown fate counts as delivered, one that failed as tried."""
    for row in rows:
        yield Contact(
            at=row.at,
            channel=Channel.MESSENGER,
            purpose=Purpose(row.purpose),
            outcome=ContactOutcome.ATTEMPTED if row.state == "failed" else ContactOutcome.DELIVERED,
            solicited=row.purpose == Purpose.OPT_OUT_CONFIRMATION,
        )


def _calls(rows: Sequence[Any]) -> Iterator[Contact]:
    """A call counts as tried, and as a contact where the customer was spoken to."""
    for row in rows:
        outcome = ContactOutcome(row.outcome)
        yield Contact(at=row.at, channel=Channel.PHONE, purpose=Purpose.NOTICE, outcome=outcome)


def _visits(rows: Sequence[Any], since: datetime) -> Iterator[Contact]:
    """A visit counts from when the team was there; one that is planned takes its place already.

    It is a contact when anybody was spoken to, whether they were the customer, refused, or were somebody else.
    """
    for row in rows:
        planned = row.status in visits.LIVE
        at = row.collector_in_at or row.starts_at
        if at >= since and (planned or row.collector_in_at is not None):
            missed = row.outcome == _MET_NOBODY
            yield Contact(
                at=at,
                channel=Channel.VISIT,
                purpose=Purpose.VISIT,
                outcome=ContactOutcome.ATTEMPTED if missed else ContactOutcome.CONTACTED,
                third_party=_MET_OTHERS.get(row.outcome),
            )


def _hold(row: Any) -> Hold:
    """A hold that was lifted ended then: a rule may let it bind some days longer."""
    ends = [one for one in (row.until, row.lifted_at) if one is not None]
    return Hold(kind=row.kind, since=row.since, until=min(ends, default=None))


def _occasions(rows: Sequence[Any], zone: ZoneInfo) -> Iterator[Occasion]:
    """A hold with an end is an occasion, too, such as a time of mourning; the rules know which kinds are."""
    for row in rows:
        hold = _hold(row)
        if hold.until is not None and hold.until > hold.since:
            last = (hold.until - _MOMENT).astimezone(zone).date()
            yield Occasion(row.kind, hold.since.astimezone(zone).date(), last)


def _weekly(row: Any) -> WeeklyTime:
    return WeeklyTime(row.weekday, _wall(row.opens), _wall(row.closes))


def _wall(minute: int) -> time:
    return time(minute % _MIDNIGHT // _HOUR, minute % _HOUR)
