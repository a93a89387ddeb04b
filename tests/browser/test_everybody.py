"""The page is for everybody: on a small screen, without a mouse, with a screen reader, by night, in each language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE, opened
from tests.browser.hands import hand_to, newest, phone, says

GRAVE = ("serious", "critical")


def grave(page: Page) -> list[str]:
    """Return what axe finds that keeps somebody out."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in GRAVE]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(room: str, browser: Browser, scheme: str) -> None:
    """No serious finding of axe, with the panel and a sheet open, by day and by night."""
    for page in opened(room, browser, viewport=WIDE, locale="en-GB", color_scheme=scheme):
        page.locator('[data-do="behind"]').click()
        page.wait_for_selector("#behind h3")
        assert grave(page) == []
        phone(page, "customer").get_by_role("button", name="Send something else").click()
        page.wait_for_selector("dialog")
        assert grave(page) == []


def test_without_a_mouse(page: Page) -> None:
    """A command is found and sent with the keyboard alone, and a button under a message is pressed."""
    ben = hand_to(page, "customer", "Ben Ashdown")
    ben.get_by_role("textbox").focus()
    page.keyboard.type("/")
    expect(ben.locator(".commands")).to_be_visible()
    page.keyboard.press("Escape")
    expect(ben.locator(".commands")).to_be_hidden()
    page.keyboard.type("rights")
    page.keyboard.press("Enter")
    expect(newest(ben).locator(".inline button").first).to_be_visible()
    ben.get_by_role("log").focus()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.option ?? ''"):
            break
    assert page.evaluate("document.activeElement.dataset.option ?? ''")


def test_on_a_small_screen(room: str, browser: Browser) -> None:
    """One phone at a time, the others behind tabs; nothing is wider than the screen."""
    for page in opened(room, browser, viewport=NARROW, locale="en-GB", color_scheme="light"):
        expect(phone(page, "customer")).to_be_visible()
        expect(phone(page, "collector")).to_be_hidden()
        page.get_by_role("tab", name="Collector").click()
        expect(phone(page, "collector")).to_be_visible()
        says(phone(page, "collector"), "/help")
        expect(newest(phone(page, "collector"))).to_contain_text("/today")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("tag", "says_first", "role"), [("zh-CN", "外访专员", "林晓禾"), ("zh-TW", "外訪專員", "何映嵐")]
)
def test_in_the_readers_language(room: str, browser: Browser, tag: str, says_first: str, role: str) -> None:
    """The page speaks the browser's language; each phone its own."""
    for page in opened(room, browser, viewport=WIDE, locale=tag, color_scheme="light"):
        expect(phone(page, "collector").locator("h2")).to_have_text(says_first)
        hand = phone(page, "customer")
        hand.locator(".who").select_option(
            hand.locator(".who option", has_text=role).first.get_attribute("value")
        )
        expect(newest(hand)).to_contain_text("Harbour Bank")


def test_a_phone_learns_another_language(page: Page) -> None:
    """The language of a phone is chosen in its chat, as its holder would, and the bot goes on in it."""
    sam = hand_to(page, "scheduler", "Sam Reed")
    sam.get_by_label("Language of Sam Reed's phone").select_option("zh_Hant")
    expect(newest(sam)).to_contain_text("接下來用繁體中文")
    says(sam, "/help")
    expect(newest(sam)).to_contain_text("待人工處理")
    sam.get_by_label("Language of Sam Reed's phone").select_option("en")
    expect(newest(sam)).to_contain_text("we go on in this language")
    says(sam, "/help")
    expect(newest(sam)).to_contain_text("queue")
