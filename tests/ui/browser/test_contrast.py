"""Text on the Chat page can be read in light and in dark: WCAG 2.2, success criterion 1.4.3, level AA."""

from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from support.browser import DESK, NEEDS_CHROMIUM, PHONE, QUESTION, ask, press, settled

LEAST, LEAST_OF_LARGE = 4.5, 3.0
# Colours are read off a canvas, since a browser states them in many notations. What a text stands on is composed from
# the root down, with what its ancestors' opacity lets through. Switched off controls are exempt, as WCAG has it.
MEASURE = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const read = (colour) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return { rgb: [r, g, b], alpha: a / 255 };
  };
  const mix = (under, over, share) => under.map((part, at) => part + (over[at] - part) * share);
  const over = (under, colour) => mix(under, colour.rgb, colour.alpha);
  const compose = (chain, under, text) => {
    if (!chain.length) return text ? over(under, text) : under;
    const style = getComputedStyle(chain[0]);
    const inner = compose(chain.slice(1), over(under, read(style.backgroundColor)), text);
    return mix(under, inner, Number(style.opacity));
  };
  const light = (rgb) => {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ancestors = (element) => (element ? [...ancestors(element.parentElement), element] : []);
  const shown = (element, box) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1;
  const measured = (element, text, style) => {
    const chain = ancestors(element);
    const paper = getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [0, 0, 0] : [255, 255, 255];
    const seen = compose(chain, paper, read(style.color));
    const size = parseFloat(style.fontSize);
    const icon = style.fontFamily.includes("Material Symbols");
    const large = icon || size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    return { text: text.trim().slice(0, 60), large, ratio: ratio(seen, compose(chain, paper, null)) };
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    if (!walker.currentNode.data.trim() || element.closest(":disabled, [aria-disabled=true], script, style")) continue;
    if (shown(element, range.getBoundingClientRect()))
      found.push(measured(element, walker.currentNode.data, getComputedStyle(element)));
  }
  for (const field of document.querySelectorAll("input:not([type=file], [type=radio]), textarea")) {
    if (field.disabled || !shown(field, field.getBoundingClientRect())) continue;
    const style = getComputedStyle(field, field.value ? null : "::placeholder");
    if (field.value || field.placeholder) found.push(measured(field, field.value || field.placeholder, style));
  }
  return found;
}"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A text, or an icon, that counts as large, and its contrast."""

    text: str
    large: bool
    ratio: float

    @property
    def enough(self) -> bool:
        return self.ratio >= (LEAST_OF_LARGE if self.large else LEAST)


def seen(page: Page) -> list[Seen]:
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)  # colours glide
    return [Seen(**one) for one in page.evaluate(MEASURE)]


def too_faint(page: Page) -> list[Seen]:
    return [one for one in seen(page) if not one.enough]


pytestmark = NEEDS_CHROMIUM


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_measure_knows_what_is_faint(browser: Browser, scheme: Literal["light", "dark"]) -> None:
    style = "body{background:canvas;color:canvastext} i{opacity:.3} b{color:#888;background:#777}"
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.set_content(f"<style>:root{{color-scheme:light dark}}{style}</style><p>plain <i>faint</i> <b>bold</b>")
        assert [one.text for one in too_faint(page)] == ["faint", "bold"]
        assert max(one.ratio for one in seen(page)) > 18


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chat_with_a_source_is_readable(
    browser: Browser, address: str, scheme: Literal["light", "dark"], size: ViewportSize
) -> None:
    with browser.new_context(viewport=size, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible(timeout=60_000)
        assert too_faint(page) == []
        ask(page, QUESTION)
        press(page, "[1]")
        expect(page.locator("mark")).to_have_count(1, timeout=30_000)
        everything = seen(page)
        assert len(everything) > 20
        assert [one for one in everything if not one.enough] == []
        settled(page).get_by_role("radio", name="Page").click()
        expect(page.locator(".pincite-page img")).to_be_visible()
        assert too_faint(page) == []


def test_marks_are_told_not_by_colour_alone(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        ask(page, QUESTION)
        press(page, "[1]")
        line = page.locator("mark").evaluate("mark => getComputedStyle(mark).borderBottom")
        assert line.startswith("2px solid")
