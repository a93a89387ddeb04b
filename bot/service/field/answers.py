"""What was answered in a visit, in words: for the read-back at the door and for the scheduler's summary."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.i18n import formats
from bot.i18n.text import T
from bot.service.desk.cases.casefile import CaseFile
from bot.service.field.outcomes import OUTCOMES
from bot.service.installation import Installation
from bot.service.outbound.texts import SUMMARY_LABELS
from bot.store import sessions
from flows.engine import Session
from flows.script import Ask, Script, Text

if TYPE_CHECKING:
    from bot.service.conversations.batch import Batch

LINE = T("summary/line", "{label}: {value}")
ENDINGS = ("outcome", "safety_outcome")
BUDGET = (
    *("housing", "utilities", "care", "travel", "food", "communications", "personal"),
    *("priority_debts", "other_debts_total", "lump_sum"),
)
AMOUNTS = ("income_amount", "ability", "promise_amount", *BUDGET)
DAYS = ("promise_date", "first_day")
READ_BACK = 300  # characters of an answer that are read back: nobody listens to more, and a message has room
NOT_READ_BACK = ("answered_by", "right_party", "outcome")


def answered(
    inst: Installation,
    locale: str,
    case: CaseFile,
    script: Script,
    session: Session,
    *,
    but: tuple[str, ...] = (),
    longest: int | None = None,
) -> Iterator[str]:
    """Yield a line for every question of the summary that was answered, in a language; not escaped.

    What is longer than `longest` characters is cut there.
    """
    asked = {step.save for step in _asked(script)}
    line = inst.catalogues.text(locale, LINE.context, LINE.msgid)
    for name, label in SUMMARY_LABELS.items():
        if name in session.values and name in asked and name not in but:
            words = inst.catalogues.text(locale, label.context, label.msgid)
            value = written(inst, locale, case, script, name, session.values[name])
            yield line.format(label=words, value=_cut(value, longest))


def _cut(value: str, longest: int | None) -> str:
    return value if longest is None or len(value) <= longest else f"{value[: longest - 1]}…"


def written(
    inst: Installation, locale: str, case: CaseFile, script: Script | None, name: str, value: object
) -> str:
    """Return an answer in words: a tapped choice by its label, an ending by its words, amounts and days as such."""
    label = OUTCOMES.get(str(value)) if name in ENDINGS else None
    label = label or (shown(script, name, value) if script is not None else None)
    if label is not None:
        return inst.catalogues.text(locale, label.context, label.msgid)
    if name in AMOUNTS:
        return formats.amount(locale, Decimal(str(value)), case.currency)
    if name in DAYS:
        return formats.date(locale, date.fromisoformat(str(value)))
    return str(value.get("kind", "")) if isinstance(value, Mapping) else str(value)


def shown(script: Script, name: str, value: object) -> Text | None:
    """Return the label of the choice whose id was saved under `name`; None when it was typed or sent."""
    for step in _asked(script):
        if step.save == name:
            for choice in step.choices:
                if choice.id == value:
                    return choice.label
    return None


def _asked(script: Script) -> Iterator[Ask]:
    """Yield the questions of a script and of those that it runs."""
    for one in (script, *script.linked.values()):
        yield from (step for step in one.steps.values() if isinstance(step, Ask))


async def told_in_visit(batch: "Batch", visit_id: int, name: str) -> str:
    """Return what the collector's conversation about a visit holds under `name`; empty when it holds nothing."""
    rows = await sessions.of_visit(batch.tx, visit_id, "onsite")
    await batch.load_conversations([row.id for row in rows])
    found = [batch.conversation(row.id) for row in reversed(rows)]
    values = (one.session.values.get(name) for one in found if one is not None)
    return next((str(value) for value in values if value is not None), "")
