"""How big a town is, how bad its days are, and what is other than usual in it."""

from dataclasses import dataclass, field, replace

from bot.errors import InputRefused
from bot.twin.town import Staffing
from bot.twin.weather import FAIR, Climate


@dataclass(frozen=True, slots=True)
class Scale:
    """`deaths`: the share of moments at which the process could die, and does.

    `notice`: hours between the notice and the visit at the least, where the lender wants more than the shipped policy.
    """

    customers: int
    days: int
    seed: int
    deaths: float = 0.0
    climate: Climate = FAIR
    staffing: Staffing = field(default_factory=Staffing)
    notice: int | None = None


LIMITS = {"notice": (24, 336), "teams": (1, 500), "ill": (1, 500)}  # of what may be asked


def what_if(scale: Scale, question: str) -> Scale:
    """Return the town with this changed: `notice 72`, `teams 3`, `ill 1`, or several with commas between.

    Raises `InputRefused` for what cannot be asked.
    """
    for part in question.split(","):
        name, _, number = part.strip().replace("=", " ").partition(" ")
        least, most = LIMITS.get(name, (1, 0))
        if not (number.strip().isdecimal() and least <= int(number) <= most):
            known = ", ".join(f"{one} {low} to {high}" for one, (low, high) in LIMITS.items())
            raise InputRefused(f"--what-if {part.strip()}: this cannot be asked; there are {known}.")
        scale = _with(scale, name, int(number))
    return scale


def _with(scale: Scale, name: str, number: int) -> Scale:
    if name == "notice":
        return replace(scale, notice=number)
    return replace(scale, staffing=replace(scale.staffing, **{name: number}))
