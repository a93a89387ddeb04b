"""Reading script files: what is right, and where exactly something is wrong."""

from datetime import timedelta

import pytest

from flows.errors import ScriptInvalid
from flows.script import (
    Ask,
    Branch,
    Call,
    Case,
    Choice,
    Do,
    End,
    InputKind,
    Issue,
    Operator,
    Party,
    Place,
    Say,
    Text,
    Timeout,
    parse,
    place_of,
    texts,
)
from flows.script.durations import duration

GOOD = """\
script: good
version: 3
party: customer
owner: staff
in_place: true
interrupts:
  - {id: stop, label: "Stop", then: end}
  - {id: help, label: "Help", call: help, outcomes: {held: end}, style: danger}
timeouts: [{id: over, before: visit_at, by: PT0S, then: end}]
steps:
  - id: ask
    ask: "Hello {name}, {{really}} {name} {other}?"
    note: For translators.
    discloses_debt: true
    input: number
    minimum: 1
    maximum: 9
    hint: "Type."
    numbered: true
    back: false
    columns: 2
    save: answer
    then: say
    choices_from: days
    format: date
    choices: [{id: "1", label: Confirm, then: say, style: success}]
    timeouts: [{id: nudge, after: PT24H, then: say}]
  - id: say
    say: |-
      One.
      Two.
    discloses_debt: true
    then: branch
  - id: branch
    branch:
      - {if: answer, one_of: [1, a], then: do}
      - {if: answer, present: true, then: do}
    otherwise: do
  - {id: do, do: look, args: {kind: x}, repeatable: true, outcomes: {done: call}}
  - {id: call, call: help, outcomes: {otherwise: end}}
  - {id: end, end: completed}
"""


def test_every_key_has_its_place() -> None:
    """A file reads into the model, whole."""
    script = parse(GOOD, "good/v3.yaml")
    assert (script.name, script.version, script.party, script.entry) == ("good", 3, Party.CUSTOMER, "ask")
    assert (script.owner, script.in_place, script.file) == ("staff", True, "good/v3.yaml")
    assert script.interrupts == (
        Choice("stop", Text("good/interrupts/stop", "Stop"), then="end"),
        Choice(
            "help",
            Text("good/interrupts/help", "Help"),
            call="help",
            outcomes={"held": "end"},
            style="danger",
        ),
    )
    assert script.timeouts == (Timeout("over", "end", before=timedelta(), anchor="visit_at"),)
    assert tuple(script.steps.values()) == (
        Ask(
            id="ask",
            text=Text("good/ask/ask", "Hello {name}, {{really}} {name} {other}?", ("name", "other")),
            input=InputKind.NUMBER,
            choices=(Choice("1", Text("good/ask/1", "Confirm"), then="say", style="success"),),
            choices_from="days",
            format="date",
            then="say",
            save="answer",
            hint=Text("good/ask/hint", "Type."),
            minimum=1,
            maximum=9,
            timeouts=(Timeout("nudge", "say", after=timedelta(days=1)),),
            numbered=True,
            back=False,
            columns=2,
            discloses_debt=True,
            note="For translators.",
        ),
        Say("say", Text("good/say/say", "One.\nTwo."), "branch", discloses_debt=True),
        Branch(
            "branch",
            (
                Case("answer", Operator.ONE_OF, [1, "a"], "do"),
                Case("answer", Operator.PRESENT, True, "do"),
            ),
            "do",
        ),
        Do("do", "look", {"done": "call"}, {"kind": "x"}, repeatable=True),
        Call("call", "help", {"otherwise": "end"}),
        End("end", "completed"),
    )


def test_texts_come_in_the_order_of_the_file_with_their_places() -> None:
    """For the extraction: each text, and the line where it stands."""
    script = parse(GOOD, "good/v3.yaml")
    found = [(text.context, place_of(script, text)) for text in texts(script)]
    assert found == [
        ("good/interrupts/stop", Place(7, 23)),
        ("good/interrupts/help", Place(8, 23)),
        ("good/ask/ask", Place(12, 10)),
        ("good/ask/hint", Place(18, 11)),
        ("good/ask/1", Place(26, 32)),
        ("good/say/say", Place(29, 10)),
    ]


def test_a_text_from_elsewhere_stands_at_the_top() -> None:
    """Only the script's own texts have a place in it."""
    assert place_of(parse(GOOD, "f"), Text("engine/back", "Back")) == Place(1, 1)


def issues(source: str) -> list[tuple[str, int]]:
    with pytest.raises(ScriptInvalid) as caught:
        parse(source, "f.yaml")
    found = [issue for issue in caught.value.issues if isinstance(issue, Issue)]
    return [(issue.code, issue.line) for issue in found]


WRONG = [
    ("script: good", "script: Good!", "FV108", 1),
    ("script: good", "script: [good]", "FV108", 1),
    ("version: 3", "version: three", "FV106", 2),
    ("version: 3", "version: 0", "FV110", 2),
    ("version: 3", "version: true", "FV106", 2),
    ("version: 3", "version: 012_3", "FV106", 2),
    ("version: 3", "verison: 3", "FV104", 2),
    ("party: customer", "party: nobody", "FV110", 3),
    ("in_place: true", "in_place: yes", "FV106", 5),
    ("in_place: true", "version: 3", "FV107", 5),
    ("id: stop,", "id: back,", "FV114", 7),
    ("then: end}\n  - {id: help", "call: help, then: end}\n  - {id: help", "FV115", 7),
    ("then: end}\n  - {id: help", "then: end, outcomes: {a: end}}\n  - {id: help", "FV115", 7),
    ("id: help, label", "id: stop, label", "FV109", 7),
    ("style: danger", "style: loud", "FV110", 8),
    ("outcomes: {held: end}, style", "outcomes: [held], style", "FV106", 8),
    ("by: PT0S", "by: 1h", "FV111", 9),
    (", by: PT0S", "", "FV115", 9),
    ("PT0S, then: end}", "PT0S, do: tell}", "FV115", 9),
    ("then: say}]", "then: say, args: {kind: x}}]", "FV115", 27),
    ("then: say}]", "then: say, do: tell}]", "FV115", 27),
    ("then: say}]", "do: tell, args: x}]", "FV106", 27),
    ("by: PT0S", "by: PT0S, after: PT1H", "FV115", 9),
    ("after: PT24H", "after: PT0S", "FV111", 27),
    ('"Hello {name}, {{really}} {name} {other}?"', '"Hello {name"', "FV113", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', '"Hello {}"', "FV113", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', '"Hello {name!r}"', "FV113", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', '"Hello {name:>5}"', "FV113", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', '"Hello {a.b}"', "FV113", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', '""', "FV106", 12),
    ('"Hello {name}, {{really}} {name} {other}?"', "12", "FV106", 12),
    ("input: number", "input: guess", "FV110", 15),
    ("minimum: 1", "minimum: 1.5", "FV106", 16),
    ("numbered: true", "numbered: [true]", "FV106", 19),
    ("columns: 2", "columns: 9", "FV110", 21),
    ("    then: say\n    choices_from", "    choices_from", "FV116", 12),
    ("format: date", "format: clock", "FV110", 25),
    ("choices: [{", "choices: {a: {", "FV101", 26),
    ("choices: [{id: ", "choices: [{id: 'A', ido: ", "FV108", 26),
    ("{id: nudge, after: PT24H, then: say}", "nudge", "FV106", 27),
    ("    say: |-", "    says: |-", "FV112", 28),
    ("  - id: branch", "  - id: say", "FV109", 34),
    ("{if: answer, present: true, then: do}", "{if: answer, then: do}", "FV112", 37),
    ("present: true", "present: maybe", "FV106", 37),
    ("one_of: [1, a]", "one_of: a", "FV106", 36),
    ("one_of: [1, a]", "at_least: true", "FV106", 36),
    ("one_of: [1, a]", "equals: {a: b}", "FV106", 36),
    ("one_of: [1, a]", "equals: null", "FV106", 36),
    ("    otherwise: do\n", "", "FV105", 34),
    ("args: {kind: x}", "args: x", "FV106", 39),
    ("outcomes: {done: call}", "outcomes: {Done: call}", "FV108", 39),
    ("outcomes: {done: call}", "outcomes: {done: call, done: end}", "FV107", 39),
    ("party: customer", "party: &p customer", "FV102", 3),
    ("party: customer", "party: !!str customer", "FV103", 3),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), WRONG)
def test_a_fault_is_found_where_it_stands(old: str, new: str, code: str, line: int) -> None:
    """Each kind of fault has its code, and the line to look at."""
    assert old in GOOD
    assert (code, line) in issues(GOOD.replace(old, new, 1))


ALOUD = """\
script: s
version: 1
party: anyone
steps:
  - id: a
    ask: Well?
    choices: [{id: go, label: Go, then: b}]
    aloud: Good day.
    lines: [institution]
  - {id: b, end: over}
"""


def test_lines_of_the_rules_are_named_where_something_is_said_aloud() -> None:
    """The named ones are in the script's own words; an empty list is a place for all of them."""
    named, empty = parse(ALOUD, "s.yaml"), parse(ALOUD.replace("institution", ""), "s.yaml")

    assert [script.steps["a"].lines for script in (named, empty)] == [("institution",), ()]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    aloud: Good day.\n", "", "FV116"),
        ("institution", "The institution", "FV108"),
        ("institution", "[institution]", "FV108"),
    ],
)
def test_lines_are_names_beside_what_is_said_aloud(old: str, new: str, code: str) -> None:
    """Without words aloud there is no place for them, and each is a name."""
    assert [found for found, _ in issues(ALOUD.replace(old, new))] == [code]


def test_all_faults_are_reported_at_once() -> None:
    """Nobody mends a file one fault at a time."""
    source = GOOD.replace("party: customer", "party: nobody").replace("numbered: true", "numbered: often")
    assert issues(source) == [("FV110", 3), ("FV106", 19)]


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("", "FV101", 1),
        ("a: [1\n", "FV101", 2),
        ("a: \x00", "FV101", 1),
        ("---\na: 1\n---\nb: 2\n", "FV101", 3),
        ("- a\n", "FV106", 1),
        ("a: &x 1\nb: *x\n", "FV102", 2),
        ("script: s\nversion: 1\nparty: anyone\nsteps: []\n", "FV105", 4),
        ("script: s\nversion: 1\nparty: anyone\nsteps: {}\n", "FV106", 4),
        ("script: s\nversion: 1\nparty: anyone\nsteps: [x]\n", "FV112", 4),
    ],
)
def test_what_is_no_script_at_all(source: str, code: str, line: int) -> None:
    """Broken YAML, an empty file or a list says so."""
    assert (code, line) in issues(source)


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        ("input: choice", False),
        ("input: slot", False),
        ("input: slot\n    choices_from: slots\n    then: end", True),
        ("choices_from: slots", False),
        ("input: text", False),
        ("input: text\n    then: end", True),
    ],
)
def test_a_question_can_be_answered_and_leads_on(kind: str, fits: bool) -> None:  # noqa: FBT001
    """A question that nothing can answer, or whose answer goes nowhere, is refused."""
    source = f"script: s\nversion: 1\nparty: anyone\nsteps:\n  - id: a\n    ask: Well?\n    {kind}\n"
    source += "  - {id: end, end: over}\n"
    if fits:
        assert "a" in parse(source, "f").steps
    else:
        assert {code for code, _ in issues(source)} == {"FV116"}


def test_an_issue_reads_like_a_compiler_s() -> None:
    """So that editors can jump to it."""
    assert str(Issue("a/v1.yaml", 3, 8, "FV110", "Mend it.")) == "a/v1.yaml:3:8: FV110 Mend it."


def test_words_and_times_stay_what_was_written() -> None:
    """YAML 1.2: `no` and `21:00` are texts."""
    branch = '{if: a, one_of: [no, 21:00, "1", -3, true], then: end}'
    source = f"script: s\nversion: 1\nparty: anyone\nsteps:\n  - id: b\n    branch: [{branch}]\n"
    step = parse(source + "    otherwise: end\n  - {id: end, end: over}\n", "f").steps["b"]
    assert isinstance(step, Branch)
    assert step.cases[0].value == ["no", "21:00", "1", -3, True]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT24H", 86400),
        ("P3D", 259200),
        ("P1DT12H", 129600),
        ("P2W", 1209600),
        ("PT1H30M5S", 5405),
        ("PT0S", 0),
        ("P", None),
        ("PT", None),
        ("P1DT", None),
        ("24h", None),
        ("P1M", None),
        ("P3661D", None),
        ("PT99999999999999999999S", None),
    ],
)
def test_durations(text: str, seconds: int | None) -> None:
    """ISO 8601 without months and years, ten years at most."""
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert duration(text) == expected
