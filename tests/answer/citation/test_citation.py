import pytest

from pincite.answer.citation.citation import Span, cite
from pincite.ingest.errors import UnknownDocument
from pincite.ingest.index.index import Index

AMENDMENT = "resolutions/MF-RES-3-2-amendments-pooled-computing.pdf"


def test_the_quote_is_the_documents_own_words(sample: Index) -> None:
    text = sample.document(AMENDMENT).text
    start = text.index("6,500 accelerators by 30 June 2027")
    citation = cite(sample, Span(AMENDMENT, start, start + 34), 1)
    assert citation.quote == "6,500 accelerators by 30 June 2027"
    assert citation.page == sample.document(AMENDMENT).page_at(start)
    assert citation.reference().startswith("Meridian Forum Assembly, MF/RES/3/2, 24 September 2025")


def test_a_format_without_pages_cites_none(sample: Index) -> None:
    citation = cite(sample, Span("articles/one-table-or-many.md", 0, 40), 1)
    assert citation.page is None
    assert "p. " not in citation.reference()


def test_a_document_that_is_not_there(sample: Index) -> None:
    with pytest.raises(UnknownDocument):
        cite(sample, Span("nowhere.pdf", 0, 10), 1)


def test_an_empty_quote_is_a_bug(sample: Index) -> None:
    with pytest.raises(AssertionError):
        cite(sample, Span(AMENDMENT, 5, 5), 1)
