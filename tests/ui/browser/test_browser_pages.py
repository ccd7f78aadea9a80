"""The pages beside Chat in a real browser: files dropped, documents shown as text, runs and briefings brought home."""

import io
import shutil
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from support.browser import (
    DESK,
    HOSTILE,
    NEEDS_CHROMIUM,
    PHONE,
    assert_inert,
    file,
    open_choices,
    opened_page,
    press,
    served_with_runs,
)

ROOT = Path(__file__).parents[3]

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_good_and_bad_files_are_uploaded_and_shown_as_text(
    browser: Browser, tmp_path: Path, size: ViewportSize
) -> None:
    word = docx.Document()
    word.add_heading(f"Herring {HOSTILE[:60]}")
    word.add_paragraph(HOSTILE)
    content = io.BytesIO()
    word.save(content)
    with (
        served_with_runs(tmp_path / "index", tmp_path) as url,
        opened_page(browser, url, "Library", size) as page,
    ):
        files = [file("<img src=x onerror='window.broken = 4'>.docx", content.getvalue()), file("bad.pdf", b"MZ")]
        page.locator("input[type=file]").set_input_files(files)
        expect(page.get_by_role("button", name="Remove bad.pdf")).to_be_visible()
        idle = ("data-test-script-state", "notRunning")  # a click meets the button that the upload has drawn again
        expect(page.get_by_test_id("stApp")).to_have_attribute(*idle)
        press(page, "Add to the library")
        expect(page.get_by_text("✗ bad.pdf: rejected")).to_be_visible(timeout=60_000)
        expect(page.get_by_text("1 of 1 documents")).to_be_visible(timeout=60_000)
        open_choices(page, "Read a document")
        expect(page.get_by_role("option")).to_have_count(1)
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-reading")).to_contain_text("<script>window.broken = 1</script>", timeout=60_000)
        assert_inert(page)


def test_briefing_of_three_questions_comes_home_as_word(browser: Browser, sample_folder: Path, tmp_path: Path) -> None:
    asked = "How many fellowships were awarded?\nWho pays for the host sites?\nWhich quotas apply to cod?\n"
    with (
        served_with_runs(sample_folder, tmp_path) as url,
        opened_page(browser, url, "Briefing") as page,
    ):
        page.get_by_role("textbox", name="Questions, one a line").fill(asked)
        page.keyboard.press("Control+Enter")
        press(page, "Answer the questions")
        with page.expect_download(timeout=120_000) as download:
            page.get_by_role("button", name="Download Word").click(timeout=120_000)
        download.value.save_as(tmp_path / "briefing.docx")
        text = "\n".join(one.text for one in docx.Document(str(tmp_path / "briefing.docx")).paragraphs)
        assert all(line in text for line in asked.splitlines())
        expect(page.get_by_text("Supported by the cited words")).to_have_count(0)


def test_gold_is_asked_and_the_report_shown(browser: Browser, sample_folder: Path, tmp_path: Path) -> None:
    gold = (ROOT / "eval" / "gold" / "sample.jsonl").read_bytes().splitlines(keepends=True)[:3]
    shutil.copytree(sample_folder, tmp_path / "index")
    with (
        served_with_runs(tmp_path / "index", tmp_path) as url,
        opened_page(browser, url, "Evaluation") as page,
    ):
        page.locator("input[type=file]").set_input_files([file("three.jsonl", b"".join(gold))])
        expect(page.get_by_role("combobox", name="Gold questions")).to_have_value("three.jsonl", timeout=60_000)
        press(page, "Run")
        page.get_by_role("tab", name="Report").click(timeout=120_000)
        page.get_by_text("Show it here").click()
        report = page.frame_locator("iframe[title='Report of the run']")
        expect(report.get_by_role("heading").first).to_be_visible(timeout=60_000)
        expect(report.get_by_text("Of 3 questions").first).to_be_visible()


def test_pages_are_reached_and_choices_kept(browser: Browser, sample_folder: Path, tmp_path: Path) -> None:
    with served_with_runs(sample_folder, tmp_path) as url, opened_page(browser, url, "Briefing") as page:
        page.get_by_role("textbox", name="Dated on or after").fill("2025-06")
        page.keyboard.press("Enter")
        expect(page.get_by_text("of 12 documents will be searched")).not_to_contain_text("12 of")
        for name in ("Library", "Evaluation"):
            page.get_by_role("link", name=name).click()
            expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible(timeout=60_000)
        page.get_by_role("link", name="Chat").click()
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=60_000)
        expect(page.get_by_role("textbox", name="Dated on or after")).to_have_value("2025-06")
