"""The calendar file of a visit: neutral, since a calendar may be shared."""

from datetime import UTC
from typing import TYPE_CHECKING

from bot.documents.calendar import Appointment, visit_calendar
from bot.service.outbound.outgoing import Lane
from bot.service.outbound.texts import CALENDAR_CAPTION, CALENDAR_SUMMARY

if TYPE_CHECKING:
    from bot.service.conversations.scene import Scene

FILE_NAME = "appointment.ics"


async def send_calendar(scene: "Scene") -> None:
    """Send the visit's calendar file to the customer, with the sequence number of its last move."""
    batch = scene.batch
    visit = await batch.visit(scene.conversation.visit_id or 0)
    case = await batch.case(visit.case_id)
    appointment = Appointment(
        uid=f"visit-{visit.id}@doorstep",
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        zone=case.timezone,
        summary=scene.text(CALENDAR_SUMMARY),
        sequence=visit.sequence,
    )
    content = visit_calendar(appointment, at=batch.now.astimezone(UTC))
    call = batch.inst.calls.document(
        scene.conversation.chat_id, FILE_NAME, content, scene.text(CALENDAR_CAPTION)
    )
    await scene.send(call, lane=Lane.CONFIRMATIONS)
