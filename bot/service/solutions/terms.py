"""What a plan comes to, whether it is only laid out or already agreed: the same words are made of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.casework.solutions import Instalment, Plan
from flows.script import Text


@dataclass(frozen=True, slots=True)
class Terms:
    """Amounts in minor units; `yearly` is the effective rate in percent, as text; `rows` are day and amount.

    `label` and `promise` (None: nothing more is promised) are the product's; a lender's own may have no translation.
    """

    label: Text
    rows: Sequence[tuple[date, int]]
    cost: int
    running: int
    waived: int
    yearly: str
    promise: Text | None

    @property
    def total(self) -> int:
        """Everything that is paid."""
        return sum(amount for _, amount in self.rows)


def of_plan(plan: Plan) -> Terms:
    """Return the terms of a plan that is laid out."""
    rows: Sequence[Instalment] = plan.schedule.instalments
    return Terms(
        label=plan.product.label,
        rows=[(one.due_on, one.amount) for one in rows],
        cost=plan.schedule.cost,
        running=rows[0].running,
        waived=plan.waived,
        yearly=f"{plan.yearly_rate * 100:.2f}",
        promise=plan.product.promise,
    )


def to_row(plan: Plan, catalogue: str) -> dict[str, Any]:
    """Return what is kept of a plan beside its instalments, so that it reads the same for ever; see `of_row`."""
    terms, promise = of_plan(plan), plan.product.promise
    return {
        "product": plan.product.id,
        "kind": str(plan.product.kind),
        "catalogue": catalogue,
        "label": [terms.label.context, terms.label.msgid],
        "promise": [promise.context, promise.msgid] if promise is not None else None,
        "cost": terms.cost,
        "running": terms.running,
        "waived": terms.waived,
        "settles": plan.settles,
        "yearly": terms.yearly,
    }


def of_row(kept: Mapping[str, Any], instalments: Sequence[Any]) -> Terms:
    """Return the terms of an agreement from what `to_row` kept and the rows of its instalments."""
    promise = kept["promise"]
    return Terms(
        label=Text(*kept["label"]),
        rows=[(one.due_on, one.amount) for one in instalments],
        cost=kept["cost"],
        running=kept["running"],
        waived=kept["waived"],
        yearly=kept["yearly"],
        promise=Text(*promise) if promise else None,
    )
