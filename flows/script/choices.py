"""Reading choices and timeouts."""

from flows.script.document import Node
from flows.script.fields import Fields, Keys, Reading
from flows.script.model import Choice, Signal, Timeout

# `back` is the engine's own; the others stand in the contexts of texts and of places.
RESERVED = frozenset({"back", "aloud", "ask", "say", "hint", "cases", "outcomes", "timeouts"})
STYLES = ("primary", "success", "danger")
CHOICE = Keys("A choice", ("id", "label", "then"), ("style",))
INTERRUPT = Keys("A permanent choice", ("id", "label"), ("then", "call", "outcomes", "style"))
SIGNAL = Keys("A signal", ("id", "then"))
TIMEOUT = Keys("A timeout", ("id",), ("then", "do", "args", "after", "before", "by"))


def choices(fields: Fields, under: str) -> tuple[Choice, ...]:
    """Return the choices of a question."""
    read = [_choice(fields.reading, node, under) for node in fields.items("choices")]
    _unique(fields, "choices", [choice.id for choice in read])
    return tuple(read)


def interrupts(fields: Fields) -> tuple[Choice, ...]:
    """Return the permanent choices of a script."""
    read = [_interrupt(fields.reading, node) for node in fields.items("interrupts")]
    _unique(fields, "interrupts", [choice.id for choice in read])
    return tuple(read)


def signals(fields: Fields) -> tuple[Signal, ...]:
    """Return the signals of a script."""
    read = [_signal(fields.reading, node) for node in fields.items("signals")]
    _unique(fields, "signals", [signal.id for signal in read])
    return tuple(read)


def timeouts(fields: Fields, under: str) -> tuple[Timeout, ...]:
    """Return the timeouts of a question, or of a script when `under` is empty."""
    read = [_timeout(fields.reading, node, under) for node in fields.items("timeouts")]
    _unique(fields, "timeouts", [timeout.id for timeout in read])
    return tuple(read)


def _unique(fields: Fields, key: str, ids: list[str]) -> None:
    for name in dict.fromkeys(ids):
        if ids.count(name) > 1:
            fields.wrong(key, "FV109", f"The id `{name}` stands here twice.")


def _id(fields: Fields) -> str:
    found = fields.id("id")
    if found in RESERVED:
        fields.wrong("id", "FV114", f"The id `{found}` is taken by Doorstep itself; choose another.")
    return found


def _choice(reading: Reading, node: Node, under: str) -> Choice:
    fields = CHOICE.read(reading, node)
    name = _id(fields)
    label = fields.text("label", f"{under}/{name}")
    return Choice(name, label, then=fields.maybe_id("then"), style=_style(fields))


def _interrupt(reading: Reading, node: Node) -> Choice:
    fields = INTERRUPT.read(reading, node)
    name = _id(fields)
    if fields.has("then") == fields.has("call"):
        fields.wrong("id", "FV115", "A permanent choice has either `then` or `call`.")
    if fields.has("then") and fields.has("outcomes"):
        fields.wrong("outcomes", "FV115", "Only a `call` has outcomes.")
    return Choice(
        name,
        fields.text("label", f"interrupts/{name}"),
        then=fields.maybe_id("then"),
        call=fields.maybe_id("call"),
        outcomes=fields.targets("outcomes", f"interrupts/{name}"),
        style=_style(fields),
    )


def _signal(reading: Reading, node: Node) -> Signal:
    fields = SIGNAL.read(reading, node)
    name = fields.id("id")
    reading.stands(f"signals/{name}", node)
    return Signal(name, fields.id("then"))


def _style(fields: Fields) -> str:
    style = fields.string("style")
    if style not in ("", *STYLES):
        fields.wrong("style", "FV110", f"`style` is one of {', '.join(STYLES)}.")
    return style


def _timeout(reading: Reading, node: Node, under: str) -> Timeout:
    fields = TIMEOUT.read(reading, node)
    name, after = fields.id("id"), fields.span("after")
    if fields.has("after") == fields.has("before") or fields.has("before") != fields.has("by"):
        fields.wrong(
            "id", "FV115", "A timeout has either `after`, or `before` (a fact) and `by` (a duration)."
        )
    if fields.has("do") and (not under or not fields.has("after")):
        fields.wrong(
            "do", "FV115", "Only a question's timeout with `after` has `do`: the question stays open."
        )
    if fields.has("then") == fields.has("do") or (fields.has("args") and not fields.has("do")):
        fields.wrong("id", "FV115", "A timeout has either `then`, or `do` with its `args`.")
    if after is not None and not after:
        fields.wrong("after", "FV111", "`after` is longer than nothing.")
    reading.stands(f"{under}timeouts/{name}", node)
    return Timeout(
        name,
        fields.maybe_id("then"),
        after=after,
        before=fields.span("by"),
        anchor=fields.maybe_id("before"),
        effect=fields.maybe_id("do"),
        args=fields.args(),
    )
