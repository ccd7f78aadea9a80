"""The panel with the source as Streamlit runs it, without a browser: steps, pages, and files that are gone."""

import html
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pincite.ingest.document import Document, Metadata
from pincite.ingest.pipeline import ingest
from pincite.ui.source.location import SourceLocation
from pincite.ui.source.page import has_page, page_html
from pincite.ui.source.page_image import PageImage

ROOT = Path(__file__).parents[2]
REPORT = "reports/MF-OBS-2025-1-state-of-pooled-computing.pdf"
QUESTION = "What does MF/OBS/2025/1 recommend?"
TWO_PLACES = "What does MF/OBS/2025/1 say about money and the accelerators in Hanoi?"
OUTSIDE = "What does the HUDERIA methodology say about hospitals?"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with one PDF and its index."""
    shutil.copy(ROOT / "corpus" / REPORT, tmp_path / "report.pdf")
    ingest([tmp_path / "report.pdf"], tmp_path / "index")
    yield tmp_path
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def app(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setattr(sys, "argv", ["app.py", "--index", str(folder / "index")])
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def page(app: AppTest) -> str:
    return "\n".join(element.body for element in app.html)


def shown(app: AppTest) -> str:
    return html.unescape(page(app))


def show_page(app: AppTest) -> AppTest:
    app.segmented_control("source-view").set_value("Page").run()
    assert not app.exception
    return app


def test_steps_lead_from_citation_to_citation(app: AppTest) -> None:
    ask(app, TWO_PLACES)
    citations = app.session_state["turns"][0].answer.citations
    press(app, "[1]")
    assert app.button("source-previous").disabled
    for number, citation in enumerate(citations, 1):
        assert f"Citation {number} of {len(citations)}" in shown(app)
        assert f"<mark>{html.escape(citation.quote)}</mark>" in page(app)
        if number < len(citations):
            press(app, "Next")
    assert number > 1
    assert app.button("source-next").disabled
    press(app, "Previous")
    assert f"Citation {number - 1} of {number}" in shown(app)


def test_steps_lead_through_passages_of_an_abstention(app: AppTest) -> None:
    press(ask(app, OUTSIDE), "Open passage 1")
    assert "Passage 1 of 3" in shown(app)
    press(app, "Next")
    assert "Passage 2 of 3" in shown(app)


def test_page_is_drawn_with_the_quote_marked(app: AppTest) -> None:
    press(ask(app, TWO_PLACES), "[1]")
    quote = app.session_state["turns"][0].answer.citations[0].quote
    assert "<img" not in page(app)
    show_page(app)
    assert 'src="data:image/png;base64,' in page(app)
    described = re.search(r' alt="([^"]*)"', page(app))
    assert described
    assert html.unescape(described[1]).startswith("Page 3 of 4 of The state of pooled computing 2025")
    assert " ".join(quote.split()) in html.unescape(described[1])
    assert "the quoted words are framed" in shown(app)
    assert "pincite-mark-start" in page(app)
    press(app, "Next")
    assert "<img" in page(app)  # the choice holds for the next source


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_file_that_is_gone_or_changed_is_told_and_the_text_shown(app: AppTest, folder: Path, change: str) -> None:
    press(ask(app, QUESTION), "[1]")
    file = folder / "report.pdf"
    if change == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes() + b"\n")
    show_page(app)
    said = "has changed since it was ingested" if change == "changed" else "cannot be opened (No such file"
    assert f"The page cannot be shown: {file} {said}" in shown(app)
    assert "<mark>" in page(app)
    assert "<img" not in page(app)


def test_formats_without_pages_offer_none() -> None:
    plain = Document("", "a.html", "text", (), (), Metadata())
    assert not has_page(plain)
    assert has_page(Document("", "a.PDF", "text", (0,), (), Metadata()))


def test_quote_over_two_pages_and_quote_not_found_are_told() -> None:
    document = Document("", "a.pdf", "one two three", (0, 8), (), Metadata())
    place = SourceLocation("[1]", "a.pdf", '"><b>', "p. 1", "two three", 4, 13)
    found = page_html(document, place, PageImage(b"", 1, 1, (0.5, 0.25)))
    assert "are framed. The quote continues on page 2." in found
    assert "left: 50.0%; top: 25.0%" in found
    assert "<b>" not in found
    missed = page_html(document, place, PageImage(b"", 1, 1, None))
    assert "were not found on it, so nothing is framed" in missed
    assert "pincite-mark-start" not in missed
