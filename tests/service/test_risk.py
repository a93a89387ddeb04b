"""What is to be done about a case: seen in four views, decided by a person, obeyed by the plan."""

from pathlib import Path

import orjson
import pytest
from sqlalchemy import event

from bot.casework.risk import Treatment, View
from bot.errors import InputRefused
from bot.sandbox.world import Message
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.casefile import key_of
from bot.service.desk.cases.holds import lift_case
from bot.service.desk.invites import invite_staff
from bot.service.desk.risk.look import decide_case, left_out, look_at
from bot.service.desk.risk.treatment import REASON_PLACE, decide, standing, standings
from bot.store import audit, cases, decisions, visits
from tests.reviewed import hold
from tests.service.conftest import HEADER, ROW, Town

SCHEDULER = 901
TRANSCRIPTS = Path(__file__).parent / "transcripts"


async def take(town: Town, ref: str, **more: object) -> int:
    """Take one case in, with more columns than the usual ones."""
    header, row = ",".join([HEADER, *more]), ",".join([f"{ref},Ada Finch,{ROW}", *map(str, more.values())])
    await town.take_in(header, row)
    async with town.inst.store.read() as tx:
        found = await cases.by_ref(tx, ref)
    assert found is not None
    return int(found.id)


async def proposed(town: Town) -> set[str]:
    """Propose visits as the scheduler does; return for which cases."""
    await town.says(SCHEDULER, "/plan")
    async with town.inst.store.read() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        return {(await batch.case(row.case_id)).case_ref for row in await visits.by_status(tx, "proposed")}


async def visit_statuses(town: Town) -> list[str]:
    """Return how the visits stand."""
    async with town.inst.store.read() as tx:
        return [row.status for row in await visits.all_rows(tx)]


async def count_statements(town: Town, case_ids: list[int]) -> int:
    """Return how many statements it takes to see how cases stand."""
    seen: list[str] = []
    async with town.inst.store.read() as tx:
        event.listen(tx.sync_connection, "before_cursor_execute", lambda *told: seen.append(told[2]))
        await standings(Batch(town.inst, tx, town.clock.now()), case_ids)
    return len(seen)


async def kinds(town: Town) -> list[tuple[str, dict[str, object]]]:
    """Return the log."""
    async with town.inst.store.read() as tx:
        return [(row.kind, row.data) for row in await audit.all_rows(tx)]


async def test_a_plain_case_is_planned_without_a_decision(town: Town) -> None:
    """Where the recommendation suffices, nobody has to decide before a visit is proposed."""
    await town.staff()
    await take(town, "A-1")
    assert await proposed(town) == {"A-1"}


async def test_what_needs_a_person_waits_for_one(town: Town) -> None:
    """A customer who needs care is not visited before a person has decided so, with a reason, and lifted the hold."""
    await town.staff()
    await take(town, "A-1", vulnerable="yes")
    assert await proposed(town) == set()
    assert await left_out(town.inst) == ["A-1: Hardship team, still to be decided"]

    with pytest.raises(InputRefused, match="reason"):
        await decide_case(town.inst, "A-1", Treatment.VISIT_WITH_CARE, None)
    assert await proposed(town) == set()
    await decide_case(town.inst, "A-1", Treatment.VISIT_WITH_CARE, "She asked us to come.")
    assert await proposed(town) == set()

    await lift_case(town.inst, "A-1", "vulnerable", "Spoke with her: she is well and wants the visit.")
    assert await proposed(town) == {"A-1"}


async def test_a_decision_against_a_visit_takes_the_case_out_of_the_plan(town: Town) -> None:
    """A case that a person decided not to visit is neither proposed nor approved, and the plan says so."""
    await town.staff()
    await take(town, "A-1")
    assert await proposed(town) == {"A-1"}
    await decide_case(town.inst, "A-1", Treatment.NO_VISIT, "Paid at the branch today.")

    await town.taps(SCHEDULER, "approve")

    assert await visit_statuses(town) == ["proposed"]
    assert await proposed(town) == set()
    assert "A-1: No visit needed, decided on 1 March 2027" in town.said(SCHEDULER)[-1]


async def test_a_decision_ends_with_what_it_was_made_upon(town: Town) -> None:
    """A person decided on what they saw; new facts that change the recommendation ask them again."""
    case_id = await take(town, "A-1")
    await decide_case(town.inst, "A-1", Treatment.NO_VISIT, "Away for a week.")
    await take(town, "A-1", vulnerable="yes")
    async with town.inst.store.read() as tx:
        found = await standing(Batch(town.inst, tx, town.clock.now()), case_id)
    assert (found.decision, found.treatment.id, found.needs_decision) == (None, "hardship_team", True)


async def test_the_reason_is_sealed_and_the_log_holds_codes_alone(town: Town) -> None:
    """Nothing that was written as a reason stands readable in the database or in the log."""
    case_id = await take(town, "A-1")
    await decide_case(town.inst, "A-1", Treatment.MESSAGE_FIRST, "Her brother answers in the evening.")
    async with town.inst.store.read() as tx:
        (row,) = await decisions.of_case(tx, case_id)
    assert b"brother" not in orjson.dumps([str(value) for value in row]) + row.reason_enc
    opened = town.inst.vault.unseal(key_of(case_id), row.reason_enc, REASON_PLACE)
    assert opened.decode() == "Her brother answers in the evening."
    assert row.grades["payment"] == "uncertain"
    assert row.versions == {
        **dict.fromkeys(["payment", "reachability", "safety", "vulnerability"], 1),
        "treatment": 1,
    }
    told = {"treatment": "message_first", "recommended": "visit_by_two", "overruled": True}
    assert ("risk.decided", told) in await kinds(town)


async def test_decisions_are_kept_one_after_the_other(town: Town) -> None:
    """A second thought stands beside the first one; the newest counts."""
    case_id = await take(town, "A-1")
    await decide_case(town.inst, "A-1", Treatment.NO_VISIT, "Away for a week.")
    await decide_case(town.inst, "A-1", Treatment.VISIT_BY_TWO, None)
    async with town.inst.store.read() as tx:
        assert [row.treatment for row in await decisions.of_case(tx, case_id)] == ["no_visit", "visit_by_two"]
        found = await standing(Batch(town.inst, tx, town.clock.now()), case_id)
    assert found.to_visit


async def test_a_look_tells_everything_and_is_logged(town: Town) -> None:
    """`risk show --json` names each factor, what is missing, the range, and who looked is on record."""
    await take(town, "A-1", monthly_income=2000, instalment=900)
    look = (await look_at(town.inst, "A-1")).row
    payment = look["views"][0]
    assert (payment["view"], payment["grade"]) == ("payment", "uncertain")
    instalment = next(one for one in payment["reasons"] if one["factor"] == "instalment_to_income")
    assert (instalment["value"], instalment["missing"]) == (45, False)
    assert instalment["says"] == "the instalment takes 45 per cent of the income"
    assert {one["factor"] for one in payment["reasons"] if one["missing"]} >= {"spare", "last_payment"}
    assert (look["recommended"], look["treatment"], look["visit"]) == ("visit_by_two", "visit_by_two", True)
    assert "risk.looked_at" in [kind for kind, _ in await kinds(town)]


async def test_an_unknown_case_is_refused(town: Town) -> None:
    """A slip in the reference is told as such."""
    with pytest.raises(InputRefused, match="No case A-9"):
        await look_at(town.inst, "A-9")


async def test_a_payment_of_everything_makes_a_visit_needless(town: Town) -> None:
    """Who owes nothing any more is not visited, whatever else is known."""
    case_id = await take(town, "A-1", vulnerable="yes")
    async with town.inst.store.begin() as tx:
        await cases.change(tx, case_id, outstanding=0)
        found = await standing(Batch(town.inst, tx, town.clock.now()), case_id)
    assert found.recommended.id == "no_visit"


async def test_a_stop_is_obeyed_in_the_treatment(town: Town) -> None:
    """Who said stop is not to be visited; a person may read why."""
    await town.staff()
    (link,) = await town.cases("A-1")
    await town.enrol(101, link)
    await town.says(101, "/stop")
    assert await left_out(town.inst) == ["A-1: Do not visit, still to be decided"]


async def test_many_cases_take_few_statements(town: Town) -> None:
    """The plan of many cases costs as many look-ups as that of one."""
    ids = [await take(town, f"A-{number}") for number in range(4)]
    assert await count_statements(town, ids[:1]) == await count_statements(town, ids)


async def test_agreeing_takes_one_tap_more(town: Town) -> None:
    """Decide, then the recommended treatment: nothing else is asked."""
    await town.staff()
    case_id = await take(town, "A-1", vulnerable="yes")
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "decide")
    await town.taps(SCHEDULER, "hardship_team")
    assert town.said(SCHEDULER)[-1] == "A-1: Hardship team. Noted."
    async with town.inst.store.read() as tx:
        (row,) = await decisions.of_case(tx, case_id)
    assert (row.treatment, row.reason_enc) == ("hardship_team", None)
    assert row.decided_by.startswith("person:")


async def test_a_decision_tells_of_a_visit_that_stands_against_it(town: Town) -> None:
    """A visit that is arranged is not cancelled behind the customer's back, and the scheduler is told of it."""
    await town.staff()
    await take(town, "A-1")
    await town.plan()
    async with town.inst.store.begin() as tx:
        batch = Batch(town.inst, tx, town.clock.now())
        row = await cases.by_ref(tx, "A-1")
        assert row is not None
        await decide(batch, row.id, Treatment.VISIT_BY_TWO, reason=None, actor="cli")
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "decide")
    await town.taps(SCHEDULER, "no_visit")
    await town.says(SCHEDULER, "They have moved away.")
    assert "A visit is still arranged for" in town.said(SCHEDULER)[-1]
    assert await visit_statuses(town) == ["approved"]


async def test_a_forged_treatment_changes_nothing(town: Town) -> None:
    """A button that we never made decides nothing."""
    await town.staff()
    case_id = await take(town, "A-1")
    await town.says(SCHEDULER, "/case A-1")
    message, _ = town.button(SCHEDULER, "decide")
    await town.does(SCHEDULER, "tap", message_id=message.message_id, data=f"treat:{case_id}:burn_it_down")
    async with town.inst.store.read() as tx:
        assert list(await decisions.of_case(tx, case_id)) == []


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
async def test_the_desk_decides(town: Town, locale: str) -> None:
    """A scheduler looks at a case, overrules with a reason, and plans: word for word, in each language."""
    token = await invite_staff(town.inst, role="scheduler", name="Sam Reed", badge="-", locale=locale)
    await town.does(SCHEDULER, "open", payload=token)
    for role, chat_id in (("collector", 902), ("safety_officer", 903)):
        other = await invite_staff(town.inst, role=role, name=f"The {role}", badge="C", locale="en")
        await town.does(chat_id, "open", payload=other)
    await take(town, "A-1", instalment=310, monthly_income=640, payments_missed=4, prior_promises_broken=1)
    await take(town, "A-2", vulnerable="yes", notes="asked for a letter")
    start = len(town.chat(SCHEDULER).messages)
    await town.says(SCHEDULER, "/case A-1")
    await town.says(SCHEDULER, "/case A-2")
    await town.taps(SCHEDULER, "decide")
    await town.taps(SCHEDULER, "visit_with_care")
    await town.says(SCHEDULER, "ok")
    await town.says(SCHEDULER, "She would like us to come, and her sister will be there.")
    await town.says(SCHEDULER, "/case A-2")
    await town.says(SCHEDULER, "/case A-1")
    await town.taps(SCHEDULER, "decide")
    await town.taps(SCHEDULER, "no_visit")
    await town.says(SCHEDULER, "Paid at the branch.")
    await town.says(SCHEDULER, "/plan")
    await lift_case(town.inst, "A-2", "vulnerable", "Spoke with her: she is well and wants the visit.")
    await town.says(SCHEDULER, "/plan")

    title = town.inst.library.risk.cards[View.PAYMENT].title
    first = town.inst.catalogues.text(locale, title.context, title.msgid)
    told = "\n\n".join(_told(one, first) for one in town.chat(SCHEDULER).messages[start:]) + "\n"
    hold(told, TRANSCRIPTS / f"risk.{locale}.txt")


def _told(message: Message, first: str) -> str:
    """Return a message as a person sees it: who, what, which buttons; of a case what stands from `first` on."""
    who = "Doorstep" if message.by_bot else "Sam Reed"
    _, found, rest = message.shown.partition(first)
    shown = (found + rest or message.shown).replace("\n", "\n    ")
    labels = [button["text"] for button in message.buttons()]
    return f"{who}: {shown}" + (f"\n    [ {' | '.join(labels)} ]" if labels else "")
