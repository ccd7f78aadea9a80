"""Books as Markdown and HTML: footnotes lead to their marks and back; text of documents is text."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pincite.briefing.book import BriefingBook
from pincite.briefing.writers.html_writer import write_html
from pincite.briefing.writers.markdown_writer import write_markdown
from pincite.ingest.embedding.embedder import Embedder
from pincite.ingest.index.index import Index
from support.briefed import AMENDED, COD, book_of

HOSTILE = "<script>alert(1)</script> [x](javascript:1) ![y](http://z)"


@pytest.fixture
def book(sample: Index, embedder: Embedder) -> BriefingBook:
    return replace(book_of(sample, embedder), title=HOSTILE)


def notes_of(book: BriefingBook) -> int:
    return sum(len(one.verified(statement)) for one in book.answers() for statement in one.statements)


def test_footnotes_of_markdown_belong_together(book: BriefingBook, tmp_path: Path) -> None:
    write_markdown(book, tmp_path / "book.md")
    text = (tmp_path / "book.md").read_text(encoding="utf-8")
    marks = re.findall(r"\[\^(\d+)\](?!:)", text)
    assert marks == re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE) == [str(n) for n in range(1, notes_of(book) + 1)]
    page = MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(text)
    assert page.count('class="footnote-item"') == notes_of(book)
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page
    assert "only partly supported" in page
    assert AMENDED in page


def test_footnotes_of_a_page_lead_there_and_back(book: BriefingBook, tmp_path: Path) -> None:
    write_html(book, tmp_path / "book.html")
    text = (tmp_path / "book.html").read_text(encoding="utf-8")
    page = html.fromstring(text)
    ids = set(page.xpath("//@id"))
    links = [link.lstrip("#") for link in page.xpath("//a/@href")]
    assert len(links) == 2 * notes_of(book)
    assert set(links) == ids
    assert page.xpath("//script") == page.xpath("//img") == []
    assert page.xpath("string(//h1)") == HOSTILE
    assert AMENDED in text
    assert [COD in "".join(one.itertext()) for one in page.xpath("//h3")].count(True) == 2  # in its section and annex


def test_rows_of_a_statement_are_a_table(book: BriefingBook, tmp_path: Path) -> None:
    for write, name in ((write_markdown, "book.md"), (write_html, "book.html")):
        write(book, tmp_path / name)
    text = (tmp_path / "book.md").read_text(encoding="utf-8")
    rendered = MarkdownIt("commonmark").enable("table").use(footnote_plugin).render(text)
    for page in (rendered, (tmp_path / "book.html").read_text(encoding="utf-8")):
        rows = [[cell.text for cell in row] for row in html.fromstring(page).xpath("//tr[td]")]
        assert ["All places", "412", "190", "46"] in rows
