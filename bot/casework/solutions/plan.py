"""A plan: one product worked out for one debt."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bot.casework.solutions import schedule as sums
from bot.casework.solutions.debt import Debt
from bot.casework.solutions.formulas import monthly_rate, yearly
from bot.casework.solutions.product import Authority, Kind, Product
from bot.casework.solutions.schedule import Schedule

_UNEVEN = (Kind.EQUAL_PRINCIPAL, Kind.STEP_UP)


@dataclass(frozen=True, slots=True)
class Plan:
    """`settles`: what of the debt it pays off, `waived`: what is given up once it is kept; minor units."""

    product: Product
    schedule: Schedule
    settles: int
    waived: int
    authority: Authority

    @property
    def months(self) -> int:
        """The number of instalments."""
        return len(self.schedule.instalments)

    @property
    def yearly_rate(self) -> Decimal:
        """What it costs, as the effective rate of a year; a decimal fraction, 0 where it costs nothing."""
        if not self.schedule.cost:
            return Decimal(0)
        if self.product.kind in _UNEVEN or not self.product.fee:
            return yearly(self.product.rate)
        regular = Decimal(self.schedule.instalments[0].amount)
        return yearly(monthly_rate(Decimal(self.settles), regular, self.months))


def work_out(product: Product, debt: Debt, months: int, first: date) -> Plan | None:
    """Return this product over so many months, the first payment on `first`; None where it cannot be."""
    authority = product.authority(months)
    waived = int((debt.outstanding * product.waive / 100).to_integral_value(ROUND_FLOOR))
    rest = debt.outstanding - waived
    arrears, running = debt.arrears, debt.instalment
    schedule: Schedule | None
    if authority is None or rest <= 0:
        return None
    match product.kind:
        case Kind.EQUAL_PRINCIPAL:
            schedule = sums.equal_principal(rest, product.rate, months, first)
        case Kind.STEP_UP:
            schedule = sums.stepped(rest, product.rate, months, first, product.growth)
        case Kind.CATCH_UP if arrears and running and arrears < debt.outstanding:
            schedule, rest = sums.beside_running(arrears, running, months, first), arrears
        case Kind.CATCH_UP:
            return None
        case Kind.PAYMENT_HOLIDAY:
            schedule = sums.after_pause(rest, product.rate, product.pause, months, first)
        case Kind.SETTLEMENT:
            schedule = sums.once(rest, first)
        case _ if product.fee:
            schedule = sums.flat_fee(rest, product.fee, months, first)
        case _:
            schedule = sums.equal(rest, product.rate, months, first)
    return Plan(product, schedule, rest, waived, authority) if schedule is not None else None
