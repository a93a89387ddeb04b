"""The proofs: each finds its own kind of fault, at its place, and nothing in a sound script."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.script import link, parse
from flows.script.lint import Known, Start, lint

SOUND = """\
script: s
version: 1
party: customer
interrupts:
  - {id: stop, label: "Stop", then: end}
  - {id: help, label: "Help", call: help, outcomes: {held: end}}
timeouts: [{id: over, after: P1D, then: end}]
steps:
  - id: a
    ask: "Hello {name}?"
    choices:
      - {id: go, label: "Go", then: b}
      - {id: tell, label: "Tell", then: say}
  - {id: say, say: "Well.", then: a}
  - id: b
    branch: [{if: x, present: true, then: c}]
    otherwise: d
  - {id: c, do: look, outcomes: {done: d, gone: a}}
  - {id: d, call: help, outcomes: {held: end, otherwise: a}}
  - {id: end, end: over}
"""
HELP = """\
script: help
version: 1
party: customer
steps:
  - id: x
    ask: "Help?"
    choices: [{id: hold, label: "Hold", then: held}, {id: free, label: "No", then: free}]
    timeouts: [{id: late, after: PT1H, then: free}]
  - {id: held, end: held}
  - {id: free, end: free}
"""
EFFECTS = {"look": ("done", "gone"), "idle": ()}


def faults(source: str, *subs: str, known: Known | None = None) -> list[tuple[str, str, int]]:
    sources = [source, *(subs or (HELP,))]
    scripts = link(parse(text, f"{number}.yaml") for number, text in enumerate(sources))
    found = lint(scripts["s"], known or Known({"name"}, EFFECTS))
    return [(issue.code, issue.file, issue.line) for issue in found]


def test_a_sound_script_has_no_faults() -> None:
    """Whatever is reported is worth reading."""
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("then: say}", "then: gone}", "FV201", 13),
        ('"Stop", then: end', '"Stop", then: gone', "FV201", 5),
        ("after: P1D, then: end", "after: P1D, then: gone", "FV201", 7),
        ("{held: end}}\ntimeouts", "{held: gone}}\ntimeouts", "FV201", 6),
        ("present: true, then: c", "present: true, then: gone", "FV201", 16),
        ("otherwise: d\n", "otherwise: gone\n", "FV201", 15),
        ("done: d, gone: a", "done: gone, gone: a", "FV201", 18),
        ("then: say}", "then: b}", "FV202", 14),
        ("then: c}", "then: d}", "FV202", 18),
        ("do: look,", "do: fly,", "FV205", 18),
        ("{done: d, gone: a}", "{done: d}", "FV206", 18),
        ("{held: end, otherwise: a}", "{held: end}", "FV206", 19),
        ("{done: d, gone: a}", "{done: d, gone: a, odd: a}", "FV210", 18),
        ("{held: end, otherwise: a}", "{odd: end, otherwise: a}", "FV210", 19),
        ("outcomes: {held: end}}\ntimeouts", "outcomes: {odd: end}}\ntimeouts", "FV210", 6),
        ("id: go,", "id: stop,", "FV211", 12),
        ("{name}", "{nome}", "FV301", 10),
        ('label: "Go"', f'label: "{"x" * 41}"', "FV305", 12),
        ('label: "Help"', f'label: "{"x" * 41}"', "FV305", 6),
        ('"Well."', f'"{"x" * 4097}"', "FV304", 14),
        ("id: go,", f"id: {'x' * 38},", "FV306", 12),
        ("id: stop,", f"id: {'x' * 38},", "FV306", 5),
    ],
)
def test_each_fault_has_its_code_and_place(old: str, new: str, code: str, line: int) -> None:
    """The line is where the mending has to be done."""
    assert old in SOUND
    assert (code, "0.yaml", line) in faults(SOUND.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('label: "Go"', f'label: "{"x" * 40}"'),
        ('"Well."', f'"{"x" * 4096}"'),
        ("id: go,", f"id: {'x' * 37},"),
    ],
)
def test_limits_may_be_reached(old: str, new: str) -> None:
    """What just fits is fine."""
    assert faults(SOUND.replace(old, new, 1)) == []


def test_a_question_needs_a_timeout_or_an_owner() -> None:
    """Of its own or of its script; staff who are present may take their time."""
    waiting = SOUND.replace("timeouts: [{id: over, after: P1D, then: end}]\n", "")
    assert ("FV204", "0.yaml", 8) in faults(waiting)
    assert faults(waiting.replace("party: customer", "party: customer\nowner: staff")) == []


def test_a_timeout_that_leaves_the_question_open_is_not_enough() -> None:
    """It has something done, which must exist, and the question still waits."""
    errand = 'label: "Tell", then: say}\n    timeouts: [{id: tell, after: PT1H, do: fly}]'
    told = SOUND.replace('label: "Tell", then: say}', errand, 1)
    assert [code for code, _, _ in faults(told)] == ["FV205"]
    alone = told.replace("timeouts: [{id: over, after: P1D, then: end}]\n", "")
    assert "FV204" in [code for code, _, _ in faults(alone)]


def test_a_timeout_of_the_script_fires_only_once() -> None:
    """A question that it may lead to needs another timeout."""
    looped = SOUND.replace("after: P1D, then: end", "after: P1D, then: say")
    assert ("FV204", "0.yaml", 9) in faults(looped)
    two = looped.replace("timeouts: [", "timeouts: [{id: last, after: P2D, then: end}, ")
    assert faults(two) == []


ENDLESS = """\
script: s
version: 1
party: customer
owner: staff
steps:
  - {id: a, ask: "Well?", choices: [{id: on, label: "On", then: b}, {id: out, label: "Out", then: end}]}
  - {id: b, ask: "And?", choices: [{id: on, label: "On", then: c}]}
  - {id: c, ask: "So?", choices: [{id: on, label: "On", then: b}]}
  - {id: end, end: over}
"""


def test_every_step_leads_to_an_end() -> None:
    """A permanent choice or a timeout of the script is a way out of a question."""
    assert [code for code, _, _ in faults(ENDLESS)] == ["FV203", "FV203"]
    watched = ENDLESS.replace("owner: staff", "timeouts: [{id: over, after: P1D, then: end}]")
    assert faults(watched) == []


@pytest.mark.parametrize(
    ("asks", "codes"), [("x", []), ("free", ["FV209", "FV209"]), ("held", ["FV209", "FV209"])]
)
def test_no_circle_goes_on_without_a_question(asks: str, codes: list[str]) -> None:
    """A call counts as a question when its script asks on every way to its end."""
    source = (
        "script: s\nversion: 1\nparty: customer\nsteps:\n"
        "  - {id: go, call: help, outcomes: {held: end, otherwise: said}}\n"
        '  - {id: said, say: "Again.", then: go}\n'
        "  - {id: end, end: over}\n"
    )
    sub = HELP.replace(
        "steps:\n",
        f"steps:\n  - {{id: first, branch: [{{if: y, present: true, then: {asks}}}], otherwise: x}}\n",
    )
    assert [code for code, _, _ in faults(source, sub) if code == "FV209"] == codes


def test_a_performance_is_no_question() -> None:
    """Two effects that follow each other for ever are a circle too."""
    found = faults(SOUND.replace("gone: a", "gone: c", 1))
    assert found == [("FV209", "0.yaml", 18)]


def test_a_sub_script_may_not_hide_a_permanent_choice() -> None:
    """Neither by a choice nor by a permanent one of its own."""
    assert faults(SOUND, HELP.replace("id: hold", "id: stop")) == [("FV211", "1.yaml", 7)]
    own = HELP.replace("steps:", 'interrupts: [{id: stop, label: "Stop", then: free}]\nsteps:', 1)
    assert faults(SOUND, own) == [("FV211", "1.yaml", 4)]


@pytest.mark.parametrize(("count", "found"), [(96, []), (97, [("FV307", "1.yaml", 5)])])
def test_a_message_carries_a_hundred_buttons(count: int, found: list[tuple[str, str, int]]) -> None:
    """Back and the permanent ones included, in sub-scripts too."""
    many = ", ".join(f'{{id: c{n}, label: "{n}", then: held}}' for n in range(count))
    assert faults(SOUND, HELP.replace('{id: hold, label: "Hold", then: held}', many)) == found


def catalogue(words: dict[str, str | None]) -> Callable[[str, str], str | None]:
    return lambda _, msgid: words.get(msgid, msgid)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({}, []),
        ({"Hello {name}?": "您好{name}？"}, []),
        ({"Hello {name}?": None}, [("FV302", 10)]),
        ({"Hello {name}?": "您好？"}, [("FV303", 10)]),
        ({"Hello {name}?": "{name}{nome}"}, [("FV303", 10)]),
        ({"Hello {name}?": "{name"}, [("FV303", 10)]),
        ({"Well.": "好" * 4097}, [("FV304", 14)]),
        ({"Go": "去" * 41}, [("FV305", 12)]),
    ],
)
def test_translations_are_proven_too(words: dict[str, str | None], found: list[tuple[str, int]]) -> None:
    """A missing one, other placeholders, or a text too long for Telegram."""
    known = Known({"name"}, EFFECTS, {"zh_Hans": catalogue(words)})
    assert [(code, line) for code, _, line in faults(SOUND, known=known)] == found


FOUND = """\
script: s
version: 1
party: anyone
owner: staff
steps:
  - {id: a, do: look, outcomes: {done: b, gone: c}}
  - {id: b, say: "There are {count}.", then: end}
  - {id: c, say: "There is nothing.", then: end}
  - {id: end, end: over}
"""


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (FOUND, []),
        (FOUND.replace("done: b", "done: c").replace("gone: c", "gone: b"), ["FV403"]),
        (FOUND.replace("{count}", "{name}"), []),
    ],
)
def test_what_a_performance_gives_is_set(source: str, codes: list[str]) -> None:
    """After the outcome that brings it, and not after another; what can always be filled in need not be set."""
    gives = {("look", "done"): ("count",)}
    known = Known({"name"}, EFFECTS, values={"count", "name"}, gives=gives, begun={"s": Start()})
    assert [code for code, _, _ in faults(source, known=known)] == codes


OF_THE_SHELL = ("FV205", "FV301", "FV408")
SCRIPTS = sorted((Path(__file__).parents[3] / "flows" / "scripts").glob("*/v*.yaml"))


def test_the_shipped_scripts_are_sound() -> None:
    """Their ways, ends, questions, ids and lengths; effects and placeholders are the shell's to prove."""
    scripts = link(parse(path.read_text("utf-8"), path.parent.name) for path in SCRIPTS)
    found = [issue for script in scripts.values() for issue in lint(script, Known())]
    assert [str(issue) for issue in found if issue.code not in OF_THE_SHELL] == []
