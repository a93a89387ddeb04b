"""The longest words for what is known of a case, its visit and its team."""

from collections.abc import Mapping

from bot.casework.crisis_lines import CRISIS_LINES
from bot.casework.layouts import LONGEST
from bot.i18n import formats
from bot.i18n.negotiate import LOCALES
from bot.longest.speaker import CASE_REF, COLLEAGUE, CONTACT, CREDITOR, Speaker, Words
from bot.service.desk.invites import LONGEST_BADGE
from bot.service.field.outcomes import OFFERED
from bot.service.outbound.texts import NO_CASE, NOTHING, STAGES_AT_DOOR

_OVERDUE = 99_999  # days: a debt is older than its customer
_BARRED = 21  # spans of hours that do not suit: three on every day of the week
_PHONE = "+" + "9" * 15  # E.164
_CODE = "99"  # half of a visit code


def _barred(speaker: Speaker) -> str:
    longest = max((formats.weekly(speaker.locale, day, 0, 1439) for day in range(7)), key=len)
    return "\n".join([longest] * _BARRED)


FACTS: Mapping[str, Words] = {
    "creditor": lambda _: CREDITOR,
    "contact": lambda _: CONTACT,
    "customer_name": lambda _: "x" * LONGEST["name"],
    "customer_phone": lambda _: _PHONE,
    "customer_language": lambda _: max(map(formats.language, LOCALES), key=len),
    "case_ref": lambda speaker: max(CASE_REF, speaker.say(NO_CASE), key=len),
    "product": lambda _: "x" * LONGEST["product"],
    "outstanding": lambda speaker: speaker.money,
    "overdue_days": lambda _: str(_OVERDUE),
    "overdue_for": lambda speaker: formats.days(speaker.locale, _OVERDUE),
    "promise_amount": lambda speaker: speaker.money,
    "promise_left": lambda speaker: speaker.money,
    "promise_day": lambda speaker: speaker.date,
    "data_by": lambda speaker: speaker.date,
    "crisis_line": lambda _: max(CRISIS_LINES.values(), key=len),
    "barred_times": _barred,
    "visit_address": lambda _: "x" * LONGEST["address"],
    "visit_day": lambda speaker: speaker.day,
    "visit_time": lambda speaker: speaker.time,
    "visit_stage": lambda speaker: speaker.longest(STAGES_AT_DOOR.values()),
    "visit_offered": lambda speaker: speaker.longest((NOTHING, *OFFERED.values())),
    **dict.fromkeys(
        ("collector_name", "safety_officer_name", "person_name", "known_person"),
        lambda _: max(COLLEAGUE, CREDITOR, key=len),
    ),
    **dict.fromkeys(("collector_badge", "safety_officer_badge"), lambda _: "x" * LONGEST_BADGE),
    **dict.fromkeys(("code_team", "code_customer"), lambda _: _CODE),
}
