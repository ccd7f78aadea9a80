"""Excerpts of a document's canonical text, by page or by characters."""

from pincite.ingest.document import Document
from pincite.ingest.errors import BadInput


def excerpt(document: Document, page: int | None = None, start: int | None = None, end: int | None = None) -> str:
    """The whole text, a page, or `text[start:end]`. Raises BadInput for a page or offset that does not exist."""
    if page is not None:
        return page_text(document, page)
    first, last = start or 0, len(document.text) if end is None else end
    if not 0 <= first <= last <= len(document.text):
        raise BadInput(
            f"{document.path} has characters 0 to {len(document.text)}: --start {first} --end {last} is not among them."
        )
    return document.text[first:last]


def shorten(text: str, most: int) -> str:
    """The beginning of a text on one line, at most `most` characters long.

    >>> shorten("Recalls its\\nearlier resolution", 16)
    'Recalls its …'
    """
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: max(most - 2, 1)].rsplit(' ', 1)[0]} …"


def page_text(document: Document, page: int) -> str:
    """The text of a page. Raises BadInput for a page that does not exist."""
    if not document.page_starts:
        raise BadInput(f"{document.path} has no pages: its format does not fix them; leave --page out.")
    span = document.page_span(page)
    if span is None:
        raise BadInput(f"{document.path} has pages 1 to {len(document.page_starts)}, not {page}.")
    return document.text[slice(*span)].strip("\n")
