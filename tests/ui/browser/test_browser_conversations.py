"""Conversations in a real browser: kept over a reload and for tomorrow, seen by one browser alone, and stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from pincite.ui.conversation.store import title_of
from support.browser import DESK, FOUNDED, HOSTILE, NEEDS_CHROMIUM, PHONE, QUESTION, PageWatch, ask, assert_inert, press
from support.model_servers import openai_answer, serving

OUTSIDE = "What does the HUDERIA methodology say about hospitals?"
LONG = 60_000  # ms that a page may take when it is opened

pytestmark = NEEDS_CHROMIUM


@contextmanager
def window(browser: Browser, state: StorageState | None = None) -> Iterator[BrowserContext]:
    """A browser of its own, with what another one stored; no page of it may leave this machine or complain."""
    watch = PageWatch()
    with browser.new_context(viewport=DESK, storage_state=state, accept_downloads=True) as context:
        context.on("page", lambda page: watch.over(page))  # noqa: PLW0108  Playwright marks what it is given
        yield context
    assert watch.complaints == []
    assert watch.hosts == {"127.0.0.1"}


def visit(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=LONG)
    return page


def expect_past(page: Page, *questions: str) -> None:
    expect(page.locator("[class*=st-key-open-] button")).to_have_text(list(map(title_of, questions)), timeout=LONG)


def choose(page: Page, option: str) -> None:
    """Choose in the menu of the newest conversation."""
    page.get_by_role("button", name="Rename or delete").first.click()
    page.get_by_role("menuitem", name=option).click()


def test_a_reload_keeps_the_conversation_and_another_browser_does_not_see_it(browser: Browser, address: str) -> None:
    with window(browser) as mine, window(browser) as theirs:
        page, other = visit(mine, address), visit(theirs, address)
        ask(page, QUESTION)
        expect_past(page, QUESTION)
        page.reload()
        expect(page.locator(".pincite-question")).to_have_text(QUESTION, timeout=LONG)
        expect(page.locator(".pincite-question")).to_be_in_viewport()
        press(page, "[1]")
        expect(page.locator("mark")).to_be_in_viewport()
        ask(other, OUTSIDE)
        expect_past(other, OUTSIDE)
        other.goto(page.url)
        expect(other.get_by_text("not among yours")).to_be_visible(timeout=LONG)
        expect(other.locator(".pincite-question")).to_have_count(0)
        expect_past(other, OUTSIDE)


def test_conversations_are_found_again_tomorrow(browser: Browser, address: str) -> None:
    with window(browser) as today:
        page = visit(today, address)
        ask(page, QUESTION)
        press(page, "New conversation")
        expect(page.get_by_text("Ask your documents")).to_be_visible()
        ask(page, OUTSIDE)
        expect_past(page, OUTSIDE, QUESTION)
        expect_past(visit(today, address), OUTSIDE, QUESTION)
        state = today.storage_state()
        assert [cookie["expires"] > 0 for cookie in state["cookies"] if cookie["name"] == "pincite"] == [True]
    with window(browser, state) as tomorrow:
        page = visit(tomorrow, address)
        expect_past(page, OUTSIDE, QUESTION)
        page.get_by_role("button", name=title_of(QUESTION)).click()
        expect(page.locator(".pincite-question")).to_have_text(QUESTION)
        page.go_back()
        page.get_by_role("link", name="Library").click()
        expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible(timeout=LONG)
        page.get_by_role("link", name="Chat").click()
        expect(page.locator(".pincite-question")).to_be_visible(timeout=LONG)


def test_a_conversation_is_renamed_taken_away_and_deleted(browser: Browser, address: str, tmp_path: Path) -> None:
    with window(browser) as context:
        page = visit(context, address)
        ask(page, QUESTION)
        expect_past(page, QUESTION)
        choose(page, "Rename")
        page.get_by_role("textbox", name="Title").fill(HOSTILE[:78])
        page.get_by_role("dialog").get_by_role("button", name="Rename").click()
        expect_past(page, HOSTILE[:78])
        assert_inert(page)
        for name in ("Word", "Markdown"):
            with page.expect_download() as download:
                press(page, name)
            download.value.save_as(tmp_path / download.value.suggested_filename)
        word, markdown = sorted(tmp_path.iterdir())
        assert docx.Document(str(word)).paragraphs[0].text == HOSTILE[:78]
        assert "[^1]: Meridian Forum Assembly" in markdown.read_text(encoding="utf-8")
        choose(page, "Delete")
        press(page, "Keep it")
        expect_past(page, HOSTILE[:78])
        choose(page, "Delete")
        press(page, "Delete")
        expect(page.get_by_text("Ask your documents")).to_be_visible()
        expect_past(page)
        page.reload()
        expect(page.get_by_text("Ask your documents")).to_be_visible(timeout=LONG)
        expect_past(page)


def test_an_answer_is_copied_with_its_references(browser: Browser, address: str) -> None:
    with window(browser) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = visit(context, address)
        ask(page, QUESTION)
        page.get_by_role("button", name="Copy with references").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(QUESTION)
        assert "\n\n[1] Meridian Forum Assembly, MF/RES/3/2" in copied
        expect(page.get_by_role("button", name="Copy with references")).to_be_visible()
        page.evaluate("navigator.clipboard.writeText('')")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
        page.get_by_role("button", name="Copy with references").click()  # as on a page that another machine serves
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        page.evaluate("delete navigator.clipboard")
        assert page.evaluate("navigator.clipboard.readText()") == copied
        marks = 'Which share, --> ]> </title> "25 %3C", is for private applicants?'
        ask(page, marks)
        expect(page.get_by_role("button", name="Copied")).to_have_count(0)
        page.get_by_role("button", name="Copy with references").last.click()
        expect(page.get_by_role("button", name="Copied")).to_have_count(1)
        assert page.evaluate("navigator.clipboard.readText()").startswith(marks)


def test_a_stopped_answer_leaves_nothing_and_may_be_asked_again(browser: Browser, address: str) -> None:
    with serving(openai_answer(*["word "] * 100, stall=0.1)) as model, window(browser) as context:
        page = visit(context, address)
        ask(page, OUTSIDE)
        page.get_by_role("textbox", name="Model").fill(f"openai-like:m@{model.url}/v1")
        page.keyboard.press("Enter")
        page.get_by_test_id("stChatInputTextArea").fill(FOUNDED)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Draft, not yet checked:")).to_be_visible(timeout=LONG)
        press(page, "Open passage 1")  # whatever is clicked, the answer goes on being written
        expect(page.locator("mark")).to_have_count(1)
        expect(page.get_by_text("Draft, not yet checked:")).to_be_visible()
        assert model.sent("/v1/chat/completions")  # once
        page.locator(".st-key-stop-answer button").click()
        expect(page.get_by_text(f"Stopped before it was answered: {FOUNDED}")).to_be_visible()
        expect(page.get_by_text("Draft, not yet checked:")).to_have_count(0)
        expect(page.locator(".pincite-question")).to_have_text([OUTSIDE])
        page.get_by_role("textbox", name="Model").fill("extract")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Ask again").click()
        expect(page.locator(".pincite-question")).to_have_text([OUTSIDE, FOUNDED])
        expect(page.get_by_text("In the documents' own words.")).to_be_visible(timeout=LONG)
        page.reload()
        expect(page.locator(".pincite-question")).to_have_text([OUTSIDE, FOUNDED], timeout=LONG)


def test_the_list_can_be_used_on_a_phone(browser: Browser, address: str) -> None:
    with window(browser) as context:
        page = visit(context, address)
        ask(page, FOUNDED)
        expect_past(page, FOUNDED)
        page.set_viewport_size(PHONE)
        page.reload()
        expect(page.locator(".pincite-question")).to_be_in_viewport(timeout=LONG)
        page.get_by_role("button", name="Expand sidebar").click()
        expect(page.get_by_role("button", name="Rename or delete")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name=title_of(FOUNDED))).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
