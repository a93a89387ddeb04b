"""A script as a picture, in the two languages of pictures."""

import pytest

from bot import library
from flows.script import Issue, Script, link, parse
from flows.script.drawing import ENGLISH, Mark, Picture, draw, standing, to_dot, to_mermaid
from flows.script.exits import exits, exits_of_script

LATEST = library.scripts()[1]
SUB = "script: sub\nversion: 1\nparty: anyone\nsteps:\n  - {id: end, end: over}\n"
WHOLE = """\
script: whole
version: 1
party: anyone
interrupts:
  - {id: stop, label: "Stop", call: sub, outcomes: {over: gone}}
  - {id: sos, label: "SOS", then: rings}
signals: [{id: ended, then: gone}]
timeouts: [{id: late, before: day, by: PT2H, then: gone}]
steps:
  - id: hello
    ask: 'Are you "Ada" <x>?'
    discloses_debt: true
    input: text
    then: look
    choices: [{id: "yes", label: "Yes", then: look}, {id: "no", label: "No", then: rings}]
  - {id: look, branch: [{if: a, at_least: 2, then: rings}], otherwise: runs}
  - {id: rings, do: ring, outcomes: {done: bye}}
  - {id: runs, call: sub, outcomes: {otherwise: bye}}
  - {id: bye, say: "Bye.", then: gone}
  - {id: gone, end: over}
"""


def script(source: str) -> Script:
    return link([parse(source, "whole/v1.yaml"), parse(SUB, "sub/v1.yaml")])["whole"]


def arrows(picture: Picture) -> dict[tuple[str, str, Mark], tuple[str, ...]]:
    return {(one.source, one.target, one.mark): one.labels for one in picture.arrows}


def test_every_way_has_its_arrow() -> None:
    """Buttons, answers, conditions, outcomes and times stand on the arrows; what holds everywhere has its own box."""
    picture = draw(script(WHOLE), ENGLISH)

    assert picture.title == "whole v1"
    assert arrows(picture) == {
        ("hello", "look", Mark.SAME): ("[Yes]", "✎"),
        ("hello", "rings", Mark.SAME): ("[No]",),
        ("look", "rings", Mark.SAME): ("a at_least 2?",),
        ("look", "runs", Mark.SAME): (),
        ("rings", "bye", Mark.SAME): ("done",),
        ("runs", "bye", Mark.SAME): ("otherwise",),
        ("bye", "gone", Mark.SAME): (),
        ("", "gone", Mark.SAME): ("[Stop] over", "ended", "2 hours before `day`"),
        ("", "rings", Mark.SAME): ("[SOS]",),
    }
    assert picture.boxes[-1].words == "at every question · [Stop] opens sub"


@pytest.mark.parametrize("name", sorted(LATEST))
def test_no_way_of_a_released_script_is_left_out(name: str) -> None:
    """Each step has a box; each way from one to another is drawn, in both languages of pictures."""
    released = LATEST[name]
    picture = draw(released, ENGLISH)

    ways = {(step.id, way.target) for step in released.steps.values() for way in exits(step)}
    ways |= {("", way.target) for way in exits_of_script(released)}
    assert {(one.source, one.target) for one in picture.arrows} == ways
    assert {box.id for box in picture.boxes} - {""} == set(released.steps)
    for target in released.steps:
        assert f'  "{target}" [' in to_dot(picture)
        assert f"    s_{target}" in to_mermaid(picture)


def test_what_a_draft_changes_is_marked() -> None:
    """What is new, what is gone, what is different; a step that only has another name is different."""
    new = (
        WHOLE.replace("id: look", "id: see")
        .replace("then: look", "then: see")
        .replace('"No", then: rings', '"No", then: more')
    )
    new = new.replace("  - {id: gone", '  - {id: more, say: "More.", then: gone}\n  - {id: gone')
    new = new.replace("  - {id: runs, call: sub, outcomes: {otherwise: bye}}\n", "").replace(
        "otherwise: runs", "otherwise: bye"
    )
    new = new.replace("after: PT1H", "after: PT2H").replace("signals: [{id: ended, then: gone}]\n", "")
    picture = draw(script(new.replace("version: 1", "version: 2")), ENGLISH, script(WHOLE))

    marks = {box.id: box.mark for box in picture.boxes}
    assert marks == {
        "hello": Mark.CHANGED,
        "see": Mark.NEW,
        "look": Mark.GONE,
        "rings": Mark.SAME,
        "runs": Mark.GONE,
        "more": Mark.NEW,
        "bye": Mark.SAME,
        "gone": Mark.SAME,
        "": Mark.CHANGED,
    }
    drawn = arrows(picture)
    assert drawn["hello", "rings", Mark.GONE] == ("[No]",)
    assert drawn["hello", "more", Mark.NEW] == ("[No]",)
    assert drawn["", "gone", Mark.GONE] == ("ended",)
    assert picture.title == "whole v2, compared with v1"


def test_a_renamed_step_keeps_its_place() -> None:
    """It is drawn once, and what leads there is no news."""
    new = WHOLE.replace("id: bye", "id: farewell").replace(": bye}", ": farewell}")
    picture = draw(script(new), ENGLISH, script(WHOLE))

    assert {box.id: box.mark for box in picture.boxes if box.mark is not Mark.SAME} == {
        "farewell": Mark.CHANGED
    }
    assert {one.mark for one in picture.arrows} == {Mark.SAME}


def test_findings_are_drawn_where_they_are() -> None:
    """At the step in whose lines they are, once each; above the steps in the box of what holds everywhere."""
    found = [
        Issue("whole/v1.yaml", 17, 5, "FV1", "One."),
        Issue("whole/v1.yaml", 17, 9, "FV1", "One."),
        Issue("whole/v1.yaml", 6, 1, "FV2", "Two."),
        Issue("other/v1.yaml", 17, 1, "FV3", "Elsewhere."),
    ]
    picture = draw(script(WHOLE), ENGLISH, issues=found)

    findings = {box.id: box.findings for box in picture.boxes if box.findings}
    assert findings == {"rings": ("FV1 One.",), "": ("FV2 Two.",)}
    assert "⚠ FV1 One." in to_mermaid(picture)
    assert "FV1 One." in to_dot(picture)


def test_signs_of_the_languages_of_pictures() -> None:
    """Quotes, angles and braces of a text are text in both."""
    picture = draw(script(WHOLE), ENGLISH)

    assert "Are you #34;Ada#34; #60;x#62;?" in to_mermaid(picture)
    assert "Are you &quot;Ada&quot; &lt;x&gt;?" in to_dot(picture)
    assert 'Are you \\"Ada\\" <x>?' in to_dot(picture)


def test_a_long_text_is_cut_to_its_box() -> None:
    """Four lines, the last with an ellipsis; Chinese counts double and may be parted anywhere."""
    words = "很" * 100
    lines = draw(script(WHOLE.replace("Bye.", words)), ENGLISH).boxes[4]

    (box,) = [
        line
        for line in to_dot(Picture("", "bye", (lines,), (), "")).splitlines()
        if line.startswith('  "bye" [')
    ]
    label = box[box.index("<") : box.index("tooltip")]
    assert label.count("很" * 17) == 4
    assert label.count("很") == 4 * 17
    assert "…" in label


def test_a_conversation_is_marked() -> None:
    """Where it stands is marked, what it has come by a little less, everything else not at all; in both languages."""
    picture = standing(draw(script(WHOLE), ENGLISH), "rings", ["hello"])

    marks = {box.id: box.mark for box in picture.boxes if box.mark is not Mark.SAME}
    assert marks == {"rings": Mark.HERE, "hello": Mark.PASSED}
    assert 'color="#0b57d0" penwidth=5' in to_dot(picture)
    assert "class s_rings here" in to_mermaid(picture)
