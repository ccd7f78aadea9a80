"""A draft checked, documents fetched and a password asked for in a real browser."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from pincite.ui.authentication import password_hash
from support.browser import (
    DESK,
    NEEDS_CHROMIUM,
    PHONE,
    PageWatch,
    assert_inert,
    file,
    opened_page,
    press,
    served_with_runs,
    settled,
)

DRAFT = r"""In all, 512 fellowships were awarded, of which 46 per cent went to women.
The facility had 2,890 accelerators installed at its three host sites on 30 June 2025.
Whales <img src=x onerror="window.broken = 5"> eat ![krill](http://evil.example/k.png) in :red[summer] every year.
"""
CONTRADICTED = "Contradicted: “Fellowships are cheap and they stick” says 412, not 512."
FIRST_SOURCE = re.compile(r"^\[1\] ")
PASSWORD = "a long enough password"  # noqa: S105  of this test alone

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_draft_is_checked_and_its_sources_marked(
    browser: Browser, sample_folder: Path, tmp_path: Path, size: ViewportSize
) -> None:
    with served_with_runs(sample_folder, tmp_path) as url, opened_page(browser, url, "Check", size) as page:
        settled(page).get_by_role("tab", name="Upload").click()
        page.locator("input[type=file]").set_input_files([file("speech.txt", DRAFT.encode())])
        press(page, "Check it")
        expect(page.get_by_text(CONTRADICTED)).to_be_visible(timeout=90_000)
        expect(page.get_by_text('<img src=x onerror="window.broken = 5">')).to_be_attached()
        settled(page).get_by_role("button", name="Contradicted: 1").click()
        expect(page.get_by_text("2,890 accelerators")).to_have_count(0)
        settled(page).get_by_role("button", name=FIRST_SOURCE).click()
        expect(page.locator("mark")).to_contain_text("412", timeout=30_000)
        expect(page.locator("mark")).to_be_in_viewport()
        expect(page.get_by_role("button", name=FIRST_SOURCE)).to_be_in_viewport()
        assert_inert(page)
        press(page, "Close")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download JSON Lines").click()
        lines = download.value.path().read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["verdict"] for line in lines] == ["contradicted", "supported", "not found"]
        assert download.value.suggested_filename == "speech checked.jsonl"


def test_ticked_documents_of_a_list_are_asked_for_and_failures_told(browser: Browser, tmp_path: Path) -> None:
    entries = [f'[[document]]\ntitle = "Plan {n}"\nurl = "http://127.0.0.1:9/{n}.pdf"\n' for n in (1, 2, 3)]
    with served_with_runs(tmp_path / "index", tmp_path) as url, opened_page(browser, url, "Library") as page:
        settled(page).get_by_text("Fetch public documents").click()
        settled(page).get_by_text("A list of your own").click()
        page.locator("input[type=file][accept*=toml]").set_input_files([file("mine.toml", "".join(entries).encode())])
        table = page.get_by_test_id("stDataFrame")
        expect(table).to_be_visible(timeout=30_000)
        time.sleep(1)  # a canvas tells nobody when its rows can be clicked
        for row in (1, 3):
            table.click(position={"x": 15, "y": 35 * row + 17})
        page.get_by_role("button", name="Fetch 2 documents").click(timeout=30_000)
        for number, count in ((1, 1), (2, 0), (3, 1)):
            expect(page.get_by_text(f"✗ Plan {number}: failed")).to_have_count(count, timeout=30_000)
        expect(page.get_by_text("It is not fetched over http, only over https").first).to_be_visible()


def test_password_is_asked_for_before_any_page(
    browser: Browser, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINCITE_PASSWORD_HASH", password_hash(PASSWORD))
    watch = PageWatch()
    with served_with_runs(sample_folder, tmp_path) as url, browser.new_context() as context:
        page = context.new_page()
        watch.over(page)
        page.goto(f"{url}/library")
        page.get_by_label("Password", exact=True).fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_text("That is not the password.")).to_be_visible(timeout=30_000)
        expect(page.get_by_role("link", name="Library")).to_have_count(0)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Library", exact=True)).to_be_visible(timeout=30_000)
        expect(page.get_by_text("12 of 12 documents")).to_be_visible()
    assert watch.hosts == {"127.0.0.1"}
