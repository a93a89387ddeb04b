"""What is on record of one case, and what the scorecards' inputs come to by it; None where nothing is known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.casework.risk.inputs import INPUTS, Inputs, Value

CAP = 1000  # per cent; what is more says nothing more, and an income of nothing has no share
HOLDS = (
    *("stop", "not_me", "deceased", "hardship", "vulnerable", "dispute", "representative", "asked_to_leave"),
    "other",
)  # the gravest first: where several are open, the first decides
_UNSAFE = ("unsafe", "safety_stop")
_SKIPPED = "skip"  # a question of the visit that was left out says nothing


@dataclass(frozen=True, slots=True)
class PastPromise:
    """A promise to pay. `status`: open, kept, broken or replaced; `due_on` a local day of the case."""

    status: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit that was planned. `announced`: the customer was told of it; `ended`: the team was there."""

    outcome: str | None
    announced: bool
    ended: bool


@dataclass(frozen=True, slots=True)
class History:
    """One case on the local day `today`. Amounts are minor units of its currency; None: not told.

    `answers` are the newest that the team took down, by name; `holds` the kinds that are open; `helped`: a hold
    for help was opened at any time, other than by the lender's own file; `calls_for_help` of the team, by visit.
    """

    today: date
    overdue_since: date
    outstanding: int
    instalment: int | None = None
    income: int | None = None
    spare: int | None = None
    payments_missed: int | None = None
    paid_on: Sequence[date] = ()
    prior_kept: int | None = None
    prior_broken: int | None = None
    promises: Sequence[PastPromise] = ()
    visits: Sequence[PastVisit] = ()
    answers: Mapping[str, object] | None = None
    vulnerable: bool | None = None
    helped: bool = False
    holds: Sequence[str] = ()
    calls_for_help: int = 0
    chat_state: str = "not_opened"
    placed: bool = False


def measure(history: History) -> Inputs:
    """Return every input; one that is not known is None, never a guess."""
    return {name: MEASURES[name](history) for name in INPUTS}


def _percent(part: int | None, whole: int | None) -> int | None:
    """Return a share in whole per cent, rounded half up, at most `CAP`."""
    if part is None or whole is None:
        return None
    return CAP if whole == 0 else min(CAP, (200 * part + whole) // (2 * whole))


def _yes(told: bool | None) -> str | None:  # noqa: FBT001 - a converter
    return None if told is None else "yes" if told else "no"


def _word(history: History, name: str, answer: str, *, other: str | None = None) -> str | None:
    """Return an answer as a word of the input; what the input has no word for is `other`."""
    given = (history.answers or {}).get(answer)
    if given in (None, _SKIPPED):
        return None
    return str(given) if given in INPUTS[name].words else other


def _days_since_payment(history: History) -> Value | None:
    return max(0, (history.today - max(history.paid_on)).days) if history.paid_on else None


def _promises_kept_share(history: History) -> Value | None:
    statuses = [one.status for one in history.promises]
    kept = (history.prior_kept or 0) + statuses.count("kept")
    broken = (history.prior_broken or 0) + statuses.count("broken")
    return _percent(kept, kept + broken) if kept + broken else None


def _spare(history: History) -> Value | None:
    """Nothing to spare is nothing, whatever the instalment is."""
    return 0 if history.spare == 0 else _percent(history.spare, history.instalment)


def _promise_open(history: History) -> Value | None:
    return _yes(any(one.status == "open" and one.due_on >= history.today for one in history.promises))


def _unanswered(history: History) -> Value | None:
    announced = [one.outcome for one in history.visits if one.announced]
    return announced.count("not_confirmed") if announced else None


def _ended_as(*outcomes: str) -> Callable[[History], Value | None]:
    def count(history: History) -> Value | None:
        ended = [one.outcome for one in history.visits if one.ended]
        return sum(outcome in outcomes for outcome in ended) if ended else None

    return count


def _sos_raised(history: History) -> Value | None:
    been_there = history.calls_for_help or any(one.ended for one in history.visits)
    return history.calls_for_help if been_there else None


def _surroundings(history: History) -> Value | None:
    """Either is enough to say that they were wanting; only both say that they were good."""
    found = [(history.answers or {}).get(name) for name in ("way_out", "surroundings")]
    if "bad" in found:
        return "bad"
    return "good" if found == ["good", "good"] else None


def _hold(history: History) -> Value | None:
    kinds = {kind if kind in HOLDS else "other" for kind in history.holds}
    return next((kind for kind in HOLDS if kind in kinds), None)


MEASURES: Mapping[str, Callable[[History], Value | None]] = {
    "days_overdue": lambda history: max(0, (history.today - history.overdue_since).days),
    "payments_missed": lambda history: history.payments_missed,
    "days_since_payment": _days_since_payment,
    "promises_kept_share": _promises_kept_share,
    "arrears_to_income": lambda history: _percent(history.outstanding, history.income),
    "instalment_to_income": lambda history: _percent(history.instalment, history.income),
    "spare_to_instalment": _spare,
    "reason_told": lambda history: _word(history, "reason_told", "reason", other="other"),
    "promise_open": _promise_open,
    "settled": lambda history: _yes(history.outstanding == 0),
    "chat_state": lambda history: history.chat_state,
    "notices_unanswered": _unanswered,
    "doors_unanswered": _ended_as("nobody_home"),
    "place_known": lambda history: _yes(history.placed),
    "visits_unsafe": _ended_as(*_UNSAFE),
    "left_on_request": _ended_as("asked_to_leave"),
    "sos_raised": _sos_raised,
    "last_mood": lambda history: _word(history, "last_mood", "safety_outcome"),
    "surroundings": _surroundings,
    "told_vulnerable": lambda history: _yes(history.vulnerable),
    "asked_for_help": lambda history: _yes(history.helped),
    "hold": _hold,
}
