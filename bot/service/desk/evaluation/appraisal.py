"""What is reported of a span of time: what came of its cases, its alarms, and what the rules refused."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.casework.alarms import AlarmFigures
from bot.casework.evaluation import Evaluation, evaluate
from bot.casework.money import AmountRefused, to_minor
from bot.errors import ConfigError, InputRefused
from bot.i18n import formats
from bot.service.conversations.batch import Batch
from bot.service.desk.evaluation.records import facts_of_cases
from bot.service.desk.queue.figures import figures_between
from bot.service.installation import Installation
from bot.settings import Settings
from bot.store import evaluation

SPAN = timedelta(days=180)  # as long as it takes until most of it can be said


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule, by the name that receipts give it, and how often it refused something or let it wait."""

    rule: str
    title: str
    refused: int
    waited: int


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A report. `first` and `last` are days of the installation's zone, `today` that of the report.

    Cases count that were taken in within the span, with all that came of them since; alarms and refusals of the span.
    """

    first: date
    last: date
    today: date
    evaluation: Evaluation
    alarms: AlarmFigures
    refusals: Sequence[Refusal]
    held_out: bool  # is anybody held out now?


def span_of(first: date | None, last: date | None, today: date) -> tuple[date, date]:
    """Return the days asked about, by default the last 180. Raises `InputRefused` for a span that ends too soon."""
    end = last or today
    start = first or end - SPAN
    if start > end:
        raise InputRefused(
            f"The first day, {start}, is after the last one, {end}: write the earlier day first."
        )
    return start, end


def today_of(inst: Installation) -> date:
    """Return today in the installation's zone."""
    return inst.clock.now().astimezone(ZoneInfo(inst.settings.timezone)).date()


async def appraise(inst: Installation, first: date, last: date) -> Appraisal:
    """Look at what came of the cases of a span of days. Nothing is written."""
    zone = ZoneInfo(inst.settings.timezone)
    start, end = (datetime.combine(day, time(), zone) for day in (first, last + timedelta(days=1)))
    async with inst.store.read() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case_ids = await evaluation.taken_in_between(tx, start, end)
        facts = [one async for one in facts_of_cases(batch, case_ids)]
        alarms = await figures_between(tx, start, end)
        refusals = await _refusals(batch, start, end)
    today = today_of(inst)
    return Appraisal(
        first=first,
        last=last,
        today=today,
        evaluation=evaluate(facts, costs_of(inst.settings), today),
        alarms=alarms,
        refusals=refusals,
        held_out=bool(inst.settings.hold_out_visits or inst.settings.hold_out_reminders),
    )


async def _refusals(batch: Batch, start: datetime, end: datetime) -> Sequence[Refusal]:
    """Count by rule, the one that refused most first."""
    counted: Counter[tuple[str, str]] = Counter()
    titles: dict[str, str] = {}
    for row in await evaluation.refused_between(batch.tx, start, end):
        name = str(row.verdict.get("bound", "?"))
        counted[name, row.outcome] += 1
        titles[name] = str(row.verdict.get("title", ""))
    found = [Refusal(one, titles[one], counted[one, "refused"], counted[one, "wait"]) for one in titles]
    return sorted(found, key=lambda one: (-one.refused, -one.waited, one.rule))


def costs_of(settings: Settings) -> Mapping[str, int]:
    """Return what a visit costs, in minor units. Raises `ConfigError` for an amount that its currency does not have."""

    def minor(currency: str, amount: Decimal) -> int:
        try:
            return to_minor(amount, formats.currency_digits(currency))
        except AmountRefused:
            raise ConfigError(f"DOORSTEP_VISIT_COST: {currency} has no amount as fine as {amount}.") from None

    return {currency: minor(currency, amount) for currency, amount in settings.visit_costs.items()}
