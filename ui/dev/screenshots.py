"""Screenshots of every page over the sample corpus, into `docs/screenshots/`: `python -m pincite.ui.dev.screenshots`.

A page of a briefing book in Word is drawn too if LibreOffice is installed.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pypdfium2 import PdfDocument

from pincite.answer.batch import System
from pincite.briefing.questions.questions import read_questions
from pincite.briefing.run import run
from pincite.briefing.writers.docx_writer import write_docx
from pincite.eval.pipeline import evaluate
from pincite.ingest.pipeline import ingest
from pincite.ui.dev.app_server import serve_app

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1440, 900
PATIENCE = 120_000  # ms that a page may take
QUESTION = "How many accelerators were installed at Kigali, Montevideo and Hanoi on 30 June 2025?"
QUESTIONS = f"""# Money
How many fellowships were awarded and what share went to women?
From which date does MF/RES/3/2 apply?
# Machines
{QUESTION}
Which fishing quotas apply to cod in the North Sea?
"""
DRAFT = """Under MF/RES/2/4, para. 5 (b), at most 25 per cent of computing time is for private applicants.
On 30 June 2025 the three sites had 2,890 accelerators. A fourth site is in Windhoek.
Resolution MF/RES/9/9 bans chatbots in schools.
"""


def main() -> None:
    """Make the screenshots."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  of the tests' packages, not of the app's

    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with TemporaryDirectory() as place, served(Path(place)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, prepare in PAGES.items():
            context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address if name == "chat" else f"{address}/{name}")
            prepare(page)
            page.wait_for_timeout(2000)  # animations have ended
            page.screenshot(path=PICTURES / f"{name}.png")
            context.close()
        browser.close()
        draw_word(Path(place))


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The app over the sample corpus, with a run over the sample gold."""
    index, runs = place / "index", place / "runs"
    ingest([ROOT / "corpus"], index)
    evaluate([ROOT / "eval" / "gold" / "sample.jsonl"], runs / "sample", System(index))
    with serve_app(index, place / "log", "--runs", str(runs)) as server:
        yield server.address


def draw_word(place: Path) -> None:
    """The first page of a briefing book as LibreOffice lays it out."""
    office = shutil.which("soffice")
    if office is None:
        return
    (place / "questions.md").write_text(QUESTIONS, encoding="utf-8")
    asked, book = read_questions(place / "questions.md").asked, place / "book.docx"
    run(asked, book, "Fellowships, sites and machines", System(place / "index"), write=write_docx)
    command = [office, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(book)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  the office found and our own file
    with PdfDocument(place / "book.pdf") as pdf:
        pdf[0].render(scale=1.5).to_pil().save(PICTURES / "word.png")


def ask(page: "Page") -> None:
    """Chat: an answer with its first source open."""
    page.get_by_test_id("stChatInputTextArea").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="[1]", exact=True).first.click()
    page.locator("mark").wait_for()


def read(page: "Page") -> None:
    """Library: a resolution with its outline."""
    page.get_by_role("textbox", name="Search titles").fill("MF/RES")
    page.keyboard.press("Enter")
    page.get_by_text("4 of 12 documents").wait_for()
    page.get_by_role("combobox", name="Read a document").click()
    page.get_by_role("option").filter(has_text="MF/RES/3/2").click()
    page.locator(".st-key-reading p").first.wait_for()


def brief(page: "Page") -> None:
    """Briefing: questions with their answers."""
    page.get_by_role("textbox", name="Questions, one a line").fill(QUESTIONS)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Answer the questions").click()
    page.get_by_role("button", name="Download Word").wait_for()


def check(page: "Page") -> None:
    """Check: a draft with a claim that goes wrong."""
    page.get_by_role("textbox", name="Text; lines with # are headings").fill(DRAFT)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("button", name="Download Word").wait_for()


def judge(page: "Page") -> None:
    """Evaluation: the figures of a run."""
    page.get_by_role("tab", name="Failures").wait_for()


PAGES: dict[str, Callable[["Page"], None]] = {
    "chat": ask,
    "library": read,
    "briefing": brief,
    "check": check,
    "evaluation": judge,
}

if __name__ == "__main__":
    main()
