"""What changed between two versions, in words."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from bot import library
from flows.script import (
    Ask,
    Branch,
    Call,
    Case,
    Choice,
    Do,
    End,
    InputKind,
    Operator,
    Party,
    Say,
    Script,
    Signal,
    Step,
    Text,
    Timeout,
    parse,
)
from flows.script.diff import compare

HEAD = "script: s\nversion: 1\nparty: anyone\nsteps:\n"
TWO = "  - {id: one, end: one}\n  - {id: two, end: two}\n"


def said(old: str, new: str, tail: str = TWO, head: str = HEAD, new_head: str | None = None) -> list[str]:
    before = parse(head + old + tail, "v1.yaml")
    after = parse((new_head or head) + new + tail, "v2.yaml")
    return [change.says for change in compare(before, after).changes]


ASK = "  - id: a\n    ask: {words}\n    timeouts: [{{id: left, after: {after}, then: one}}]\n    choices:\n"
YES, NO = '      - {id: "yes", label: "Yes", then: one}\n', '      - {id: "no", label: "No", then: two}\n'
MAYBE = '      - {id: maybe, label: "Maybe", then: two}\n'
PLAIN = ASK.format(words="Well?", after="P1D")

TABLE = {
    "a reworded question": (
        PLAIN + YES,
        ASK.format(words="So?", after="P1D") + YES,
        ["`a`: the words change."],
    ),
    "a new button": (
        PLAIN + YES,
        PLAIN + YES + MAYBE,
        ["`a`: the button [Maybe] is new and leads to `two`."],
    ),
    "a button gone": (PLAIN + YES + NO, PLAIN + YES, ["`a`: the button [No] is gone; it led to `two`."]),
    "a button led elsewhere": (
        PLAIN + YES,
        PLAIN + YES.replace("one", "two"),
        ["`a`: the button [Yes] leads to `two` instead of `one`."],
    ),
    "a button relabelled": (
        PLAIN + YES,
        PLAIN + YES.replace('"Yes", ', '"Yes, please", '),
        ["`a`: the button [Yes] now reads [Yes, please]."],
    ),
    "a button dressed up": (
        PLAIN + YES,
        PLAIN + YES.replace("then", "style: danger, then"),
        ["`a`: the button `yes` looks different (plain before, danger now)."],
    ),
    "buttons in another order": (
        PLAIN + YES + NO,
        PLAIN + NO + MAYBE + YES,
        [
            "`a`: the button [Maybe] is new and leads to `two`.",
            "`a`: the buttons stand in another order: no, maybe, yes.",
        ],
    ),
    "a timeout moved": (
        PLAIN + YES,
        ASK.format(words="Well?", after="PT36H") + YES,
        ["`a`: the timeout `left` is due after 1 day 12 hours instead of after 1 day."],
    ),
    "a condition": (
        "  - {id: b, branch: [{if: x, equals: true, then: one}], otherwise: two}\n",
        "  - {id: b, branch: [{if: x, one_of: [p, q], then: one}], otherwise: one}\n",
        [
            "`b`: the case “x one_of p, q” is new and leads to `one`.",
            "`b`: the way otherwise leads to `one` instead of `two`.",
            "`b`: the case “x equals True” is gone; it led to `one`.",
        ],
    ),
    "a deed": (
        "  - {id: d, do: this, outcomes: {done: one}}\n",
        "  - {id: d, do: that, outcomes: {done: two}}\n",
        [
            "`d`: the outcome `done` of `that` leads to `two` instead of `one`.",
            "`d`: `that` is done instead of `this`.",
        ],
    ),
    "a sub-script": (
        "  - {id: c, call: this, outcomes: {met: one, otherwise: two}}\n",
        "  - {id: c, call: that, outcomes: {otherwise: two}}\n",
        ["`c`: `that` is run instead of `this`.", "`c`: the end `met` of `this` is gone; it led to `one`."],
    ),
    "another kind of step": (
        "  - {id: m, say: Hello, then: one}\n",
        "  - {id: m, do: hello, outcomes: {done: one}}\n",
        ["`m`: what was a message is now a deed."],
    ),
    "the debt told": (
        "  - {id: m, say: Hello, then: one}\n",
        "  - {id: m, say: Hello, discloses_debt: true, then: one}\n",
        ["`m`: whether the debt is spoken of here: yes, before no."],
    ),
    "a step in the place of another": (
        "  - {id: m, say: Hello, then: one}\n",
        "  - {id: n, do: hello, outcomes: {done: one}}\n",
        ["Everywhere: `entry` is n, before m.", "`n`: this deed is new.", "`m`: this message is gone."],
    ),
    "a step new, a step gone": (
        "  - {id: m, say: Hello, then: one}\n",
        "  - {id: n, say: Bye, then: two}\n",
        [
            "Everywhere: `entry` is n, before m.",
            "`n`: this message is new.",
            "`m`: this message is gone.",
        ],
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_change_is_said(name: str) -> None:
    """Each sort of change has its sentence, and nothing else is said."""
    old, new, sentences = TABLE[name]

    assert sorted(said(old, new)) == sorted(sentences)


def test_a_step_that_only_has_another_name() -> None:
    """It is told once; ways that lead to it, and the beginning, lead where they led."""
    old = "  - {id: m, say: Hello, then: n}\n  - {id: n, say: Bye, then: one}\n"

    assert said(old, old.replace("id: m", "id: p").replace("n,", "q,").replace("then: n", "then: q")) == [
        "`m` is now called `p`.",
        "`n` is now called `q`.",
    ]


def test_what_holds_everywhere() -> None:
    """Permanent buttons, signals and timeouts of the whole script are told as such."""
    step = "  - {id: m, say: Hello, then: one}\n"
    head = "script: s\nversion: 1\nparty: anyone\n{}steps:\n"
    more = 'interrupts: [{id: stop, label: "Stop", call: stop, outcomes: {done: two}}]\n'
    more += "signals: [{id: ended, then: one}]\ntimeouts: [{id: old, before: day, by: PT2H, then: two}]\n"

    assert said(step, step, head=head.format(""), new_head=head.format(more)) == [
        "Everywhere: the end `done` of what the button [Stop] opens is new and leads to `two`.",
        "Everywhere: the signal `ended` is new and leads to `one`.",
        "Everywhere: the timeout `old` (2 hours before `day`) is new and leads to `two`.",
        "Everywhere: the button `stop`: `stop` is now run.",
    ]


def test_a_text_comes_with_its_words() -> None:
    """The words before and after, so that they can be looked up in every language."""
    before, after = (
        parse(f"{HEAD}  - {{id: m, say: {words}, then: one}}\n{TWO}", "v") for words in ("A", "B")
    )

    (change,) = compare(before, after).changes

    assert change.old is not None
    assert change.new is not None
    assert (change.old.msgid, change.new.msgid) == ("A", "B")


RICH: tuple[Step, ...] = (
    Say("s", Text("x/s/say", "Hi"), "e"),
    Ask(
        "a",
        Text("x/a/ask", "Who?"),
        timeouts=(Timeout("t", "e", timedelta(1)),),
        choices=(Choice("c", Text("", "C"), "e"),),
    ),
    Branch("b", (Case("n", Operator.PRESENT, True, "e"),), "e"),
    Do("d", "deed", {"done": "e"}),
    Call("k", "sub", {"met": "e"}),
    End("e", "over"),
)
OTHER = {
    "text": Text("x", "Other"),
    "aloud": Text("x", "Aloud"),
    "hint": Text("x", "Hint"),
    "input": InputKind.TEXT,
    "choices": (Choice("c", Text("", "C"), "s"),),
    "timeouts": (Timeout("t", "e", timedelta(2)),),
    "cases": (Case("n", Operator.ABSENT, True, "e"),),
    "outcomes": {"done": "s"},
    "args": {"one": 1},
    "lines": ("one",),
    "minimum": 1,
    "maximum": 1,
    "columns": 3,
}
EVERY = [(step, one.name) for step in RICH for one in fields(step) if one.name != "id"]


@pytest.mark.parametrize(("step", "name"), EVERY, ids=[f"{step.id}-{name}" for step, name in EVERY])
def test_nothing_about_a_step_changes_unsaid(step: Step, name: str) -> None:
    """Whatever field of whatever step changes, something is said of that step."""
    was = getattr(step, name)
    now = (not was) if isinstance(was, bool) else OTHER.get(name, "other")
    old = Script("x", 1, Party.ANYONE, "s", {one.id: one for one in RICH})
    new = replace(old, steps={**old.steps, step.id: replace(step, **{name: now})})

    changes = compare(old, new).changes

    assert {change.step for change in changes} == {step.id}


def test_nothing_about_a_script_changes_unsaid() -> None:
    """What a script says of all its steps is compared, too."""
    old = Script("x", 1, Party.ANYONE, "s", {one.id: one for one in RICH})
    timeout = Timeout("t", None, timedelta(2), effect="ring", args={"loud": 1})
    for name, now in {
        "party": Party.CUSTOMER, "entry": "a", "in_place": True, "owner": "collector", "timeouts": (timeout,),
        "interrupts": (Choice("c", Text("", "C"), "s"),), "signals": (Signal("g", "s"),),
    }.items():  # fmt: skip
        assert compare(old, replace(old, **{name: now})).changes, name


@pytest.mark.parametrize("name", sorted(library.scripts()[1]))
def test_a_released_script_against_itself(name: str) -> None:
    """Nothing is said where nothing changed."""
    script = library.scripts()[1][name]

    assert compare(script, script).changes == ()
