"""Reading steps: for each kind its keys and its builder."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flows.script.choices import choices, timeouts
from flows.script.document import MappingNode, Node
from flows.script.fields import Fields, Keys, Reading
from flows.script.model import Ask, Branch, Call, Case, Do, End, InputKind, Operator, Say, Step

FORMATS = ("text", "date", "slot")
TAPPED = (InputKind.CHOICE, InputKind.SLOT)  # what is only answered with a button
MAX_COLUMNS = 8  # buttons that Telegram shows in one row
NOTED = ("say", "ask")  # kinds that keep their note, for translators
CASE = Keys("A case", ("if", "then"), tuple(Operator))


class Kind(NamedTuple):
    """The keys of a kind of step besides `id`, and how it is built."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    build: Callable[[Fields, str], Step]


def step(reading: Reading, node: Node) -> Step | None:
    """Return the step that `node` writes; None when its kind cannot be told."""
    keys = [str(key.value) for key, _ in node.value] if isinstance(node, MappingNode) else []
    kinds = [kind for kind in KINDS if kind in keys]
    if len(kinds) != 1:
        reading.wrong(node, "FV112", f"A step has exactly one of the keys {', '.join(KINDS)}.")
        return None
    kind = KINDS[kinds[0]]
    fields = Fields(reading, node, f"A step `{kinds[0]}`", ("id", *kind.required), kind.optional)
    name = fields.id("id")
    reading.stands(name, node)
    if kinds[0] not in NOTED:
        fields.string("note")  # nobody reads it later; that it is a text is proven all the same
    return kind.build(fields, name)


def _say(fields: Fields, name: str) -> Step:
    return Say(
        name,
        fields.text("say", f"{name}/say"),
        fields.id("then"),
        fields.flag("discloses_debt", default=False),
        fields.string("note"),
    )


def _ask(fields: Fields, name: str) -> Step:
    ask = Ask(
        id=name,
        text=fields.text("ask", f"{name}/ask"),
        input=fields.member("input", InputKind, InputKind.CHOICE),
        choices=choices(fields, name),
        choices_from=fields.maybe_id("choices_from"),
        format=_format(fields),
        then=fields.maybe_id("then"),
        save=fields.maybe_id("save"),
        hint=fields.text("hint", f"{name}/hint") if fields.has("hint") else None,
        minimum=fields.number("minimum"),
        maximum=fields.number("maximum"),
        timeouts=timeouts(fields, f"{name}/"),
        numbered=fields.flag("numbered", default=False),
        back=fields.flag("back", default=True),
        columns=_columns(fields),
        discloses_debt=fields.flag("discloses_debt", default=False),
        note=fields.string("note"),
        aloud=fields.text("aloud", f"{name}/aloud") if fields.has("aloud") else None,
        lines=tuple(fields.names("lines")) if fields.has("lines") else None,
    )
    _check(fields, ask)
    return ask


def _check(fields: Fields, ask: Ask) -> None:
    """Refuse a question that nothing can answer, or whose answer leads nowhere."""
    taps_only = ask.input in TAPPED
    if taps_only and not ask.choices and ask.choices_from is None:
        fields.wrong("ask", "FV116", "Nothing can answer this question: give it choices, or another input.")
    if ask.lines is not None and ask.aloud is None:
        fields.wrong("lines", "FV116", "Lines of the rules are said where something is said `aloud`.")
    if ask.then is None and (not taps_only or ask.choices_from is not None):
        fields.wrong("ask", "FV116", "This question needs `then`: where an answer without its own way leads.")


def _format(fields: Fields) -> str:
    found = fields.string("format", "text")
    if found not in FORMATS:
        fields.wrong("format", "FV110", f"`format` is one of {', '.join(FORMATS)}.")
    return found


def _columns(fields: Fields) -> int:
    columns = fields.number("columns")
    if columns is not None and not 1 <= columns <= MAX_COLUMNS:
        fields.wrong("columns", "FV110", f"`columns` is a number from 1 to {MAX_COLUMNS}.")
    return 1 if columns is None else columns


def _branch(fields: Fields, name: str) -> Step:
    nodes = enumerate(fields.items("branch"))
    cases = tuple(_case(fields.reading, node, f"{name}/cases/{place}") for place, node in nodes)
    return Branch(name, cases, fields.id("otherwise"))


def _case(reading: Reading, node: Node, key: str) -> Case:
    fields = CASE.read(reading, node)
    operators = [operator for operator in Operator if fields.has(operator)]
    reading.stands(key, node)
    if len(operators) != 1:
        fields.wrong("if", "FV112", f"A case has exactly one of the keys {', '.join(Operator)}.")
        operators = [Operator.PRESENT]
    operator = operators[0]
    value = fields.value(operator)
    says = VALUES[operator]
    if fields.has(operator) and not says.right(value):
        fields.wrong(operator, "FV106", f"`{operator}` compares with {says.words}.")
    return Case(fields.id("if"), operator, value, fields.id("then"))


class Value(NamedTuple):
    """What an operator compares with."""

    words: str
    right: Callable[[object], bool]


def _plain(value: object) -> bool:
    return isinstance(value, str | int)


_ONE = Value("a text, a whole number, true or false", _plain)
_ORDERED = Value("a text or a whole number", lambda value: _plain(value) and not isinstance(value, bool))
_TRUE = Value("true", lambda value: value is True)
VALUES: Mapping[Operator, Value] = {
    Operator.EQUALS: _ONE,
    Operator.NOT_EQUALS: _ONE,
    Operator.ONE_OF: Value(
        "a list of texts or whole numbers", lambda value: isinstance(value, list) and all(map(_plain, value))
    ),
    Operator.AT_LEAST: _ORDERED,
    Operator.AT_MOST: _ORDERED,
    Operator.PRESENT: _TRUE,
    Operator.ABSENT: _TRUE,
}


def _do(fields: Fields, name: str) -> Step:
    outcomes = fields.targets("outcomes", name)
    return Do(name, fields.id("do"), outcomes, fields.args(), fields.flag("repeatable", default=False))


def _call(fields: Fields, name: str) -> Step:
    return Call(name, fields.id("call"), fields.targets("outcomes", name))


def _end(fields: Fields, name: str) -> Step:
    return End(name, fields.id("end"))


KINDS: Mapping[str, Kind] = {
    "say": Kind(("say", "then"), ("discloses_debt", "note"), _say),
    "ask": Kind(
        ("ask",),
        (
            "aloud",
            "lines",
            "input",
            "choices",
            "choices_from",
            "format",
            "then",
            "save",
            "hint",
            "minimum",
            "maximum",
            "timeouts",
            "numbered",
            "back",
            "columns",
            "discloses_debt",
            "note",
        ),
        _ask,
    ),
    "branch": Kind(("branch", "otherwise"), ("note",), _branch),
    "do": Kind(("do", "outcomes"), ("args", "repeatable", "note"), _do),
    "call": Kind(("call", "outcomes"), ("note",), _call),
    "end": Kind(("end",), ("note",), _end),
}
