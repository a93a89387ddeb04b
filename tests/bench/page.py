"""(h) The demo's page in a real browser: first paint, from a tap to its bubble, a chat of 1,000 messages.

The whole system is behind it: the page's tap goes over HTTP to the stand-in, from there to the bot's own process and
through its database, and comes back as a message.
"""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.bench.tables import spread, table
from tests.demo import open_demo

CHROMIUM = "/usr/bin/chromium"
ROUNDS, TAPS, MESSAGES, FRAMES = 5, 30, 1_000, 120
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# The button is pressed inside the browser, which also sees the bubble appear: nothing of the tester's is measured.
TAP = """() => new Promise((done) => {
  const log = document.querySelector('.phone[data-role=scheduler] .log');
  const box = document.querySelector('.phone[data-role=scheduler] textarea');
  const began = performance.now();
  const watch = new MutationObserver((changes) => {
    const added = changes.flatMap((one) => [...one.addedNodes]);
    if (added.some((one) => one.classList?.contains('theirs'))) {
      watch.disconnect();
      requestAnimationFrame(() => done(performance.now() - began));
    }
  });
  watch.observe(log, { childList: true });
  box.value = '/help';
  box.form.requestSubmit();
})"""
SCROLL = """(frames) => new Promise((done) => {
  const log = document.querySelector('.phone[data-role=customer] .log');
  const step = log.scrollHeight / frames, times = [];
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
    log.scrollTop -= step;
    if (times.length < frames) requestAnimationFrame(next); else done(times.slice(2));
  };
  requestAnimationFrame(next);
})"""


def section(*, quick: bool) -> tuple[str, dict[str, Any]]:
    """Measure; return the section's text and its figures."""
    rounds, taps, messages = (1, 2, 20) if quick else (ROUNDS, TAPS, MESSAGES)
    with (
        TemporaryDirectory(prefix="doorstep-") as folder,
        open_demo(Path(folder)) as host,
        sync_playwright() as playwright,
    ):
        address = f"http://{host}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        paints = []
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": 1500, "height": 900})
            _open(page, address)
            paints.append(page.evaluate(PAINT))
            page.close()
        page = browser.new_page(viewport={"width": 1500, "height": 900})
        _open(page, address)
        waits = [page.evaluate(TAP) for _ in range(taps)]
        frames = _long_chat(page, messages)
        browser.close()
    figures = {"first paint ms": paints, "tap to bubble ms": waits, "frames ms": frames}
    slow = sorted(waits)[round(len(waits) * 0.95) - 1]
    rows = [
        ("first paint", spread(paints), "", f"{rounds} times"),
        ("from a tap to the bubble", spread(waits), f"{slow:.0f}", f"{taps} taps"),
        (
            f"a frame while a chat of {messages:,} messages is scrolled through",
            f"{statistics.median(frames):.1f}",
            f"{sorted(frames)[round(len(frames) * 0.95) - 1]:.1f}",
            f"{len(frames)} frames",
        ),
    ]
    return table(("what", "ms", "95 of a hundred within ms", "how often"), rows), figures


def _open(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector('#bar .bot[data-bot="running"]', timeout=300_000)
    page.wait_for_selector(".phone[data-role=scheduler] .bubble")


def _long_chat(page: Page, messages: int) -> list[float]:
    """Fill a customer's chat through their own hand, then go through it from the end to the beginning."""
    send = """async (many) => {
      const chat = document.querySelector('.phone[data-role=customer] .who').value;
      for (let one = 0; one < many; one += 1) await fetch(`/sandbox/chats/${chat}/share`, { method: 'POST',
        body: JSON.stringify({ content: { location: { latitude: 51.5, longitude: -0.1 } } }) });
    }"""
    page.evaluate(send, messages)
    page.locator(".phone[data-role=customer] .line").nth(messages - 1).wait_for(state="attached")
    return [float(one) for one in page.evaluate(SCROLL, FRAMES)]
