"""Citations: quotes cut from the canonical text of a document by their offsets."""

from dataclasses import dataclass

from pincite.answer.citation.short_reference import format_date
from pincite.ingest.document import Metadata
from pincite.ingest.index.index import Index


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of a document, with the pinpoint of its passage."""

    document: str
    start: int
    end: int
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """`document.text[start:end] == quote`; `number` is the mark in the answer, from 1.

    `page`, `page_end`: the first and the last page of the quote, None in a document without pages.
    """

    number: int
    document: str
    metadata: Metadata
    quote: str
    start: int
    end: int
    page: int | None
    pinpoint: str | None
    page_end: int | None = None

    @property
    def pages(self) -> str | None:
        """The pages of the quote in a reference: `p. 2`, `pp. 2–3`, `p. 6 (printed iv)`; None without pages."""
        if self.page is None:
            return None
        runs_on = self.page_end is not None and self.page_end > self.page
        printed = f" (printed {self.page_label})" if self.page_label else ""
        return f"pp. {self.page}–{self.page_end}{printed}" if runs_on else f"p. {self.page}{printed}"

    @property
    def page_label(self) -> str | None:
        """The number that is printed on the first page of the quote, if it is not its place in the file."""
        return self.metadata.page_label(self.page) if self.page is not None else None

    def reference(self) -> str:
        """The citation as written in a footnote: issuer, symbol or title, date, pinpoint, page."""
        name = self.metadata.symbol or self.metadata.title or self.document
        dated = format_date(self.metadata.date) if self.metadata.date else None
        return ", ".join(part for part in (self.metadata.issuer, name, dated, self.pinpoint, self.pages) if part)


def cite(index: Index, span: Span, number: int) -> Citation:
    """Cite a span. Raises UnknownDocument, and AssertionError for a span without words."""
    document = index.document(span.document)
    quote = document.text[span.start : span.end]
    if not quote.strip():
        raise AssertionError(f"empty quote at {span.start}-{span.end} of {span.document}")
    pages = document.page_at(span.start), document.page_at(max(span.end - 1, span.start))
    place = span.start, span.end, pages[0], span.pinpoint, pages[1]
    return Citation(number, span.document, document.metadata, quote, *place)
