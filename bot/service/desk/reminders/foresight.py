"""What would become of a reminder, customer by customer, and counted for a preview. Nothing is written."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.service.conversations.batch import Batch
from bot.service.desk.evaluation.held_out import held_out_of_reminders
from bot.service.desk.reminders.reminder import PROMISE, Reminder, reminder_for
from bot.service.installation import Installation
from bot.service.outbound.gate import judge_message
from flows.rules import Outcome, Verdict

CHUNK = 50  # customers that one transaction serves


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one customer's reminder; `reminder` None: there is nothing to remind of.

    `held_out`: it is about their first promise, and they are not reminded of that, for comparison.
    """

    case_id: int
    case_ref: str
    reminder: Reminder | None
    verdict: Verdict | None
    held_out: bool = False

    @property
    def goes(self) -> bool:
        """Would it go out, now or later?"""
        return self.verdict is not None and self.verdict.outcome is not Outcome.REFUSED


async def foresee(batch: Batch, case_ids: Sequence[int]) -> list[Foreseen]:
    """Ask the rules about a reminder to each of these customers."""
    found = []
    await batch.load_cases(set(case_ids))
    spared = await held_out_of_reminders(batch, case_ids)
    for case_id in case_ids:
        case = await batch.case(case_id)
        reminder = await reminder_for(batch, case)
        if reminder is not None and reminder.text is PROMISE and case_id in spared:
            found.append(Foreseen(case_id, case.case_ref, reminder, None, held_out=True))
            continue
        verdict = await judge_message(batch, case, reminder.purpose, solicited=False) if reminder else None
        found.append(Foreseen(case_id, case.case_ref, reminder, verdict))
    return found


async def foresee_many(inst: Installation, case_ids: Sequence[int]) -> AsyncIterator[list[Foreseen]]:
    """Ask the rules about any number of customers, some at a time; nobody who writes waits for it."""
    for start in range(0, len(case_ids), CHUNK):
        async with inst.store.read() as tx:
            batch = Batch(inst, tx, inst.clock.now())
            await batch.load([])
            found = await foresee(batch, case_ids[start : start + CHUNK])
        yield found


@dataclass(slots=True)
class Preview:
    """Reminders counted by when they would go and by which rule; `samples` is the first text of each language.

    `verdicts` has one of each rule that is counted by, under its name.
    """

    count: int = 0
    now: int = 0
    held_out: int = 0
    later: Counter[tuple[datetime | None, str]] = field(default_factory=Counter)
    never: Counter[str] = field(default_factory=Counter)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    samples: dict[str, str] = field(default_factory=dict)
    goes: list[int] = field(default_factory=list)

    @property
    def nothing(self) -> int:
        """How many have nothing to be reminded of, or no chat."""
        return self.count - self.now - self.later.total() - self.never.total() - self.held_out

    def add(self, one: Foreseen) -> None:
        """Count one customer."""
        self.count += 1
        self.held_out += one.held_out
        if one.verdict is None or one.reminder is None:
            return
        rule = str(one.verdict.bound)
        self.verdicts.setdefault(rule, one.verdict)
        if one.verdict.outcome is Outcome.REFUSED:
            self.never[rule] += 1
            return
        if one.verdict.outcome is Outcome.ALLOWED:
            self.now += 1
        else:
            self.later[one.verdict.until, rule] += 1
        self.goes.append(one.case_id)
        self.samples.setdefault(one.reminder.locale, one.reminder.html)
