"""Any change of any chain is found, and nothing is found in one that was left alone."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.check import FIRST, Fault, chain_fault, leaf_hash, line_hash, log_fault, path_of, root_of
from bot.check import head_hash as hash_of_head

words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
    max_leaves=4,
)
contents = st.fixed_dictionaries(
    {
        "at": st.just("2027-03-01T12:00:00.000000+00:00"),
        "actor": st.sampled_from(["cli", "customer", "system"]),
        "kind": words,
        "case_id": st.just(7),
        "visit_id": st.none() | st.integers(1, 3),
        "data": st.dictionaries(words, values, max_size=3),
    }
)


def chained(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return lines with their numbers and hashes."""
    lines, previous = [], FIRST
    for number, content in enumerate(said, 1):
        previous = line_hash(previous, content)
        lines.append({"line": number, **content, "hash": previous})
    return lines


def end(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the end of a chain."""
    return {"lines": len(lines), "hash": lines[-1]["hash"] if lines else FIRST}


def fault(lines: list[dict[str, Any]], last: dict[str, Any]) -> Fault | None:
    """Look at a chain without anchors."""
    return chain_fault(lines, last, {})


@given(st.lists(contents, max_size=6))
def test_a_chain_left_alone_is_whole(said: list[dict[str, Any]]) -> None:
    """Whatever lines say, their chain holds."""
    lines = chained(said)
    assert fault(lines, end(lines)) is None


@given(st.lists(contents, min_size=1, max_size=6), st.data())
def test_a_changed_line_is_named(said: list[dict[str, Any]], data: st.DataObject) -> None:
    """Change any field of any line: that line is named."""
    lines = chained(said)
    place = data.draw(st.integers(0, len(lines) - 1))
    changed = copy.deepcopy(lines)
    name = data.draw(st.sampled_from(["at", "actor", "kind", "visit_id", "case_id"]))
    changed[place][name] = "something else"
    found = fault(changed, end(lines))
    assert found is not None
    assert (found.where, found.what) == (f"line {place + 1}", "changed")


@given(st.lists(contents, min_size=1, max_size=6), st.data())
def test_a_removed_line_is_named(said: list[dict[str, Any]], data: st.DataObject) -> None:
    """Remove any line: it is named as removed, the last one as well."""
    lines = chained(said)
    place = data.draw(st.integers(0, len(lines) - 1))
    found = fault(lines[:place] + lines[place + 1 :], end(lines))
    assert found is not None
    assert (found.where, found.what) == (f"line {place + 1}", "removed")


@given(st.lists(contents, min_size=2, max_size=6, unique_by=lambda one: str(one["data"])), st.data())
def test_lines_that_changed_places_are_named(said: list[dict[str, Any]], data: st.DataObject) -> None:
    """Let two lines change places: the first place where that shows is named as reordered."""
    lines = chained(said)
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True))
    )
    moved = list(lines)
    moved[one], moved[other] = lines[other] | {"line": one + 1}, lines[one] | {"line": other + 1}
    found = fault(moved, end(lines))
    assert found is not None
    assert (found.where, found.what) == (f"line {one + 1}", "reordered")


@given(st.lists(contents, min_size=1, max_size=6), st.data())
def test_a_chain_made_anew_does_not_fit_its_head(said: list[dict[str, Any]], data: st.DataObject) -> None:
    """Who changes a line and makes all hashes anew is found by the head of a day that held the old ones."""
    lines = chained(said)
    held = data.draw(st.integers(1, len(lines)))
    place = data.draw(st.integers(0, held - 1))
    forged = chained([one | {"actor": "forger"} if at == place else one for at, one in enumerate(said)])
    found = chain_fault(forged, end(forged), {held: ("2027-03-01", lines[held - 1]["hash"])})
    assert found is not None
    assert (found.where, found.what) == (f"line {held}", "head_mismatch")


@given(st.integers(1, 40), st.data())
def test_a_path_leads_from_each_leaf_to_the_root(count: int, data: st.DataObject) -> None:
    """A day's head proves each chain that it holds, and no other end of it."""
    lines = chained([{"at": "", "actor": "", "kind": "", "case_id": 7, "visit_id": None, "data": {}}])
    place = data.draw(st.integers(0, count - 1))
    leaves = [leaf_hash(chain, 1, FIRST) for chain in range(count)]
    leaves[place] = leaf_hash(7, 1, lines[0]["hash"])
    head = {"day": "2027-03-01", "previous": FIRST, "root": root_of(leaves), "leaves": count}
    head["hash"] = hash_of_head(head["day"], FIRST, head["root"], count)
    anchor = {"day": head["day"], **end(lines), "path": path_of(leaves, place)}
    log = {"chain": 7, "lines": lines, "end": end(lines), "heads": [head], "anchors": [anchor]}
    assert log_fault(log) is None

    moved = log_fault(log | {"chain": 8})
    assert moved is not None
    assert moved.what == "head_mismatch"
