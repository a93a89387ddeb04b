"""Letters and links: who is invited how, and what is on the paper."""

from pathlib import Path

from bot.service.desk.invites import customer_links
from bot.service.desk.letters import Letters
from tests.service.conftest import HEADER, Town
from tests.service.test_files_in import Desk, row

IN_CHINA = "A-2,王小明,+8613800000001,482X,zh-CN,CN,Asia/Shanghai,示例路12号,信用卡,CNY,9000,2026-11-02"


async def test_no_link_where_the_messenger_is_not_permitted(town: Town, tmp_path: Path) -> None:
    """In a place whose rules bar the messenger a customer gets no link, but a letter that asks to call."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"), IN_CHINA)
    found = await customer_links(town.inst)

    assert [one.case.case_ref for one in found.by_link] == ["A-1"]
    assert [(one.case.case_ref, one.token is None) for one in found.by_letter] == [
        ("A-1", False),
        ("A-2", True),
    ]
    assert (found.without_link, found.left_out) == (1, 0)


async def test_the_same_link_every_time(town: Town, tmp_path: Path) -> None:
    """Asked again, the links are the same, so that letters that were posted stay valid."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"))
    first, again = [await customer_links(town.inst) for _ in "ab"]

    assert first.by_link[0].token == again.by_link[0].token


async def test_a_page_for_each(town: Town, tmp_path: Path) -> None:
    """Each letter is a file of its own, readable by its owner alone, named by the reference and nothing else."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"), IN_CHINA)
    press = Letters(town.inst, tmp_path)
    for one in (await customer_links(town.inst)).by_letter:
        press.write(one.case, f"https://t.me/example?start={one.token}" if one.token else None)

    pages = [tmp_path / "A-1.pdf", tmp_path / "A-2.pdf"]
    assert {one.stat().st_mode & 0o777 for one in pages} == {0o600}
    assert (b"/URI" in pages[0].read_bytes(), b"/URI" in pages[1].read_bytes()) == (True, False)
