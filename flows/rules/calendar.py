"""Public holidays of a country or a state of it. The only importer of `holidays`."""

import warnings
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _of(place: str) -> holidays.HolidayBase:
    country, _, subdivision = place.partition("-")
    return holidays.country_holidays(country, subdiv=subdivision or None)


def is_known(place: str) -> bool:
    """Is there a calendar of that name, such as CN or US-MA?"""
    try:
        _of(place)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=4096)
def is_holiday(places: tuple[str, ...], day: date) -> bool:
    """Is this local day a public holiday in any of `places`?

    Movable feasts far from now are unknown to the calendars; such a day then counts as a working day.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return any(day in _of(place) for place in places)
