"""Who has a phone in the room."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.service.desk.cases.casefile import CaseFile


@dataclass(slots=True)
class Person:
    """One phone: its chat, whose it is, in which language and zone.

    Of a customer besides the case, the answer that shows who they are, where they live, and the link of their letter.
    """

    id: int
    name: str
    role: str
    language: str
    zone: str
    badge: str = ""
    area: str = ""
    case: str | None = None
    place: str | None = None
    last_four: str = ""
    latitude: float | None = None
    longitude: float | None = None
    link: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what the page shows."""
        return asdict(self)


STAFF: Sequence[Person] = (
    Person(900, "Ash Calder", "admin", "en", "Europe/London", "A-900"),
    Person(901, "Sam Reed", "scheduler", "en", "Europe/London", "S-901"),
    Person(902, "Cora Lane", "collector", "en", "Europe/London", "C-902", "London"),
    Person(903, "Sol Hart", "safety_officer", "en", "Europe/London", "O-903", "London"),
    Person(904, "柯以安", "collector", "zh_Hans", "Asia/Singapore", "C-904", "新加坡"),
    Person(905, "石向明", "safety_officer", "zh_Hans", "Asia/Singapore", "O-905", "新加坡"),
    Person(906, "簡立行", "collector", "zh_Hant", "Asia/Hong_Kong", "C-906", "香港"),
    Person(907, "崔望舒", "safety_officer", "zh_Hant", "Asia/Hong_Kong", "O-907", "香港"),
    Person(908, "Gil Thorne", "collector", "en", "America/New_York", "C-908", "Albany"),
    Person(909, "Iris Vale", "safety_officer", "en", "America/New_York", "O-909", "Albany"),
)


def customer(chat_id: int, case: CaseFile, link: str, last_four: str) -> Person:
    """Return the customer of a case, with a phone of their own."""
    return Person(
        chat_id,
        str(case.personal["name"]),
        "customer",
        case.locale,
        case.timezone,
        case=case.case_ref,
        place=case.jurisdiction,
        last_four=last_four,
        latitude=case.personal.get("latitude"),
        longitude=case.personal.get("longitude"),
        link=link,
    )
