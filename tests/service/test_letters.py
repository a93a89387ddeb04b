"""Letters and links: who is invited how, and what is on the paper."""

from pathlib import Path

from bot.service.desk.invites import customer_links
from bot.service.desk.letters import Letters
from tests.service.conftest import HEADER, Town
from tests.service.test_files_in import Desk, row

IN_CHINA = "A-2,王小明,+8613800000001,482X,zh-CN,CN,Asia/Shanghai,示例路12号,信用卡,CNY,9000,2026-11-02"


async def test_no_link_where_the_messenger_is_barred(town: Town, tmp_path: Path) -> None:
    """In a place whose rules bar the messenger a customer gets no link, and it is said how many those are."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"), IN_CHINA)
    found = await customer_links(town.inst)

    assert [one.case.case_ref for one in found.links] == ["A-1"]
    assert found.barred == 1


async def test_the_same_link_every_time(town: Town, tmp_path: Path) -> None:
    """Asked again, the links are the same, so that letters that were posted stay valid."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"))
    first, again = [await customer_links(town.inst) for _ in "ab"]

    assert first.links[0].token == again.links[0].token


async def test_a_page_for_each(town: Town, tmp_path: Path) -> None:
    """Each letter is a file of its own with its link, readable by its owner alone, named by the reference alone."""
    await Desk(town, tmp_path).take(HEADER, row("A-1"))
    press = Letters(town.inst, tmp_path)
    for one in (await customer_links(town.inst)).links:
        press.write(one.case, f"https://t.me/example?start={one.token}")

    page = tmp_path / "A-1.pdf"
    assert page.stat().st_mode & 0o777 == 0o600
    assert b"/URI" in page.read_bytes()
