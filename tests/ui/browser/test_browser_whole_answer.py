"""What an answer leaves out is opened in a real browser, in its place, and is there after a reload."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from support.browser import DESK, NEEDS_CHROMIUM, PHONE, ask, opened, press, served, settled
from support.families import LAST_RULE, RULES, library_of_rules

pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_rest_of_a_list_is_opened_under_its_question(browser: Browser, tmp_path: Path, size: ViewportSize) -> None:
    folder = library_of_rules(tmp_path)
    with served(folder, tmp_path / "log") as url, opened(browser, url, size) as page:
        ask(page, RULES)
        expect(page.get_by_text("15 of 40 items are shown.")).to_be_visible()
        expect(page.get_by_text(LAST_RULE)).to_have_count(0)
        press(settled(page), "Show 25 more")
        expect(page.locator(".pincite-point").get_by_text(LAST_RULE)).to_be_attached()
        expect(page.get_by_role("button", name="Show 25 more")).to_have_count(0)
        expect(settled(page).locator(".pincite-question")).to_be_in_viewport()
        press(page, "[40]")
        expect(page.locator("mark")).to_contain_text(LAST_RULE)
        page.reload()
        expect(page.locator(".pincite-point").get_by_text(LAST_RULE)).to_be_attached(timeout=60_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
