"""The closed set of comparisons of a branch. Nothing here raises: what cannot be compared does not hold."""

from collections.abc import Callable, Mapping

from flows.script.model import Case, Operator

Holds = Callable[[object, object], bool]


def holds(case: Case, values: Mapping[str, object], facts: Mapping[str, object]) -> bool:
    """Tell whether `case` holds for the session's value of that name, or else the fact."""
    actual = values[case.name] if case.name in values else facts.get(case.name)
    return HOLDS[case.operator](actual, case.value)


def _equals(actual: object, wanted: object) -> bool:
    """Compare, but true is no 1 here: a script says which of them it means."""
    return isinstance(actual, bool) == isinstance(wanted, bool) and actual == wanted


def _one_of(actual: object, wanted: object) -> bool:
    return isinstance(wanted, list | tuple) and any(_equals(actual, one) for one in wanted)


def _compare(actual: object, wanted: object) -> int | None:
    """Return the sign of actual - wanted for two numbers or two texts (ISO dates); else None."""
    for kind in (int | float, str):
        if isinstance(actual, kind) and isinstance(wanted, kind):
            return (actual > wanted) - (actual < wanted)  # type: ignore[operator]
    return None


def _at_least(actual: object, wanted: object) -> bool:
    return _compare(actual, wanted) in (0, 1)


def _at_most(actual: object, wanted: object) -> bool:
    return _compare(actual, wanted) in (0, -1)


HOLDS: Mapping[Operator, Holds] = {
    Operator.EQUALS: _equals,
    Operator.NOT_EQUALS: lambda actual, wanted: not _equals(actual, wanted),
    Operator.ONE_OF: _one_of,
    Operator.AT_LEAST: _at_least,
    Operator.AT_MOST: _at_most,
    Operator.PRESENT: lambda actual, _: actual is not None,
    Operator.ABSENT: lambda actual, _: actual is None,
}
