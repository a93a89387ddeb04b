"""Where somebody in a crisis can call at any hour, by country.

Source: public services as listed in 2026; every lender checks its own before going live. The European number is
that of the emergency services.
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
    "EU": "112",
}


def crisis_line(jurisdiction: str) -> str:
    """Return the number for a jurisdiction such as UK or US-MA; the European emergency number where none is known."""
    return CRISIS_LINES.get(jurisdiction.partition("-")[0], "112")
