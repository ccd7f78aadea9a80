"""When a document was adopted or published, and by whom: its metadata, with the place where the text says so."""

from collections.abc import Sequence

from pincite.answer.citation.citation import Span
from pincite.answer.citation.short_reference import format_date, short_name
from pincite.answer.draft.quoted_text import clean_quote
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.query.address.masthead import DATE
from pincite.answer.query.question import Question
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index


def find_in_masthead(index: Index, question: Question, documents: Sequence[Entry]) -> Found | None:
    """The date or the issuer of the one document in question, if that is asked."""
    if not question.address.masthead or len(documents) != 1:
        return None
    document = index.document(documents[0].path)
    known = document.metadata
    if question.address.masthead == DATE:
        return Found((said_date(document, known.date),)) if known.date else None
    makers = ", ".join(known.authors) or known.issuer
    if not makers:
        return None
    span = place_in(document, "authors" if known.authors else "issuer") or opening(document)
    return Found((DraftSentence(f"{short_name(known, document.path)}: {makers}.", (span,), from_catalog=True),))


def said_date(document: Document, date: str) -> DraftSentence:
    """The words that give the date of a document, or else the date from its metadata with its title."""
    span = place_in(document, "date", date[:4])
    if span is None:
        text = f"{short_name(document.metadata, document.path)}: {format_date(date)}."
        return DraftSentence(text, (opening(document),), from_catalog=True)
    words = clean_quote(document.text[span.start : span.end])
    return DraftSentence(words, (span,), from_catalog=True)


def place_in(document: Document, field: str, words: str = "") -> Span | None:
    """The sentence in which a value of the metadata was found, with these words; None if its place is not known."""
    source = next((one for one in document.metadata.sources if one.field == field and one.start is not None), None)
    if source is None or source.start is None or source.end is None:
        return None
    spans = [
        (source.start + start, source.start + end)
        for start, end in sentence_spans(document.text[source.start : source.end])
    ]
    start, end = next((span for span in spans if words in document.text[slice(*span)]), spans[0])
    return Span(document.path, start, end)


def opening(document: Document) -> Span:
    """The title of a document, or its first words."""
    first = document.blocks[0]
    return place_in(document, "title") or Span(document.path, first.start, first.end, first.pinpoint)
