"""A form's file to a `Form`; every fault at file:line:column, all of them at once."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from bot.casework.affordability.form import Form, Heading, Kind, Reckoning
from flows.errors import ScriptInvalid
from flows.script.document import compose
from flows.script.fields import Fields, Reading
from flows.script.lock import sha256_of
from flows.script.model import Text

_FORM = ("statement", "version", "saving", "margin", "burden", "headings", "lines")
_ALL = Decimal(100)


def read_form(source: str, file: str) -> Form:
    """Return the form that `source` writes; `file` is its name for messages. Raises ScriptInvalid."""
    reading = Reading(file, "affordability")
    fields = Fields(reading, compose(source, file), "A statement", _FORM, ("note",))
    amber, red = _burden(fields)
    form = Form(
        name=fields.id("statement"),
        version=version_of(fields),
        saving=percent(fields, "saving"),
        margin=percent(fields, "margin"),
        amber=amber,
        red=red,
        headings=tuple(_headings(fields)),
        lines=_lines(fields),
        file=file,
        sha256=sha256_of(source),
        places=reading.places,
    )
    if not any(heading.required for heading in form.of(Kind.INCOME)):
        fields.wrong(
            "headings", "AF105", "At least one heading of income is required: nothing is worked out without."
        )
    if reading.issues:
        raise ScriptInvalid(tuple(sorted(reading.issues)))
    return form


def version_of(fields: Fields) -> int:
    """Return the version of a file, from 1."""
    version = fields.number("version")
    if version is not None and version < 1:
        fields.wrong("version", "AF101", "`version` counts from 1.")
    return version or 1


def percent(fields: Fields, key: str) -> Decimal:
    """Return a number of percent, 0 to 100, written as 10 or "0.5"; 0 where the key is not there."""
    if not fields.has(key):
        return Decimal(0)
    try:
        found = Decimal(str(fields.value(key)))
    except InvalidOperation:
        found = Decimal(-1)
    if found.is_finite() and 0 <= found <= _ALL:
        return found
    fields.wrong(key, "AF102", f'`{key}` is percent from 0 to 100, such as 10 or "0.5".')
    return Decimal(0)


def _burden(fields: Fields) -> tuple[int, int]:
    inner = Fields(fields.reading, fields.at("burden"), "`burden`", ("amber", "red"), ())
    amber, red = inner.number("amber") or 0, inner.number("red") or 0
    if fields.has("burden") and not 0 < amber < red:
        fields.wrong("burden", "AF103", "`amber` is below `red`, and both are percent of the income.")
    return amber, red


def _headings(fields: Fields) -> Iterator[Heading]:
    known: set[str] = set()
    for node in fields.items("headings"):
        inner = Fields(fields.reading, node, "A heading", ("id", "kind", "label"), ("required",))
        name = inner.id("id")
        if name in known:
            inner.wrong("id", "AF104", f"Two headings are called `{name}`.")
        known.add(name)
        kind = inner.member("kind", Kind, Kind.FIXED)
        yield Heading(
            name, kind, inner.text("label", f"heading/{name}"), inner.flag("required", default=False)
        )


def _lines(fields: Fields) -> Mapping[Reckoning, Text]:
    inner = Fields(fields.reading, fields.at("lines"), "`lines`", tuple(Reckoning), ())
    return {step: inner.text(step, f"line/{step}") for step in Reckoning}
