"""Whatever stands in a file: a script, or what is wrong with it."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import ScriptInvalid
from flows.script import Issue, link, parse
from flows.script.lint import Known, lint

FOLDER = Path(__file__).parents[3] / "flows" / "scripts"
SOURCES = [path.read_text("utf-8").splitlines() for path in sorted(FOLDER.glob("*/v*.yaml"))]
SOUND = [parse("\n".join(lines), "sound.yaml") for lines in SOURCES]
ODD = st.sampled_from(
    [
        "",
        "  - x",
        "steps: 3",
        "  - {id: a}",
        "  - id: [a]",
        "    then: {a: b}",
        "? x",
        "a: *b",
        "    ask: {",
        "\x00",
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Take a sound file, and drop, double, swap or replace some of its lines."""
    lines = list(draw(st.sampled_from(SOURCES)))
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.integers(0, len(lines) - 1))
        second = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "swap", "odd"]))
        if change == "drop" and len(lines) > 1:
            del lines[first]
        elif change == "double":
            lines.insert(second, lines[first])
        elif change == "swap":
            lines[first], lines[second] = lines[second], lines[first]
        else:
            lines[first] = draw(ODD)
    return "\n".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(source=st.one_of(spoilt(), spoilt(), st.text(max_size=200)))
def test_a_file_is_a_script_or_a_list_of_faults(source: str) -> None:
    """Nothing else is ever raised, every fault has its place, and what reads can be proven."""
    issues: tuple[object, ...]
    try:
        script = parse(source, "f.yaml")
        issues = lint(link([*SOUND, script])[script.name], Known())
    except ScriptInvalid as error:
        issues = error.issues
    lines = source.count("\n") + 2
    assert all(
        isinstance(one, Issue) and 1 <= one.line <= lines
        for one in issues
        if getattr(one, "file", "") == "f.yaml"
    )
