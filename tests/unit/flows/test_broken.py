"""A folder of broken scripts, one for each kind of fault: each is refused with what stands beside it.

`broken/CODE_what.txt` is what `doorstep flows check` prints of it: file and line, the rule, and for a fault of the ways
the shortest conversation that shows it. With DOORSTEP_REWRITE_TRANSCRIPTS=1 they are written anew; then read them.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot import library
from bot.begun import AT_HAND
from bot.i18n import catalogues
from bot.proofs import known_to
from flows.errors import ScriptInvalid
from flows.script import Issue, link, parse
from flows.script.lint import Known, Start, lint
from tests.reviewed import hold

FOLDER = Path(__file__).parent / "broken"
BROKEN = sorted(FOLDER.glob("*.yaml"))
SOURCES = Path(__file__).parents[3] / "flows" / "script"
OF_THE_LOCK = {"FV117", "FV118", "FV119", "FV120"}  # no script is at fault: tests/unit/flows/test_lock.py
TRANSLATED = {"s/a/say": "{name}，您好。"}  # what the made-up catalogue of FV303 says


@pytest.fixture(scope="module")
def known() -> Known:
    """What scripts may rely on, with the broken one begun like any other; all it says counts as translated."""
    scripts = library.scripts()[1]
    offered = known_to(scripts.values(), catalogues.load())
    return replace(offered, begun={**offered.begun, "s": Start()}, at_hand=AT_HAND, catalogues={})


def issues_of(path: Path, known: Known) -> tuple[Issue, ...]:
    """Return what is wrong with a broken script."""
    try:
        script = parse(path.read_text("utf-8"), path.name)
        linked = link([script])["s"]
    except ScriptInvalid as error:
        return tuple(one for one in error.issues if isinstance(one, Issue))
    if path.stem.startswith("FV302"):
        known = replace(known, catalogues={"zh_Hans": lambda *_: None})
    if path.stem.startswith("FV303"):
        known = replace(known, catalogues={"zh_Hans": lambda context, _: TRANSLATED.get(context)})
    return lint(linked, known)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_each_is_refused(path: Path, known: Known) -> None:
    """The fault that the file is named after is found, and nothing else, at its line and with its way."""
    found = issues_of(path, known)

    assert {one.code for one in found} == {path.stem.partition("_")[0]}
    hold(
        "\n".join(line for one in found for line in (str(one), *(f"    {turn}" for turn in one.way))) + "\n",
        path.with_suffix(".txt"),
    )


def test_every_kind_of_fault_has_a_script() -> None:
    """No check is without a script that it refuses."""
    codes = {
        code for file in SOURCES.rglob("*.py") for code in re.findall(r'"(FV\d{3})"', file.read_text("utf-8"))
    }

    assert codes - OF_THE_LOCK == {path.stem.partition("_")[0] for path in BROKEN}
