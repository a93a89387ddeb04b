"""A real browser before a real room: the demo as a process of its own, its bot, its database, its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.demo import STARTS_WITHIN, open_demo

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 60_000  # milliseconds that the page is given to show something
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = {"width": 1500, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Open a fresh room; return its address."""
    with open_demo(tmp_path_factory.mktemp("demo"), "--fresh") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; no longer than for one file, since Playwright holds the thread's event loop."""
    if not Path(CHROMIUM).exists():
        pytest.skip("NOT TESTED IN A BROWSER: install Debian's chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(room: str, browser: Browser) -> Iterator[Page]:
    """Open the page on a wide screen, in English and by day, and fail on any error of its scripts."""
    yield from opened(room, browser, viewport=WIDE, locale="en-GB", color_scheme="light")


def opened(room: str, browser: Browser, **context: object) -> Iterator[Page]:
    """Open the page in a context of its own, and wait until the bot runs."""
    kept = browser.new_context(**context)
    page = kept.new_page()
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://{room}/")
    page.wait_for_selector('#bar .bot[data-bot="running"]', timeout=STARTS_WITHIN * 1000)
    page.wait_for_selector(".bubble")
    yield page
    seen = list(errors)  # closing breaks off what the page is still asking for
    kept.close()
    assert seen == []
