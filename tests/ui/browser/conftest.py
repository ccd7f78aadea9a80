"""Fixtures of browser tests: chromium, and the app over the sample corpus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from support.browser import CHROMIUM, SWITCHES, served

expect.set_options(timeout=30_000)  # in ms: a busy machine draws late, and only a failing test waits this long


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(sample_folder, tmp_path_factory.mktemp("log") / "log") as url:
        yield url
