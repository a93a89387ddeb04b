"""What has happened before a script begins that is begun about something: a promise, a plan, an item, a hold."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from bot.begun import BEGUN
from bot.drafting.rehearsal import Rehearsal
from bot.service.desk.queue.kinds import KINDS
from bot.store import agreements, alerts, holds, promises
from bot.store.engine import Tx
from flows.script import Do, End, Party, Script, Step

DUE_IN = timedelta(days=8)  # no reminder of it falls on a Sunday
OUTGOINGS = ("housing", "utilities", "care", "travel", "food", "communications", "personal")
DAY = "{day}"  # stands for a day soon to come
_LAST = "end"


class Prelude(NamedTuple):
    """Deeds of the bot, in whose chat they are done, and with which values; then taps of the customer's."""

    chat: str
    deeds: Sequence[tuple[str, Mapping[str, object]]]
    values: Mapping[str, object] = {}
    taps: Sequence[str] = ()


_PROMISE = Prelude("collector", [("make_promise", {})], {"promise_amount": 150, "promise_date": DAY})
_PLAN = Prelude(
    "scheduler",
    [("work_out_plans", {}), ("propose_plan", {})],
    {
        "income_amount": 2100,
        "household": 1,
        "ability": 150,
        "budget": "go_on",
        **dict.fromkeys(OUTGOINGS, 200),
        "priority_debts": 0,
        "other_debts_total": 0,
        "lump_sum": 0,
        "first_day": "in_a_month",
        "plan": "a",
    },
)
PRELUDES: Mapping[str, Prelude] = {
    "agreement": _PLAN,
    "take_back": _PLAN._replace(taps=("accept",)),
    "follow_up": _PROMISE,
    "answer": Prelude("customer", [("alert_scheduler", {"kind": "person"})]),
    "resolve": Prelude("customer", [("alert_scheduler", {"kind": "person"})]),
    "plan_by_phone": Prelude("customer", [("alert_scheduler", {"kind": "instalment_help"})]),
    "match": _PROMISE._replace(deeds=[("make_promise", {}), ("mark_paid_claim", {})]),
    "lift_hold": Prelude(
        "scheduler",
        [("desk_hold", {})],
        {"hold_kind": "hardship", "hold_until": "rules", "hold_note": "skip"},
    ),
}
NO_VISIT = ("plan_by_phone",)  # begun about the case alone, though a visit may be announced
STANDING: Mapping[str, object] = {
    "alarm": False,
    "not_found": True,
    "occasion": "visit",
    "treatment": "leave_alone",
    "chosen": "Leave alone",
    "recommended": "Remind",
}
NEWEST: Mapping[str, Callable[[Tx, int], Awaitable[Sequence[Any]]]] = {
    "agreement": agreements.of_case,
    "promise_id": promises.of_case,
    "item": partial(alerts.open_of_case, kinds=tuple(KINDS)),
    "hold": holds.of_case,
}


def dated(prelude: Prelude, rehearsal: Rehearsal) -> Mapping[str, object]:
    """Return the values of a prelude, its day made one of the rehearsal's."""
    day = (rehearsal.clock.now() + DUE_IN).date().isoformat()
    return {name: day if value == DAY else value for name, value in prelude.values.items()}


def script_of(prelude: Prelude) -> Script:
    """Return a script that does the deeds one after the other, whatever each of them comes to."""
    names = [f"{place}_{deed}" for place, (deed, _) in enumerate(prelude.deeds)]
    steps: dict[str, Step] = {_LAST: End(_LAST, "done")}
    for name, then, (deed, args) in zip(names, (*names[1:], _LAST), prelude.deeds, strict=True):
        steps[name] = Do(name, deed, {"otherwise": then}, args)
    return Script("prelude", 1, Party(prelude.chat), names[0], steps)


async def begun_with(tx: Tx, script: str, case_id: int) -> Mapping[str, object]:
    """Return the values that the code would begin a script with, about the newest of each kind."""
    names = BEGUN[script].values if script in BEGUN else ()
    found = {name: STANDING[name] for name in names if name in STANDING}
    for name in names:
        rows = await NEWEST[name](tx, case_id) if name in NEWEST else ()
        found |= {name: max(row.id for row in rows)} if rows else {}
    return found
