"""The app in a real browser: what is marked, that documents are shown as text, and that nothing leaves the machine."""

from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from pincite.answer.pipeline import ask as answer_of
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from pincite.ingest.pipeline import ingest
from support.browser import (
    DESK,
    FOUNDED,
    HOSTILE,
    NEEDS_CHROMIUM,
    PHONE,
    QUESTION,
    PageWatch,
    ask,
    assert_inert,
    open_passage,
    opened,
    press,
    served,
)
from support.model_servers import openai_answer, serving

HOSTILE_TITLE = "Herring <img src=x onerror='window.broken = 3'> ![d](http://evil.example/d.png) :material/home: `code`"

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_click_shows_exactly_the_quote(
    browser: Browser, address: str, sample: Index, embedder: Embedder, size: ViewportSize
) -> None:
    citations = answer_of(sample, embedder, QUESTION).citations
    with opened(browser, address, size) as page:
        ask(page, QUESTION)
        for citation in citations:
            press(page, f"[{citation.number}]")
            expect(page.locator("mark")).to_have_count(1)
            expect(page.locator("mark")).to_be_in_viewport()
            assert page.locator("mark").text_content() == citation.quote
            expect(page.locator(".st-key-source")).to_contain_text(citation.reference())
            expect(page.get_by_role("button", name=f"[{citation.number}]", exact=True)).to_be_in_viewport(ratio=1)
            press(page, "Close")
            expect(page.locator("mark")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_abstention_is_in_view_and_opens_passages(browser: Browser, address: str, size: ViewportSize) -> None:
    with opened(browser, address, size) as page:
        ask(page, QUESTION)
        ask(page, "What does the HUDERIA methodology say about hospitals?")
        expect(page.locator(".pincite-question").last).to_be_in_viewport()
        expect(page.get_by_text("documents in the library mentions HUDERIA.")).to_be_in_viewport()
        open_passage(page, 2)
        expect(page.locator("mark")).to_be_in_viewport()


@pytest.fixture
def hostile_folder(tmp_path: Path) -> Path:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    word = docx.Document()
    word.add_heading(HOSTILE_TITLE)
    word.add_paragraph(HOSTILE)
    word.save(str(tmp_path / "plain.docx"))
    (tmp_path / "page.html").write_text(
        f"<html><head><title>{HOSTILE_TITLE.replace('<', '&lt;')}</title></head><body><p>{escaped}</p></body></html>",
        encoding="utf-8",
    )
    (tmp_path / "notes.md").write_text(f"# `{HOSTILE_TITLE}`\n\n```\n{HOSTILE}\n```\n", encoding="utf-8")
    ingest([tmp_path], tmp_path / "index")
    return tmp_path / "index"


def test_documents_are_shown_as_text(browser: Browser, hostile_folder: Path, tmp_path: Path) -> None:
    with served(hostile_folder, tmp_path / "log") as url, opened(browser, url) as page:
        expect(page.get_by_role("button").filter(has_text="What does “Herring <img").first).to_be_visible()
        assert_inert(page)
        ask(page, "What is the herring quota?")
        press(page, "[1]")
        quote = page.locator("mark").text_content() or ""
        assert quote in HOSTILE
        assert "<script>window.broken = 1</script>" in quote
        assert_inert(page)
        ask(page, "What does the HUDERIA methodology say about herring?")
        open_passage(page, 1)
        expect(page.locator(".st-key-source")).to_contain_text("<script>window.broken = 1</script>")
        assert_inert(page)


def test_draft_of_a_model_is_shown_as_text(browser: Browser, hostile_folder: Path, tmp_path: Path) -> None:
    words = f"{HOSTILE} [1]".replace(" ", " \0").split("\0")
    with (
        serving(openai_answer(*words, stall=0.1)) as model,
        served(hostile_folder, tmp_path / "log") as url,
        opened(browser, url) as page,
    ):
        page.get_by_role("textbox", name="Model").fill(f"openai-like:m@{model.url}/v1")
        page.keyboard.press("Enter")
        page.get_by_test_id("stChatInputTextArea").fill("What is the herring quota?")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Draft, not yet checked:")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("<script>window.broken").first).to_be_visible()
        expect(page.get_by_text("Written by openai-like")).to_be_visible(timeout=60_000)
        assert_inert(page)


def test_stopped_question_is_not_asked_again(browser: Browser, address: str) -> None:
    with serving(openai_answer(*["word "] * 100, stall=0.1)) as model, opened(browser, address) as page:
        page.get_by_role("textbox", name="Model").fill(f"openai-like:m@{model.url}/v1")
        page.keyboard.press("Enter")
        page.get_by_test_id("stChatInputTextArea").fill(FOUNDED)
        page.keyboard.press("Enter")
        expect(page.get_by_text("Draft, not yet checked:")).to_be_visible(timeout=60_000)
        press(page, "Stop")
        expect(page.get_by_role("button", name="Stop", exact=True)).to_have_count(0)
        page.get_by_role("textbox", name="Model").fill("extract")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Ask your documents")).to_be_visible()
        assert model.sent("/v1/chat/completions")


def test_no_library_says_what_to_run(browser: Browser, tmp_path: Path) -> None:
    watch = PageWatch()
    with served(tmp_path / "none", tmp_path / "log") as url, browser.new_context() as context:
        page = context.new_page()
        watch.over(page)
        page.goto(url)
        expect(page.get_by_text(f"pincite ingest PATH --index {tmp_path / 'none'}")).to_be_visible(timeout=60_000)
    assert watch.complaints == []
    assert watch.hosts == {"127.0.0.1"}
