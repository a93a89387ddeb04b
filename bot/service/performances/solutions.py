"""Plans worked out and picked, and what the customer answers to one in their own chat."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.casework.affordability import Standing
from bot.casework.solutions import Authority
from bot.casework.solutions.months import later
from bot.service.conversations.scene import note
from bot.service.desk.queue.alerts import alert
from bot.service.performances.done import Done
from bot.service.solutions import agreement
from bot.service.solutions.offers import FIRST_DUE, LETTERS, offers_of
from bot.service.solutions.showing import show_plan
from flows.engine import Perform

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene
    from bot.service.conversations.talk import Talk

LATEST = timedelta(days=62)  # how far ahead the first payment may lie


async def work_out_plans(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Work out what can be paid and which plans fit; the first day is fixed, so that Back changes nothing."""
    batch, values = talk.batch, scene.conversation.session.values
    case = await batch.case(scene.conversation.case_id or 0)
    today = batch.now.astimezone(ZoneInfo(case.timezone)).date()
    first = first_day(str(values["first_day"]), today)
    if first is None:
        return Done("bad_day")
    fixed = {FIRST_DUE: first.isoformat()}
    offers = await offers_of(batch, case.id, {**values, **fixed})
    plans = [{"id": letter.lower(), "value": letter} for letter in offers.plans]
    note(scene, "plans.worked_out", standing=str(offers.affordability.standing), plans=len(plans))
    if plans:
        return Done("plans", fixed | {"plans": plans})
    ends = {Standing.CANNOT_PAY_NOW: "cannot_pay", Standing.INCOMPLETE: "incomplete"}
    return Done(ends.get(offers.affordability.standing, "none"), fixed)


def first_day(said: str, today: date) -> date | None:
    """Return the first day as it was said, or a month from today; None for one that does not lie ahead."""
    if said == "in_a_month":
        return later(today, 1)
    day = date.fromisoformat(said)
    return day if today < day <= today + LATEST else None


async def propose_plan(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """Take the picked plan down; what the team may grant goes to the customer's chat at once, the rest to the desk."""
    batch, conversation = talk.batch, scene.conversation
    values = conversation.session.values
    offers = await offers_of(batch, conversation.case_id or 0, values)
    letter = str(values["plan"]).upper()
    if letter not in LETTERS or letter not in offers.plans:
        return Done("gone")
    made = await agreement.propose(batch, conversation, offers, letter)
    authority = offers.plans[letter].authority
    note(scene, "plan.proposed", agreement=made.id, product=made.terms["product"], authority=str(authority))
    if authority is Authority.TEAM:
        return Done("shown" if await show_plan(talk, made, unasked=False) else "no_chat")
    await alert(
        batch,
        talk.changes,
        "plan_approval",
        case_id=made.case_id,
        visit_id=made.visit_id,
        subject_id=made.id,
    )
    return Done("waiting")


def _subject(scene: "Scene") -> int:
    return int(str(scene.conversation.session.values["agreement"]))


async def accept_plan(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer's own tap: from here on it is agreed."""
    done = await agreement.accept(talk.batch, talk.changes, _subject(scene), scene.conversation.id)
    note(scene, f"plan.{done}", agreement=_subject(scene))
    return Done(done)


async def decline_plan(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer says no; that is on record, and nothing else follows by itself."""
    await agreement.decline(talk.batch, _subject(scene))
    note(scene, "plan.declined", agreement=_subject(scene))
    await _tell(talk, scene, "plan_declined")
    return Done("done")


async def lapse_plan(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """No answer is no: the plan is closed, a person looks, the customer is not written to again."""
    if await agreement.decline(talk.batch, _subject(scene), "lapsed"):
        note(scene, "plan.lapsed", agreement=_subject(scene))
        await _tell(talk, scene, "plan_unanswered")
    return Done("done")


async def take_back_plan(talk: "Talk", scene: "Scene", order: Perform) -> Done:
    """The customer takes an accepted plan back within the days to think again."""
    taken_back = await agreement.take_back(talk.batch, talk.changes, _subject(scene))
    if taken_back:
        note(scene, "plan.taken_back", agreement=_subject(scene))
    return Done("done" if taken_back else "too_late")


async def _tell(talk: "Talk", scene: "Scene", kind: str) -> None:
    conversation = scene.conversation
    case_id, visit_id = conversation.case_id or 0, conversation.visit_id
    await alert(talk.batch, talk.changes, kind, case_id=case_id, visit_id=visit_id)
