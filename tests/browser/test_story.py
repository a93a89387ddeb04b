"""A visit by hand through the page: each role on their own phone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import hand_to, leaps, phone, says, taps


def checks_in(page: Page, shown: Locator) -> None:
    """Open today's visit and send the place from the sheet."""
    says(shown, "/today")
    shown.get_by_role("button", name="Open").last.click()
    taps(shown, "check_in")
    shown.get_by_role("button", name="Send something else").click()
    page.locator('[data-place="here"]').click()


def until_shortly_before(page: Page) -> None:
    """Let time pass until Tuesday noon, from wherever the clock stands: the visit is at one."""
    clock = page.locator("#bar .clock")
    for _ in range(48):
        if re.match(r"Tue 2 Mar 12:", clock.inner_text().replace(",", "")):
            return
        leaps(page, "hour")


def test_a_visit_by_hand(page: Page) -> None:
    """The customer confirms, both of the team check in, and the scheduler sees it on the board."""
    ada = hand_to(page, "customer", "Ada Finch")
    taps(ada, "confirm")
    expect(ada.locator(".event").last).to_be_visible()
    expect(ada.locator(".file").last).to_contain_text("ics")
    ada.locator(".file").last.click()
    expect(page.locator("dialog pre")).to_contain_text("BEGIN:VEVENT")
    page.get_by_role("button", name="Close").click()

    until_shortly_before(page)
    for role, name in (("collector", "Cora Lane"), ("safety_officer", "Sol Hart")):
        checks_in(page, hand_to(page, role, name))
    expect(phone(page, "safety_officer").locator(".mine").last).to_contain_text("51.5010")

    sam = hand_to(page, "scheduler", "Sam Reed")
    says(sam, "/board")
    sam.get_by_role("button", name="Today's visits").last.click()
    expect(sam.locator(".theirs").last).to_contain_text("D-1001")
