"""A visit by hand through the page: each role on their own phone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import goes_on, hand_to, leaps, newest, says, taps, types


def checks_in(page: Page, shown: Locator) -> None:
    """Open today's visit and send the place from the sheet."""
    says(shown, "/today")
    shown.get_by_role("button", name="Open", exact=True).last.click()
    taps(shown, "check_in")
    expect(newest(shown)).to_contain_text("send your location")
    shown.get_by_role("button", name="Send something else").click()
    page.locator('[data-place="here"]').click()


def until_shortly_before(page: Page) -> None:
    """Let time pass until a quarter to one on Tuesday, from wherever the clock stands: the visit is at one."""
    clock = page.locator("#bar .clock")
    for _ in range(48):
        found = re.match(r"Tue,? 2 Mar 12:(\d\d)", clock.inner_text())
        if found:
            minutes = max(0, 45 - int(found[1]))
            assert page.request.post(f"{page.url}room/clock", data={"hours": minutes / 60}).ok
            return
        leaps(page, "hour")


def at_the_door(cora: Locator, ada: Locator) -> None:
    """Ring, compare the code, hear what has happened, note what was promised."""
    goes_on(cora, "next", "maybe_them")
    half = re.findall(r"You answer: (\d\d)", ada.locator(".log").inner_text())[-1]
    types(cora, half, "no_code")
    goes_on(cora, "them", "next", "outside", "illness", "wages")
    for text in ("2100", "3", "1"):
        types(cora, text, "untold")
    goes_on(cora, "some")
    types(cora, "150", "nothing")
    goes_on(cora, "wants_to", "no_idea", "promise")


def test_a_visit_by_hand(page: Page) -> None:
    """Confirmed, checked in, talked through: each role on their own phone, what was found on the scheduler's."""
    ada = hand_to(page, "customer", "Ada Finch")
    taps(ada, "confirm")
    expect(ada.locator(".event").last).to_be_visible()
    expect(ada.locator(".file").last).to_contain_text("ics")
    ada.locator(".file").last.click()
    expect(page.locator("dialog pre")).to_contain_text("BEGIN:VEVENT")
    page.get_by_role("button", name="Close").click()

    until_shortly_before(page)
    cora, sol = hand_to(page, "collector", "Cora Lane"), hand_to(page, "safety_officer", "Sol Hart")
    for shown in (cora, sol):
        checks_in(page, shown)
    expect(sol.locator(".mine").last).to_contain_text("51.5010")
    goes_on(sol, "good", "good", "good")
    at_the_door(cora, ada)

    sam = hand_to(page, "scheduler", "Sam Reed")
    says(sam, "/board")
    sam.get_by_role("button", name="Today's visits").last.click()
    expect(newest(sam)).to_contain_text("D-1001")
