"""Writes a briefing book as one HTML page with footnotes; text from documents is escaped."""

from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment

from pincite.answer.citation.table_rows import split_rows
from pincite.answer.templates import templates_in
from pincite.briefing.book import BriefingBook
from pincite.briefing.escaping import xml_text
from pincite.briefing.writers.labels import (
    SUMMARY_HEADER,
    SUPPORT_LABELS,
    UNANSWERED_TITLE,
    cited_rows,
    excerpt,
    summary_rows,
)
from pincite.ingest.atomic_write import write_text

TEMPLATES = Path(__file__).parent / "templates"


def write_html(book: BriefingBook, out: Path) -> None:
    """Write a book as .html."""
    values = {
        "book": book,
        "notes": count(1),
        "numbers": count(1),
        "open_title": UNANSWERED_TITLE,
        "marks": SUPPORT_LABELS,
        "split_rows": split_rows,
    }
    values |= {"summary": [SUMMARY_HEADER, *summary_rows(book)], "cited": cited_rows(book), "excerpt": excerpt}
    write_page(out, "book.html.jinja", **values)


def write_page(out: Path, template: str, **values: Any) -> None:
    """Render a template to a file, piece by piece."""
    pieces = environment().get_template(template).generate(**values)
    write_text(out, (xml_text(piece) for piece in pieces))


@cache
def environment() -> Environment:
    """The templates of this room, with a filter that draws the next value of an iterator."""
    made = templates_in(TEMPLATES)
    made.filters["next_of"] = next
    return made
