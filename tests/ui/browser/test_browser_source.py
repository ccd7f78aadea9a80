"""The source beside the answer in a real browser: its page with the quote marked, steps, keyboard, large view."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from pincite.answer.citation.citation import Citation
from pincite.answer.pipeline import ask as answer_of
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from support.browser import DESK, NEEDS_CHROMIUM, PHONE, ask, opened, press, settled

QUESTION = "What does MF/OBS/2025/1 recommend?"  # recommendations on the last page of a PDF
PICTURE = "Page 4 of 4 of The state of pooled computing 2025"
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def citations(sample: Index, embedder: Embedder) -> tuple[Citation, ...]:
    found = tuple(answer_of(sample, embedder, QUESTION).citations)
    assert len(found) > 1
    assert found[0].page == 4
    return found


def open_first(page: Page) -> None:
    ask(page, QUESTION)
    press(page, "[1]")
    expect(page.locator("mark")).to_be_visible(timeout=30_000)


def show_page(page: Page) -> None:
    settled(page).get_by_role("radio", name="Page").click()
    expect(page.get_by_role("img", name=PICTURE)).to_be_visible(timeout=30_000)


@SIZES
def test_page_is_shown_with_the_mark_in_view(
    browser: Browser, address: str, citations: tuple[Citation, ...], size: ViewportSize
) -> None:
    with opened(browser, address, size) as page:
        open_first(page)
        show_page(page)
        picture = page.get_by_role("img", name=PICTURE)
        assert " ".join(citations[0].quote.split()) in (picture.get_attribute("alt") or "")
        assert picture.evaluate("image => image.complete && image.naturalWidth > 800")
        expect(page.locator(".pincite-mark-start")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@SIZES
def test_steps_show_the_other_citation(
    browser: Browser, address: str, citations: tuple[Citation, ...], size: ViewportSize
) -> None:
    with opened(browser, address, size) as page:
        open_first(page)
        expect(page.get_by_role("button", name="Previous")).to_be_disabled()
        for number, citation in enumerate(citations, 1):
            expect(page.get_by_role("status").filter(has_text="Citation")).to_have_text(
                f"Citation {number} of {len(citations)}"
            )
            expect(page.locator("mark")).to_have_text(" ".join(citation.quote.split()))
            assert page.locator("mark").text_content() == citation.quote
            expect(page.locator("mark")).to_be_in_viewport()
            if number < len(citations):
                press(page, "Next")
        expect(page.get_by_role("button", name="Next")).to_be_disabled()


def test_keyboard_alone_reaches_steps_and_page(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, QUESTION)
        page.get_by_role("button", name="[1]", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator("mark")).to_have_count(1)
        tab_to(page, "Next")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Citation 2 of")).to_be_visible()
        tab_to(page, "Text")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        expect(page.get_by_role("img", name="Page 4 of 4")).to_be_visible(timeout=30_000)
        tab_to(page, "Enlarge")
        tab_to(page, "Page 4 of 4")
        before = page.locator(".st-key-source-text").evaluate("element => element.scrollTop = 0")
        page.keyboard.press("End")
        page.wait_for_function("document.querySelector('.st-key-source-text').scrollTop > 50")
        assert before == 0


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called so has the focus."""
    focused = page.locator("button:focus, figure:focus").filter(has_text=name).or_(page.get_by_label(name, exact=True))
    for _ in range(30):
        if focused.and_(page.locator(":focus")).count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {name}")


@SIZES
def test_page_is_enlarged_and_closed_by_escape(browser: Browser, address: str, size: ViewportSize) -> None:
    with opened(browser, address, size) as page:
        open_first(page)
        show_page(page)
        press(page, "Enlarge")
        large = page.get_by_role("dialog").get_by_role("img", name="Page 4 of 4")
        expect(large).to_be_visible()
        expect(page.get_by_role("dialog").locator(".pincite-mark-start")).to_be_in_viewport()
        assert large.evaluate("image => image.clientWidth") > 800  # as large as it was drawn, on a phone too
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("img", name="Page 4 of 4")).to_be_visible()
