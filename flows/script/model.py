"""A script: what is said, asked and done, step by step. Read from YAML by `flows.script.parse`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Party(StrEnum):
    """Whose chat the script runs in."""

    CUSTOMER = "customer"
    COLLECTOR = "collector"
    SAFETY_OFFICER = "safety_officer"
    SCHEDULER = "scheduler"
    ANYONE = "anyone"


class InputKind(StrEnum):
    """What an `ask` waits for."""

    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SLOT = "slot"
    LOCATION = "location"
    FILE = "file"
    CONTACT = "contact"


class Operator(StrEnum):
    """The closed set of comparisons in a branch."""

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    PRESENT = "present"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its gettext context (`script/step/field`) and English msgid; `names` are its placeholders."""

    context: str
    msgid: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `then` jumps to a step of the same script; `call` runs a sub-script and returns."""

    id: str
    label: Text
    then: str | None = None
    call: str | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)
    style: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that others do and that ends what is going on here: whatever is open is left for `then`."""

    id: str
    then: str


@dataclass(frozen=True, slots=True)
class Timeout:
    """Due when `after` has passed, or `before` that much before the instant in fact `anchor`.

    It leaves to `then`; or it performs `effect` and leaves the question open as it is, without a word to anybody.
    """

    id: str
    then: str | None
    after: timedelta | None = None
    before: timedelta | None = None
    anchor: str | None = None
    effect: str | None = None
    args: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Say:
    """Say `text`, go on to `then`."""

    id: str
    text: Text
    then: str
    discloses_debt: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask `text` and wait. The answer is saved under `save`; a choice has its own `then`, the rest share one.

    `choices_from` names a session value: a list of {"id", "value"} offered beside the fixed choices,
    shown in `format` (date, slot or text). `aloud` is a line that staff say word for word, in the customer's
    language; with `lines` those of the rules are said there, too, but the ones named, which its own words contain.
    """

    id: str
    text: Text
    input: InputKind = InputKind.CHOICE
    choices: tuple[Choice, ...] = ()
    choices_from: str | None = None
    format: str = "text"
    then: str | None = None
    save: str | None = None
    hint: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    timeouts: tuple[Timeout, ...] = ()
    numbered: bool = False
    back: bool = True
    columns: int = 1
    discloses_debt: bool = False
    note: str = ""
    aloud: Text | None = None
    lines: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a branch: if `name` (a session value, else a fact) compares to `value`, go to `then`."""

    name: str
    operator: Operator
    value: object
    then: str


@dataclass(frozen=True, slots=True)
class Branch:
    """The first case that holds decides, else `otherwise`."""

    id: str
    cases: tuple[Case, ...]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Do:
    """Perform the named effect and go where its outcome leads. `repeatable`: Back may cross it."""

    id: str
    effect: str
    outcomes: Mapping[str, str]
    args: Mapping[str, object] = field(default_factory=dict)
    repeatable: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Run the sub-script `script` and go where its outcome leads (key `otherwise` for any other)."""

    id: str
    script: str
    outcomes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """The script ends with this outcome."""

    id: str
    outcome: str


Step = Say | Ask | Branch | Do | Call | End


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a script file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """One released version. `linked` holds every sub-script that it can reach, so that a pin pins all.

    Scripts compare by identity, so that what is worked out of one once can be kept beside it. `owner` names
    who is present and answers for a question without a timeout (staff at the door). `places` finds things in
    `file`: a step by its id, a text by the rest of its context, an outcome by `step/outcomes/name`.
    """

    name: str
    version: int
    party: Party
    entry: str
    steps: Mapping[str, Step]
    interrupts: tuple[Choice, ...] = ()
    signals: tuple[Signal, ...] = ()
    timeouts: tuple[Timeout, ...] = ()
    in_place: bool = False
    owner: str | None = None
    linked: Mapping[str, "Script"] = field(default_factory=dict)
    sha256: str = ""
    file: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
