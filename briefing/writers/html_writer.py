"""A briefing book as one page of HTML, with footnotes under each question. Whatever documents say is text there."""

from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment

from pincite.answer.citation.table_rows import told
from pincite.answer.templates import templates_in
from pincite.briefing.book import Book
from pincite.briefing.escaping import allowed
from pincite.briefing.writers.labels import OPEN, PARTLY_MARK, SUMMARY_HEAD, cited_rows, excerpt, summary_rows
from pincite.ingest.atomic_write import write_text

TEMPLATES = Path(__file__).parent / "templates"


def write_html(book: Book, out: Path) -> None:
    """Write a book as .html."""
    values = {
        "book": book,
        "notes": count(1),
        "numbers": count(1),
        "open_title": OPEN,
        "marks": PARTLY_MARK,
        "told": told,
    }
    values |= {"summary": [SUMMARY_HEAD, *summary_rows(book)], "cited": cited_rows(book), "excerpt": excerpt}
    write_page(out, "book.html.jinja", **values)


def write_page(out: Path, template: str, **values: Any) -> None:
    """Write a page of `briefing/templates`, piece by piece."""
    pieces = environment().get_template(template).generate(**values)
    write_text(out, (allowed(piece) for piece in pieces))


@cache
def environment() -> Environment:
    """The templates of this stage; they count on."""
    made = templates_in(TEMPLATES)
    made.filters["next_of"] = next
    return made
