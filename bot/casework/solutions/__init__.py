"""Ways to settle a debt: exact schedules side by side, chosen by what the customer can afford; pure.

Amounts are whole minor units of one currency, rates are decimal fractions of a month.
"""

from bot.casework.solutions.choice import Choice, Wish, choose
from bot.casework.solutions.debt import Debt
from bot.casework.solutions.plan import Plan
from bot.casework.solutions.product import Authority, Catalogue, Kind, Limit, Product, for_place
from bot.casework.solutions.product_file import read_catalogue
from bot.casework.solutions.schedule import Instalment, Schedule

__all__ = [
    "Authority",
    "Catalogue",
    "Choice",
    "Debt",
    "Instalment",
    "Kind",
    "Limit",
    "Plan",
    "Product",
    "Schedule",
    "Wish",
    "choose",
    "for_place",
    "read_catalogue",
]
