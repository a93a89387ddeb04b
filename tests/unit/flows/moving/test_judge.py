"""What becomes of a live conversation when a script changes under it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from flows.moving import Fate, Judged, Move, carry, judge
from flows.script import link, parse
from flows.script.lint import Known, Start
from tests.unit.flows.conftest import NOON, Play, Player

ROOT = """\
script: root
version: {version}
party: customer
interrupts:
  - {{id: aside, label: "Aside", call: sub, outcomes: {{other: last}}}}
signals: [{{id: ended, then: over}}]
timeouts: [{{id: late, after: P9D, then: over}}]
steps:
  - id: first
    ask: "First?"
    save: one
    choices: [{{id: go, label: "Go", then: second}}, {{id: run, label: "Run", then: runs}}]
  - id: second
    ask: "Second?"
    input: text
    save: two
    then: told
    timeouts: [{{id: soon, after: P1D, then: over}}]
  - {{id: told, say: "Told {{one}} {{two}}.", then: last}}
  - id: last
    ask: "Last?"
    choices: [{{id: bye, label: "Bye", then: over}}]
  - {{id: runs, call: sub, outcomes: {{otherwise: last}}}}
  - {{id: over, end: over}}
"""
SUB = """\
script: sub
version: {version}
party: customer
steps:
  - id: inner
    ask: "Inner?"
    choices: [{{id: "yes", label: "Yes", then: met}}, {{id: other, label: "Other", then: other}}]
  - {{id: met, end: met}}
  - {{id: other, end: other}}
"""
Edit = tuple[str, str]
KNOWN = Known(values=frozenset({"one", "two", "three"}), begun={"root": Start(said=("one", "go"))})


def root(*edits: Edit, version: int = 1) -> str:
    return _edited(ROOT, edits, version)


def sub(*edits: Edit, version: int = 1) -> str:
    return _edited(SUB, edits, version)


def _edited(source: str, edits: tuple[Edit, ...], version: int) -> str:
    text = source.format(version=version)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def fate(
    player: Player,
    *edits: Edit,
    steps: Mapping[str, str] | None = None,
    subs: tuple[Edit, ...] = (),
    may_stay: bool = True,
) -> Judged:
    """Return what becomes of a conversation when the root changes, or, with `subs`, its sub-script."""
    new = link(
        [parse(root(*edits, version=2 - bool(subs)), "r"), parse(sub(*subs, version=1 + bool(subs)), "s")]
    )
    move = Move("sub" if subs else "root", player.script, new["root"], steps or {})
    return judge(move, player.session, KNOWN, NOON, {}, may_stay=may_stay)


@pytest.fixture
def first(play: Play) -> Player:
    return play(root(), sub())


@pytest.fixture
def second(first: Player) -> Player:
    first.tap("go")
    return first


def test_a_change_elsewhere_is_safe(second: Player) -> None:
    """The conversation stands where it stood, with what it knows, on the new version."""
    found = fate(second, ("Last?", "At last?"))

    assert (found.fate, found.why) == (Fate.SAFE, ())
    assert found.session == replace(second.session, version=2)


SECOND: Mapping[str, tuple[tuple[Edit, ...], str]] = {
    "other words": (
        (("Second?", "Second, please?"),),
        "`second` asks in other words than the person has read",
    ),
    "words aloud": (
        (('ask: "Second?"', 'ask: "Second?"\n    aloud: "Second."'),),
        "`second` asks in other words than the person has read",
    ),
    "another answer": ((("input: text", "input: number"),), "`second` wants another kind of answer"),
    "a button more": (
        (("input: text", 'input: text\n    choices: [{id: skip, label: "Skip", then: told}]'),),
        "`second` has other buttons than the person sees",
    ),
    "a permanent button in other words": (
        (('"Aside"', '"Beside"'),),
        "`second` has other buttons than the person sees",
    ),
    "the step gone": (
        (("id: second", "id: two"), ("then: second", "then: two")),
        "`root.second`, where it stands, is not there any more",
    ),
    "the step of another kind": (
        (
            (
                'id: second\n    ask: "Second?"\n    input: text\n    save: two\n    then: told\n',
                'id: second\n    say: "S."\n    then: told\n',
            ),
            ("    timeouts: [{id: soon, after: P1D, then: over}]\n", ""),
        ),
        "`root.second`, where it stands, is not there any more",
    ),
    "a timeout gone": (
        (("    timeouts: [{id: soon, after: P1D, then: over}]\n", ""),),
        "the timeout `root.second.soon`, which is set, is not there any more",
    ),
    "a timeout more": (
        (
            (
                "soon, after: P1D, then: over}",
                "soon, after: P1D, then: over}, {id: sooner, after: PT1H, then: over}",
            ),
        ),
        "the timeout `sooner` of `root` is new and would not be set",
    ),
    "a timeout at another time": (
        (("P9D", "P5D"),),
        "the timeout `late` of `root` is due at another time",
    ),
    "a value that nobody asked": (
        (("save: one", "save: three"), ("{one} {two}", "{three} {two}")),
        "from here on: `three` is used here and not set on every way.",
    ),
    "the debt told after who it is was asked before": (
        (
            ('say: "Told', 'discloses_debt: true\n    say: "Told'),
            (
                "  - {id: told, discloses_debt: true\n    say",
                "  - id: told\n    discloses_debt: true\n    say",
            ),
            ('{two}.", then: last}', '{two}."\n    then: last'),
        ),
        "from here on: The debt is told here before anybody has shown who they are.",
    ),
}


@pytest.mark.parametrize("name", SECOND)
def test_what_keeps_somebody_from_a_new_version(second: Player, name: str) -> None:
    """Who would notice, or be wronged, stays on the version that they are on; the reason is told."""
    edits, why = SECOND[name]

    found = fate(second, *edits)

    assert (found.fate, found.session) == (Fate.PINNED, second.session)
    assert why in found.why


def test_who_may_not_stay_is_blocked(second: Player) -> None:
    """Where the old version is not to be gone on with, nobody is moved either: the release is refused."""
    found = fate(second, ("Second?", "So?"), may_stay=False)

    assert (found.fate, found.session) == (Fate.BLOCKED, second.session)


def test_the_map_of_the_author(second: Player) -> None:
    """A step goes by another name: place, way back and timers do, too, and the author answers for its words."""
    renamed = (("id: second", "id: two"), ("then: second", "then: two"), ("Second?", "Two?"))

    found = fate(second, *renamed, steps={"second": "two", "first": "last"})

    assert found.fate is Fate.MAPPED
    assert found.session.frames[-1].step == "two"
    assert found.session.trail == ((0, "last"),)
    assert set(found.session.timers) == {"root.late", "root.two.soon"}


def test_a_map_to_other_buttons_is_none(first: Player) -> None:
    """A tap on what the person sees has to count there."""
    found = fate(first, ("id: first", "id: begin"), steps={"first": "last"})

    assert found.fate is Fate.PINNED


def test_a_way_that_leads_nowhere(first: Player) -> None:
    """Whatever comes next is tried on the new version: what fails there, or cannot be read, keeps it back."""
    assert "`go` would lead nowhere" in fate(first, ("then: second}", "then: nowhere}")).why
    assert "`ended` would lead nowhere" in fate(first, ("ended, then: over", "ended, then: gone")).why
    assert "`root.late` would lead nowhere" in fate(first, ("P9D, then: over", "P9D, then: gone")).why


def test_an_answer_that_leads_nowhere(second: Player) -> None:
    """What may be typed is tried as well."""
    assert "an answer would lead nowhere" in fate(second, ("then: told", "then: nowhere")).why


def test_a_sub_script_changes_under_who_is_in_it(first: Player) -> None:
    """Safe where its question is the same; else it is kept in its version, and the rest is the newest."""
    first.tap("run")

    assert fate(first, subs=(("end: met", "end: seen"),)).fate is Fate.SAFE
    pinned = fate(first, subs=(("Inner?", "Within?"),))
    assert (pinned.fate, dict(pinned.session.pins)) == (Fate.PINNED, {"sub": 1})


def test_who_was_kept_back_may_be_moved_on(first: Player) -> None:
    """A later version that suits them takes the pin away."""
    first.tap("run")
    first.session = replace(first.session, pins={"sub": 1, "else": 4})

    assert dict(fate(first, subs=(("end: met", "end: seen"),)).session.pins) == {"else": 4}


def test_where_a_sub_script_leads_is_what_the_new_version_says(first: Player) -> None:
    """The places to go to at its end stand in the caller, which has changed."""
    first.tap("run")
    found = fate(first, ("{otherwise: last}", "{met: over, otherwise: last}"))

    assert found.fate is Fate.SAFE
    assert found.session.frames[-1].outcomes == {"met": "over", "otherwise": "last"}
    gone = fate(first, ("id: runs, call: sub", "id: walks, call: sub"), ("then: runs", "then: walks"))
    assert gone.why == ("`root.runs`, where it stands, is not there any more",)


def test_beneath_an_aside_the_question_is_the_same(first: Player) -> None:
    """The aside's own end is what the permanent choice says now; the question beneath it is asked again."""
    first.tap("aside")
    found = fate(first, ("{other: last}", "{other: over}"))

    assert found.fate is Fate.SAFE
    assert found.session.frames[-1].outcomes == {"other": "over"}


def test_another_sub_script_in_its_place(first: Player) -> None:
    """Who is in one that is not run there any more cannot come back to there."""
    first.tap("run")
    another = sub().replace("script: sub", "script: another")
    new = link(
        [
            parse(root(("runs, call: sub", "runs, call: another"), version=2), "r"),
            parse(sub(), "s"),
            parse(another, "a"),
        ]
    )

    found = judge(Move("root", first.script, new["root"]), first.session, KNOWN, NOON, {}, may_stay=True)

    assert found.why == ("`root.runs` runs another sub-script now",)


def test_an_aside_that_is_no_permanent_choice_any_more(first: Player) -> None:
    """It leads nowhere but back, and buttons are missing: who is in it stays."""
    first.tap("aside")
    edit = (
        '{id: aside, label: "Aside", call: sub, outcomes: {other: last}}',
        '{id: aside, label: "Aside", then: last}',
    )
    new = root((edit[0], edit[1]), version=2)
    scripts = link([parse(new, "r"), parse(sub(), "s")])
    move = Move("root", first.script, scripts["root"])

    assert carry(move, first.session).frames[-1].outcomes == {}
