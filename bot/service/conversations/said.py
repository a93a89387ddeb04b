"""What is said at a step: may the debt be spoken of there, and what staff say aloud."""

from collections.abc import Sequence
from dataclasses import replace

from bot.errors import DisclosureRefused
from bot.service.conversations.scene import Scene
from bot.service.conversations.values import fill_in, locale_of_customer
from bot.service.outbound.gate import judge_step
from bot.service.outbound.lines import html_lines_of
from bot.service.outbound.receipts import keep
from flows.engine import SendPrompt, SendText
from flows.rules import Outcome, Verdict


async def check_disclosure(scene: Scene, effect: SendText | SendPrompt) -> Verdict | None:
    """Ask whether a step that discloses the debt may be opened. Raises `DisclosureRefused` when it may not.

    The fault undoes this turn, but not the receipt of the refusal.
    """
    conversation = scene.conversation
    if not effect.discloses_debt or conversation.case_id is None or await _has_left(scene):
        return None
    verdict = await judge_step(scene.batch, conversation)
    refused = verdict.outcome is not Outcome.ALLOWED
    step = effect.text.context.rpartition("/")[0]
    receipt_id = keep(
        scene.batch.changes if refused else scene.changes,
        verdict,
        case_id=conversation.case_id,
        visit_id=conversation.visit_id,
        session_id=conversation.id,
        step=step,
    )
    if refused:
        raise DisclosureRefused(step, conversation.case_id, conversation.visit_id, receipt_id)
    return verdict


async def _has_left(scene: Scene) -> bool:
    """Has whoever of the team reads this checked out? What they write of a visit then is said at nobody's door."""
    conversation = scene.conversation
    if conversation.person_id is None or conversation.visit_id is None:
        return False
    visit = await scene.batch.visit(conversation.visit_id)
    left = {
        visit.collector_id: visit.collector_out_at,
        visit.safety_officer_id: visit.safety_officer_out_at,
    }
    return left.get(conversation.person_id) is not None


async def _lines(scene: Scene, effect: SendPrompt, verdict: Verdict | None) -> Sequence[str]:
    """Return what the rules want said aloud at this step besides its own words, as html."""
    if effect.lines is None or verdict is None:
        return ()
    case = await scene.batch.case(scene.conversation.case_id or 0)
    asked = tuple(one for one in verdict.lines if one.id not in effect.lines)
    return await html_lines_of(scene.batch, case, replace(verdict, lines=asked))


async def said_aloud(scene: Scene, effect: SendPrompt, verdict: Verdict | None) -> str:
    """Return the line to say word for word in the customer's language, the reader's own beneath when they differ.

    With it stand the lines that the rules demand, where the step has a place for them; empty: nothing is said aloud.
    """
    line = effect.aloud
    if line is None:
        return ""
    demanded = await _lines(scene, effect, verdict)
    inst, reader = scene.batch.inst, scene.reader
    theirs = await locale_of_customer(scene.batch, await scene.batch.case(scene.conversation.case_id or 0))
    words = await fill_in(replace(reader, locale=theirs), line)
    said = inst.calls.aloud("\n\n".join([words, *demanded]))
    meant = f"{await fill_in(reader, line)}\n" if theirs != reader.locale else ""
    return f"{said}\n\n{meant}\n" if meant else f"{said}\n\n"
