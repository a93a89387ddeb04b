"""Scripts joined with the sub-scripts that they run."""

import pytest

from flows.errors import ScriptInvalid
from flows.script import Issue, link, link_one, parse
from flows.script.model import Script


def script(name: str, *, calls: tuple[str, ...] = (), aside: str = "", version: int = 1) -> Script:
    lines = [f"script: {name}", f"version: {version}", "party: anyone"]
    if aside:
        lines += ["interrupts:", f"  - {{id: aside, label: Aside, call: {aside}}}"]
        lines += ["  - {id: leave, label: Leave, then: end}"]
    lines += ["steps:"]
    lines += [f"  - {{id: to_{sub}, call: {sub}, outcomes: {{otherwise: end}}}}" for sub in calls]
    lines += ["  - {id: end, end: over}"]
    return parse("\n".join(lines), f"{name}/v{version}.yaml")


def faults(*scripts: Script) -> list[tuple[str, str, int]]:
    with pytest.raises(ScriptInvalid) as caught:
        link(scripts)
    found = [issue for issue in caught.value.issues if isinstance(issue, Issue)]
    return [(issue.code, issue.file, issue.line) for issue in found]


def test_a_script_carries_all_that_it_can_reach() -> None:
    """By calls and by permanent choices, however deep; what it reaches is itself linked."""
    linked = link([script("a", calls=("b",), aside="c"), script("b", calls=("d",)), script("c"), script("d")])
    assert set(linked["a"].linked) == {"b", "c", "d"}
    assert set(linked["a"].linked["b"].linked) == {"d"}
    assert not linked["d"].linked


def test_the_latest_version_counts() -> None:
    """In whatever order the files are read."""
    linked = link([script("b", version=10), script("a", calls=("b",)), script("b", version=9)])
    assert (linked["b"].version, linked["a"].linked["b"].version) == (10, 10)


def test_an_older_version_is_linked_by_itself() -> None:
    """For the conversations that are pinned to it."""
    old = script("a", calls=("b",))
    assert set(link_one(old, link([script("a", version=2), script("b")])).linked) == {"b"}


def test_a_missing_sub_script_is_named_where_it_is_called() -> None:
    """At the step or the permanent choice that wants it."""
    assert faults(script("a", calls=("b",))) == [("FV207", "a/v1.yaml", 5)]
    assert faults(script("a", aside="b")) == [("FV207", "a/v1.yaml", 5)]


def test_a_script_may_not_run_within_itself() -> None:
    """Neither at once nor round a corner."""
    assert faults(script("a", calls=("a",))) == [("FV208", "a/v1.yaml", 5)]
    assert ("FV208", "b/v1.yaml", 5) in faults(script("a", calls=("b",)), script("b", aside="a"))


def test_every_fault_is_reported_once() -> None:
    """However many ways lead to it."""
    assert faults(script("a", calls=("b", "c"), aside="b"), script("b", calls=("x",)), script("c")) == [
        ("FV207", "b/v1.yaml", 5)
    ]
