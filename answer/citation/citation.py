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
    """`document.text[start:end] == quote`; `number` is the mark in the answer, from 1."""

    number: int
    document: str
    metadata: Metadata
    quote: str
    start: int
    end: int
    page: int | None
    pinpoint: str | None

    def reference(self) -> str:
        """The citation as written in a footnote: issuer, symbol or title, date, pinpoint, page."""
        name = self.metadata.symbol or self.metadata.title or self.document
        page = f"p. {self.page}" if self.page else None
        dated = format_date(self.metadata.date) if self.metadata.date else None
        return ", ".join(part for part in (self.metadata.issuer, name, dated, self.pinpoint, page) if part)


def cite(index: Index, span: Span, number: int) -> Citation:
    """Cite a span. Raises UnknownDocument, and AssertionError for a span without words."""
    document = index.document(span.document)
    quote = document.text[span.start : span.end]
    if not quote.strip():
        raise AssertionError(f"empty quote at {span.start}-{span.end} of {span.document}")
    page = document.page_at(span.start)
    return Citation(number, span.document, document.metadata, quote, span.start, span.end, page, span.pinpoint)
