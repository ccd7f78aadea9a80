"""Citations: quotes cut from the canonical text of a document by their offsets."""

from collections.abc import Sequence
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

    @property
    def place(self) -> str:
        """Pinpoint and pages; empty if neither is known."""
        return ", ".join(part for part in (self.pinpoint, self.pages) if part)

    def reference(self) -> str:
        """The citation as written in a footnote: issuer, symbol or title, date, pinpoint, page."""
        name = self.metadata.symbol or self.metadata.title or self.document
        dated = format_date(self.metadata.date) if self.metadata.date else None
        return ", ".join(part for part in (self.metadata.issuer, name, dated, self.place) if part)


def reference_list(citations: Sequence[Citation]) -> list[str]:
    """The references behind their marks; one to the same document as the one before says only its place.

    >>> known = Metadata(symbol="R/1")
    >>> said = [Citation(n, "a.md", known, "It says so.", 0, 11, None, f"para. {n}") for n in (1, 2)]
    >>> reference_list(said)
    ['[1] R/1, para. 1', '[2] Ibid., para. 2']
    """
    before = [None, *(one.document for one in citations)]
    return [
        f"[{one.number}] {one.reference() if one.document != last else ', '.join(filter(None, ('Ibid.', one.place)))}"
        for one, last in zip(citations, before, strict=False)
    ]


def cite(index: Index, span: Span, number: int) -> Citation:
    """Cite a span. Raises UnknownDocument, and AssertionError for a span without words."""
    document = index.document(span.document)
    quote = document.text[span.start : span.end]
    if not quote.strip():
        raise AssertionError(f"empty quote at {span.start}-{span.end} of {span.document}")
    pages = document.page_at(span.start), document.page_at(max(span.end - 1, span.start))
    place = span.start, span.end, pages[0], span.pinpoint, pages[1]
    return Citation(number, span.document, document.metadata, quote, *place)
