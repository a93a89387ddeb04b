"""Notices that a customer was given on paper are put on record, so that the rules count from them."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.errors import InputRefused
from bot.ids import new_id
from bot.service.audit_line import CLI, About, audit_line
from bot.service.conversations.batch import Batch
from bot.service.desk.cases.holds import case_by_ref
from bot.service.installation import Installation
from bot.service.outbound.gate import packs_of
from bot.store import notices
from flows.rules import notice_kinds

_END_OF_DAY = time(23, 59, 59)


async def record_notice(inst: Installation, case_ref: str, kind: str, on: date | None) -> None:
    """Keep that a customer was given a notice, `on` a day of theirs or now.

    Raises `InputRefused` for an unknown case, a notice that no rule of the place names, a day that has not come.
    """
    async with inst.store.begin() as tx:
        batch = Batch(inst, tx, inst.clock.now())
        case = await case_by_ref(batch, case_ref)
        kinds = notice_kinds(packs_of(inst, case.jurisdiction))
        if kind not in kinds:
            named = ", ".join(kinds) or "none"
            raise InputRefused(f"No rule of {case.jurisdiction} asks for `{kind}`; they ask for: {named}.")
        zone = ZoneInfo(case.timezone)
        today = batch.now.astimezone(zone).date()
        if on is not None and on > today:
            raise InputRefused("--on: that day has not come yet.")
        given_at = batch.now if on in (None, today) else datetime.combine(on or today, _END_OF_DAY, zone)
        row = {"id": new_id(), "case_id": case.id, "kind": kind, "given_at": given_at}
        await notices.put(tx, row | {"recorded_at": batch.now, "recorded_by": CLI})
        what = {"notice": kind, "given_at": given_at.isoformat()}
        line = audit_line(batch.now, CLI, "notice.recorded", About(case.id), **what)
        batch.changes.audit.append(line)
        await batch.changes.write(tx)
