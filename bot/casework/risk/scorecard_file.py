"""A scorecard's file to a `Scorecard`; every fault at file:line:column, all of them at once."""

from collections.abc import Sequence

from bot.casework.risk.factor_checks import check_missing, check_numbers, check_words
from bot.casework.risk.inputs import INPUTS, PROTECTED, View
from bot.casework.risk.model import Band, Direction, Factor, Grade, Outcome, Scorecard
from flows.errors import ScriptInvalid
from flows.script.document import Node, ScalarNode, compose, plain
from flows.script.fields import Fields, Reading
from flows.script.lock import sha256_of

ANSWERS = ("yes", "no")  # of an outcome
_CARD = ("scorecard", "version", "title", "grades", "factors", "outcome")
_MOST = 1000  # points of one band: enough, and sums stay readable
_ABOVE = "above"  # what the last band of numbers is called in contexts


def read_scorecard(source: str, file: str) -> Scorecard:
    """Return the scorecard that `source` writes; `file` is its name for messages. Raises ScriptInvalid."""
    reading = Reading(file)
    fields = Fields(reading, compose(source, file), "A scorecard", _CARD, ("note",))
    view = fields.member("scorecard", View, View.PAYMENT)
    reading.name = f"risk/{view}"
    card = Scorecard(
        view=view,
        version=version_of(fields),
        title=fields.text("title", "title"),
        grades=_grades(fields),
        factors=_factors(fields),
        outcome=_outcome(fields),
        file=file,
        sha256=sha256_of(source),
        places=reading.places,
    )
    _check_reach(fields, card)
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return card


def version_of(fields: Fields) -> int:
    """Return the version of a file, from 1."""
    version = fields.number("version")
    if version is not None and version < 1:
        fields.wrong("version", "RS101", "`version` counts from 1.")
    return version or 1


def _grades(fields: Fields) -> tuple[Grade, ...]:
    grades: list[Grade] = []
    for node in fields.items("grades"):
        inner = Fields(fields.reading, node, "A grade", ("id", "label", "above"), ())
        grade = Grade(
            inner.id("id"), inner.text("label", f"grade/{inner.value('id')}"), _points(inner, "above")
        )
        if grade.id in {earlier.id for earlier in grades}:
            inner.wrong("id", "RS102", f"Two grades are called `{grade.id}`.")
        if grade.above <= (grades[-1].above if grades else -1):
            inner.wrong("above", "RS103", "Grades are in order: each begins above the one before.")
        grades.append(grade)
    if fields.has("grades") and (not grades or grades[0].above):
        fields.wrong("grades", "RS104", "The first grade begins at 0 points.")
    if not grades:
        return (Grade("unread", fields.text("title", "title"), 0),)
    return tuple(grades)


def _outcome(fields: Fields) -> Outcome:
    if not fields.has("outcome"):
        return Outcome("", "", fields.text("title", "title"))
    inner = Fields(fields.reading, fields.at("outcome"), "An outcome", ("column", "concern", "say"), ())
    if inner.has("concern") and inner.string("concern") not in ANSWERS:
        inner.wrong("concern", "RS123", '`concern` is "yes" or "no", as the column says it.')
    return Outcome(inner.id("column"), inner.string("concern"), inner.text("say", "outcome"))


def _factors(fields: Fields) -> tuple[Factor, ...]:
    factors: dict[str, Factor] = {}
    asked: set[str] = set()
    for node in fields.items("factors"):
        keys = ("id", "input", "bands", "missing", "change")
        inner = Fields(fields.reading, node, "A factor", keys, ("direction", "note"))
        factor = _factor(inner)
        if factor.id in factors:
            inner.wrong("id", "RS105", f"Two factors are called `{factor.id}`.")
        elif factor.input in asked:
            inner.wrong("input", "RS106", f"`{factor.input}` is asked twice: it would count twice.")
        factors[factor.id] = factor
        asked.add(factor.input)
    if fields.has("factors") and not factors:
        fields.wrong("factors", "RS107", "A scorecard has at least one factor.")
    return tuple(factors.values())


def _factor(fields: Fields) -> Factor:
    name = fields.id("id")
    source = _input(fields)
    words = INPUTS[source].words if source in INPUTS else None
    bands = tuple(_band(fields, node, name, words) for node in fields.items("bands"))
    factor = Factor(
        id=name,
        input=source,
        bands=bands or (_unread(fields, name),),
        missing=_missing(fields, name),
        change=fields.text("change", f"{name}/change"),
        direction=fields.member("direction", Direction, Direction.RISING)
        if fields.has("direction")
        else None,
    )
    if not bands and fields.has("bands"):
        fields.wrong("bands", "RS108", "A factor has at least one band.")
    elif bands and words:
        check_words(fields, bands, words)
    elif bands and words is not None:
        check_numbers(fields, factor)
    check_missing(fields, factor)
    return factor


def _unread(fields: Fields, name: str) -> Band:
    return Band(0, fields.text("change", f"{name}/change"))


def _input(fields: Fields) -> str:
    name = fields.id("input")
    if name in PROTECTED:
        fields.wrong(
            "input", "RS109", f"`{name}` is protected, or stands in for what is: it may not be a factor."
        )
    elif name and name not in INPUTS:
        fields.wrong("input", "RS110", f"There is no input `{name}`; there are {', '.join(INPUTS)}.")
    return name


def _band(fields: Fields, node: Node, factor: str, words: frozenset[str] | None) -> Band:
    key = "is" if words else "up_to"
    inner = Fields(fields.reading, node, "A band", ("points", "say"), (key,))
    told = _told(inner) if words else frozenset()
    up_to = None if words else inner.number("up_to")
    stretch = "_".join(sorted(told)) if words else _ABOVE if up_to is None else f"up_to_{up_to}"
    say = inner.text("say", f"{factor}/{stretch}")
    if set(say.names) - (set() if words else {"value"}):
        inner.wrong("say", "RS111", "The only placeholder is {value}, where the input is a number.")
    return Band(_points(inner, "points"), say, up_to, told)


def _told(fields: Fields) -> frozenset[str]:
    """Return the words of a band: one, or a list."""
    node = fields.at("is")
    if not fields.has("is"):
        fields.wrong("is", "RS112", "A band of words says which: `is: yes` or `is: [illness, family]`.")
        return frozenset()
    return frozenset([str(node.value)] if isinstance(node, ScalarNode) else map(str, _listed(plain(node))))


def _listed(found: object) -> Sequence[object]:
    return found if isinstance(found, list) else []


def _points(fields: Fields, key: str) -> int:
    points = fields.number(key)
    if points is not None and not 0 <= points <= _MOST:
        fields.wrong(key, "RS113", f"`{key}` is a number of points from 0 to {_MOST}.")
    return points or 0


def _missing(fields: Fields, factor: str) -> Band:
    inner = Fields(
        fields.reading, fields.at("missing"), "What counts while it is missing", ("points", "say"), ()
    )
    say = inner.text("say", f"{factor}/missing")
    if say.names:
        inner.wrong("say", "RS111", "There is no {value} to show while it is missing.")
    return Band(_points(inner, "points"), say)


def _check_reach(fields: Fields, card: Scorecard) -> None:
    most = sum(factor.most for factor in card.factors)
    for grade in card.grades:
        if grade.above > most:
            fields.wrong(
                "grades", "RS122", f"`{grade.id}` is never reached: there are {most} points at most."
            )
