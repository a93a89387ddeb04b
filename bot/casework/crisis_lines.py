"""Where somebody in a crisis can call at any hour, by country.

Source: public services as listed in 2026; every lender checks its own before going live.
"""

from collections.abc import Mapping

CRISIS_LINES: Mapping[str, str] = {
    "CN": "12356",
    "US": "988",
    "UK": "116 123",
    "IN": "14416",
    "HK": "18111",
    "TW": "1925",
    "SG": "1767",
    "MY": "15555",
    "ID": "119 ext. 8",
    "PH": "1553",
    "AU": "13 11 14",
    "KR": "109",
    "JP": "0120-279-338",
    "TH": "1323",
}
EMERGENCY = "112"  # of mobile phones in most countries, and of every telephone in the European Union


def crisis_line(jurisdiction: str) -> str:
    """Return the number for a jurisdiction such as UK or US-MA; the emergency number where none is known."""
    return CRISIS_LINES.get(jurisdiction.partition("-")[0], EMERGENCY)


def has_crisis_line(jurisdiction: str) -> bool:
    """Is there a line on which one can talk in confidence? The emergency number is none."""
    return jurisdiction.partition("-")[0] in CRISIS_LINES
