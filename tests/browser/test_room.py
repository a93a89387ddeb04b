"""What stands around the phones: the clock, faults, the tour, recording, a look behind the scenes."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hands import hand_to, leaps, newest, phone, says, taps


def test_what_is_next_comes_before_ones_eyes(page: Page) -> None:
    """A notice that waits for the morning in New York is sent when the clock gets there, and not earlier."""
    edie = hand_to(page, "customer", "Edie Larkin")
    before = edie.locator(".theirs").count()
    page.locator('[data-do="behind"]').click()
    expect(page.locator("#behind .wait").first).to_contain_text("waits")

    for _ in range(12):
        if edie.locator(".theirs").count() > before:
            break
        leaps(page, "next")

    expect(newest(edie)).to_contain_text("would like to visit you")


def test_the_panel_shows_where_the_conversation_stands(page: Page) -> None:
    """Script and step by name, its picture, verdicts, and the log as it is written."""
    hand_to(page, "customer", "白一舟")
    page.locator('[data-do="behind"]').click()

    panel = page.locator("#behind")
    expect(panel).to_contain_text("visit_notice v1")
    expect(panel.locator(".graph img")).to_be_visible()
    expect(panel.locator(".allowed").first).to_be_visible()
    says(phone(page, "customer"), "/rights")
    expect(panel).to_contain_text("rights v1")


def test_a_crash_loses_nothing(page: Page) -> None:
    """The bot is killed; what is written meanwhile is answered when it is back."""
    ben = hand_to(page, "customer", "Ben Ashdown")
    page.locator('[data-do="faults"] summary').click()
    page.locator('[data-do="crash"]').click()
    expect(page.locator("#bar .bot")).to_have_attribute("data-bot", "stopped")

    says(ben, "/privacy")
    expect(page.locator("#bar .bot")).to_have_attribute("data-bot", "running")

    expect(newest(ben)).to_contain_text("What is kept about you")


def test_a_phone_without_a_network_sees_it_later(page: Page) -> None:
    """Nothing comes while it is off, everything when it is back; nobody can write on it meanwhile."""
    cleo = hand_to(page, "customer", "Cleo Marsh")
    page.locator('[data-do="faults"] summary').click()
    page.locator('[data-do="faults"] button').first.click()
    expect(cleo.locator(".state")).to_contain_text("No network")
    expect(cleo.get_by_role("textbox")).to_be_disabled()

    cleo.locator(".state").get_by_role("button").click()

    expect(cleo.locator(".state")).to_be_hidden()
    says(cleo, "/privacy")
    expect(newest(cleo)).to_contain_text("What is kept about you")


def test_the_tour_can_be_taken_over(page: Page) -> None:
    """It tells what it does, step by step, and stops when one wants to go on by hand."""
    page.locator('[data-do="language"]').select_option("zh_Hans")
    page.locator('[data-do="tour"]').click()
    caption = page.locator("#caption")
    expect(caption).to_contain_text("林晓禾")
    expect(phone(page, "customer")).to_have_class("phone shown talking")

    page.locator('[data-do="stop"]').click()

    expect(page.locator('[data-do="tour"]')).to_be_enabled()
    says(phone(page, "customer"), "/rights")
    expect(phone(page, "customer").locator(".mine").last).to_contain_text("/rights")


def test_a_recording_plays_again(page: Page, tmp_path: Path) -> None:
    """What was done is saved as a transcript that reads the same when it is played again; one line changed does not."""
    page.locator('[data-do="record"]').click()
    expect(page.locator('[data-do="record"]')).to_have_attribute("aria-pressed", "true")
    taps(hand_to(page, "customer", "Ben Ashdown"), "move")
    expect(newest(phone(page, "customer"))).to_contain_text("day")
    page.locator('[data-do="record"]').click()

    kept = page.locator("dialog pre").inner_text()
    assert '"option":"move"' in kept
    file = tmp_path / "kept.txt"
    file.write_text(kept.replace("\n  ", "\n  "), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--replay", str(file)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "It reads the same.\n")
