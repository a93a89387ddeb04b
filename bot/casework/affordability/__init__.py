"""What a customer can pay in a month after everything that comes first; pure. Amounts are minor units."""

from bot.casework.affordability.assessment import Affordability, Basis, Line, Standing, assess, burden
from bot.casework.affordability.form import Form, Heading, Kind, Reckoning
from bot.casework.affordability.form_file import read_form
from bot.casework.affordability.told import Told

__all__ = [
    "Affordability",
    "Basis",
    "Form",
    "Heading",
    "Kind",
    "Line",
    "Reckoning",
    "Standing",
    "Told",
    "assess",
    "burden",
    "read_form",
]
