"""What people do on the page."""

from playwright.sync_api import Locator, Page, expect


def phone(page: Page, role: str) -> Locator:
    """Return the phone of a role."""
    return page.locator(f'.phone[data-role="{role}"]')


def hand_to(page: Page, role: str, name: str) -> Locator:
    """Give the phone of a role to somebody."""
    shown = phone(page, role)
    number = shown.locator(".who option", has_text=name).first.get_attribute("value")
    shown.locator(".who").select_option(number)
    expect(shown).to_have_attribute("aria-label", f"{shown.locator('h2').inner_text()}: {name}")
    return shown


def says(shown: Locator, text: str) -> None:
    """Write something."""
    box = shown.get_by_role("textbox")
    box.fill(text)
    box.press("Enter")


def taps(shown: Locator, option: str) -> None:
    """Tap the newest button of an option."""
    shown.locator(f'[data-option="{option}"]').last.click()


def goes_on(shown: Locator, *options: str) -> None:
    """Tap one option after the other, each when the answer to the one before is there."""
    for option in options:
        button = shown.locator(f'[data-option="{option}"]').last
        expect(button).to_be_visible()
        before = shown.locator(".log").inner_text()
        button.click()
        expect(shown.locator(".log")).not_to_have_text(before, use_inner_text=True)


def types(shown: Locator, text: str, offered: str) -> None:
    """Type an answer to the question that offers this option beside it, and wait for what comes next."""
    asked = newest(shown)
    expect(asked.locator(f'[data-option="{offered}"]')).to_be_visible()
    before = asked.get_attribute("data-message") or ""
    says(shown, text)
    expect(newest(shown)).not_to_have_attribute("data-message", before)


def newest(shown: Locator) -> Locator:
    """Return the last message of the bot."""
    return shown.locator(".theirs").last


def leaps(page: Page, by: str) -> None:
    """Let time pass, and wait until it has."""
    button = page.locator(f'[data-leap="{by}"]')
    button.click()
    expect(button).to_be_enabled()
