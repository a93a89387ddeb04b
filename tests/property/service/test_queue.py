"""Whatever two schedulers tap in whatever order, an item is open, taken or resolved, and never lost."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.ids import new_id
from bot.service.conversations.batch import Batch
from bot.service.desk.queue.alerts import alert
from bot.store import alerts, cases, people
from tests.service.conftest import Town
from tests.service.test_queue import SAM, TESS, desk_of_two

OFTEN = ("take", "resolve", "note", "over") * 3
RARELY = ("putback", "again", "item", "casefile", "queue", "not_yet", "wait")
STEPS = st.lists(
    st.tuples(st.sampled_from((SAM, TESS)), st.sampled_from((*OFTEN, *RARELY)), st.booleans()),
    min_size=3,
    max_size=8,
)
LAST_WORDS = [(SAM, "note", False), (TESS, "note", False)]  # whoever was asked answers in the end


async def raise_item(town: Town) -> int:
    """Raise an item of its own; return its id."""
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        await batch.load([])
        subject = new_id()
        (case_id,) = [row.id for row in await cases.all_rows(tx)]
        await alert(batch, batch.changes, "unknown_delivery", case_id=case_id, subject_id=subject)
        await batch.changes.write(tx)
        rows = await alerts.open_ones(tx, {"unknown_delivery": 0}, 1000)
        return next(int(row.id) for row in rows if row.subject_id == subject)


async def state(town: Town, item: int) -> tuple[str, int | None]:
    """Return where an item stands and whose it is."""
    async with town.inst.store.read() as tx:
        row = await alerts.by_id(tx, item)
    assert row is not None
    if row.closed_at is not None:
        return "resolved", row.closed_by
    return ("open", None) if row.taken_by is None else ("taken", row.taken_by)


async def step(town: Town, item: int, who: int, what: str, *, twice: bool) -> None:
    """Do one thing; buttons are tapped whether or not they are still there."""
    if what == "wait":
        await town.jump(hours=5)
    elif what == "note":
        await town.says(who, "Looked at it.")
    elif what == "not_yet":
        if any(
            one["callback_data"].endswith(":not_yet") for m in town.chat(who).messages for one in m.buttons()
        ):
            await town.taps(who, "not_yet")
    else:
        holder = (await state(town, item))[1]
        data = f"over:{item}:{holder or 1}" if what == "over" else f"{what}:{0 if what == 'queue' else item}"
        message_id = town.chat(who).messages[-1].message_id
        await town.does(who, "tap", message_id=message_id, data=data, times=1 + twice)


@example(
    steps=[(SAM, "resolve", False), (TESS, "over", False)]
)  # asked for a note, then it is somebody else's
@given(steps=STEPS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_an_item_is_never_lost(town: Town, steps: list[tuple[int, str, bool]]) -> None:
    """It is open, taken or resolved; what is resolved stays so, and nobody loses theirs but by a take-over."""
    if not town.chat(TESS).messages:
        await desk_of_two(town)
    async with town.inst.store.read() as tx:
        ids = {row.chat_id: row.id for row in await people.active(tx, "scheduler")}
    item = await raise_item(town)
    before: tuple[str, int | None] = ("open", None)
    for who, what, twice in [*steps, *LAST_WORDS]:
        await step(town, item, who, what, twice=twice)
        after = await state(town, item)
        assert after[1] in (None, *ids.values())
        if before[0] == "resolved":
            assert after == before
        if before[0] == "taken" and after != before:
            taken_over = what == "over" and after == ("taken", ids[who])
            assert before[1] == ids[who] or taken_over, (before, what, after)
        before = after
