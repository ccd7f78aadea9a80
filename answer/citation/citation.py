"""Citations: the words of a document that support a statement, cut from its canonical text by their offsets."""

from dataclasses import dataclass

from pincite.answer.citation.short_reference import written
from pincite.ingest.document import Metadata
from pincite.ingest.index.index import Index


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's canonical text, and the pinpoint of the passage it stands in."""

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
        """The citation as a reader writes it: symbol or title, pinpoint, page."""
        name = self.metadata.symbol or self.metadata.title or self.document
        page = f"p. {self.page}" if self.page else None
        dated = written(self.metadata.date) if self.metadata.date else None
        return ", ".join(part for part in (self.metadata.issuer, name, dated, self.pinpoint, page) if part)


def cite(index: Index, span: Span, number: int) -> Citation:
    """The citation of a span. Raises UnknownDocument; asserts that the quote is the document's own words."""
    document = index.document(span.document)
    quote = document.text[span.start : span.end]
    if not quote.strip():
        raise AssertionError(f"empty quote at {span.start}-{span.end} of {span.document}")
    page = document.page_at(span.start)
    return Citation(number, span.document, document.metadata, quote, span.start, span.end, page, span.pinpoint)
