"""Helpers for tests of the app in a real browser."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect

from pincite.ui.dev.app_server import serve_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
QUESTION = "How many accelerators were installed at Kigali, Montevideo and Hanoi on 30 June 2025?"
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = (
    "The herring quota is 90 tonnes <script>window.broken = 1</script> "
    '<img src="http://evil.example/a.png" onerror="window.broken = 2"> '
    "![picture](http://evil.example/b.png) [a link](http://evil.example/c) :red[red] $x^2$ **bold**."
)
FOUNDED = "When and where was the Meridian Forum founded?"  # not in a table: a model may write the answer
ANDROID = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")


@dataclass(slots=True)
class PageWatch:
    """What a page did: hosts it asked, and what its console complained of."""

    hosts: set[str | None] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("request", lambda request: self.ask(request.url))
        page.on("websocket", lambda websocket: self.ask(websocket.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)

    def ask(self, url: str) -> None:
        if not url.startswith(("data:", "blob:")):
            self.hosts.add(urlsplit(url).hostname)


@contextmanager
def served(folder: Path, log: Path, *more: str) -> Iterator[str]:
    """The app over an index, on a free port, with more options; it must not write a traceback."""
    with serve_app(folder, log, *more) as server:
        yield server.address
    assert "Traceback" not in log.read_text(encoding="utf-8")


@contextmanager
def opened(browser: Browser, url: str, size: ViewportSize = DESK) -> Iterator[Page]:
    """The app in a window of its own, which must stay on this machine and find nothing to complain of."""
    watch = PageWatch()
    with browser.new_context(viewport=size) as context:
        page = context.new_page()
        watch.over(page)
        page.goto(url)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=60_000)
        yield page
    assert watch.complaints == []
    assert watch.hosts == {"127.0.0.1"}


def ask(page: Page, question: str) -> None:
    page.get_by_test_id("stChatInputTextArea").fill(question)
    page.keyboard.press("Enter")
    questions = page.locator(".pincite-question")
    expect(questions.last).to_have_text(question)
    expect(page.get_by_text("documents were searched")).to_have_count(questions.count(), timeout=60_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def settled(page: Page) -> Page:
    """The page once it is drawn: a click on a page that is being drawn anew may be lost."""
    for _ in range(2):
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
        page.wait_for_timeout(200)
    return page


def open_passage(page: Page, number: int) -> None:
    """Opens a passage beside an abstention, again if the click met a page that was being drawn anew."""
    for _ in range(3):
        press(settled(page), f"Open passage {number}")
        try:
            return expect(page.locator(".st-key-source")).to_be_visible(timeout=10_000)
        except AssertionError:
            continue
    raise AssertionError(f"passage {number} stays closed")


def open_choices(page: Page, name: str) -> None:
    """Opens a list of choices by its keys, again if the page was drawn anew in between, which closes it."""
    for _ in range(10):
        page.get_by_role("combobox", name=name).focus()
        page.keyboard.press("ArrowDown")  # a click that scrolls the page closes the list again
        try:
            return expect(page.get_by_role("option").first).to_be_visible(timeout=3_000)
        except AssertionError:
            page.keyboard.press("Escape")
    raise AssertionError(f"the choices of {name!r} stay closed")


def assert_inert(page: Page) -> None:
    """No element of a document's making, and none of its scripts has run."""
    assert page.evaluate("window.broken") is None
    assert page.locator("[data-testid=stMain] :is(img, a, script[src], .katex)").count() == 0


@contextmanager
def opened_page(browser: Browser, url: str, title: str, size: ViewportSize = DESK) -> Iterator[Page]:
    """A page of the app, which must stay on this machine, find nothing to complain of and fit its window."""
    watch = PageWatch()
    with browser.new_context(viewport=size, user_agent=ANDROID if size is PHONE else None) as context:
        page = context.new_page()
        watch.over(page)
        page.goto(url)  # a page's own address makes Streamlit's front end try addresses that are not there
        if size is PHONE:
            page.get_by_role("button", name="Expand sidebar").click(timeout=60_000)
        page.get_by_role("link", name=title).click(timeout=60_000)
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=60_000)
        yield page
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert watch.complaints == []
    assert watch.hosts == {"127.0.0.1"}


def served_with_runs(folder: Path, aside: Path) -> AbstractContextManager[str]:
    """The app over an index, its runs and its log aside."""
    return served(folder, aside / "log", "--runs", str(aside / "runs"))


def file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}
