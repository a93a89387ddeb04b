"""A lender rehearses with cases and scripts of their own."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import library
from bot.app import open_installation, prepare
from bot.drafting.rehearsal import Rehearsal
from bot.errors import InputRefused
from bot.room.scene import DAWN, Scene
from bot.sandbox.house import house
from bot.twin.machine import StillClock

CASES = (
    "case_ref,name,phone,id_last4,language,jurisdiction,timezone,address,product,currency,outstanding,overdue_since\n"
    "X-1,Nell Harrow,+442079460301,482X,en,UK,Europe/London,1 Elm Grove London,loan,GBP,500.00,2026-11-02\n"
    "X-2,Otis Brand,+442079460302,1177,en,UK,Europe/London,2 Elm Grove London,loan,GBP,600.00,2026-11-02\n"
)


@pytest.fixture
async def rehearsal(tmp_path: Path) -> AsyncIterator[Rehearsal]:
    settings = house(tmp_path / "data", "en")
    await prepare(settings)
    async with open_installation(settings) as opened:
        clock = StillClock(DAWN)
        yield Rehearsal(replace(opened, clock=clock), clock)


def cases(folder: Path, text: str = CASES) -> Path:
    file = folder / "own.csv"
    file.write_text(text, "utf-8")
    return file


def drafts(folder: Path, *changes: tuple[str, str]) -> Path:
    """Return a folder with the next version of a released script, some words changed."""
    home = folder / "drafts"
    home.mkdir()
    text = (
        (library.SCRIPTS / "language" / "v1.yaml")
        .read_text("utf-8")
        .replace("version: 1\n", "version: 1001\n")
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (home / "language.yaml").write_text(text, "utf-8")
    return home


async def test_own_cases_and_scripts(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """Each case has a phone, all but the newest are enrolled, and what they are asked comes from the own script."""
    people = await Scene(rehearsal, tmp_path, lambda _: None).set(cases(tmp_path), drafts(tmp_path))

    customers = [one for one in people if one.role == "customer"]
    assert [(one.case, one.name, one.last_four) for one in customers] == [
        ("X-1", "Nell Harrow", "482X"),
        ("X-2", "Otis Brand", "1177"),
    ]
    assert [rehearsal.chat(one.id).opened for one in customers] == [True, False]
    assert rehearsal.inst.library.latest["language"].version == 1001


async def test_a_script_that_does_not_hold_is_refused(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """The curtain stays down, and the author reads why; so it is with a folder without scripts."""
    with pytest.raises(InputRefused, match="FV"):
        await Scene(rehearsal, tmp_path, lambda _: None).set(
            cases(tmp_path), drafts(tmp_path, ("steps:\n", "steps:\n  - {id: nowhere, end: lost}\n"))
        )


async def test_a_folder_without_scripts_is_refused(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """What is not there is told, with what to put there."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputRefused, match="holds no script"):
        await Scene(rehearsal, tmp_path, lambda _: None).set(cases(tmp_path), tmp_path / "empty")


async def test_cases_that_cannot_be_taken_in_are_refused(rehearsal: Rehearsal, tmp_path: Path) -> None:
    """Each bad row is told with what is wrong in it."""
    bad = (
        CASES.splitlines()[0]
        + "\nX-9,Pia Reeve,12,482X,en,ZZ,Europe/London,3 Elm Grove,loan,GBP,abc,2026-11-02\n"
    )
    with pytest.raises(InputRefused, match="no case can be taken in"):
        await Scene(rehearsal, tmp_path, lambda _: None).set(cases(tmp_path, bad), None)
