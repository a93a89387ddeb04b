"""The lock of what was released."""

import pytest

from flows.errors import ScriptInvalid
from flows.script import Issue
from flows.script.lock import Released, compare, format_lock, read_lock, sha256_of

SHA = "a" * 64
OTHER = "b" * 64


def test_line_ends_and_marks_do_not_change_the_hash() -> None:
    """A checkout on another system is the same release."""
    assert sha256_of("a: 1\nb: 2\n") == sha256_of("\ufeffa: 1\r\nb: 2")


def test_a_word_changes_the_hash() -> None:
    """Whatever a person could read differently is another text."""
    assert len({sha256_of("a: 1\n"), sha256_of("a: 2\n"), sha256_of("a:  1\n")}) == 3


def test_a_lock_survives_its_file() -> None:
    """It is written in a stable order, versions by number."""
    lock = {Released("b", 1): SHA, Released("a", 10): OTHER, Released("a", 9): SHA}
    text = format_lock(lock)
    assert text == f"a v9 {SHA}\na v10 {OTHER}\nb v1 {SHA}\n"
    assert read_lock(text) == lock
    assert read_lock(f"\n{text}\n") == lock


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (f"a v1 {SHA}\na 2 {SHA}\n", "FV117", 2),
        ("a v1\n", "FV117", 1),
        (f"a v0 {SHA}\n", "FV117", 1),
        (f"a v1 {SHA}\na v1 {OTHER}\n", "FV118", 2),
    ],
)
def test_a_broken_lock_is_refused(text: str, code: str, line: int) -> None:
    """At the line that is wrong."""
    with pytest.raises(ScriptInvalid) as caught:
        read_lock(text)
    (issue,) = caught.value.issues
    assert isinstance(issue, Issue)
    assert (issue.code, issue.file, issue.line) == (code, "scripts.lock", line)


def test_a_released_file_may_not_change() -> None:
    """Nor go away; a file that is not released yet may do both."""
    lock = {Released("a", 1): SHA, Released("b", 1): SHA, Released("c", 1): SHA}
    present = [("a", 1, OTHER, "a/v1.yaml"), ("b", 1, SHA, "b/v1.yaml"), ("b", 2, OTHER, "b/v2.yaml")]
    assert [(issue.code, issue.file) for issue in compare(lock, present)] == [
        ("FV119", "a/v1.yaml"),
        ("FV120", "scripts.lock"),
    ]
