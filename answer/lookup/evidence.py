"""The passages at the places that were looked up, in front of those that were searched for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pincite.answer.citation.citation import Span
from pincite.answer.lookup.found import Found
from pincite.answer.retrieval.ranking import Signals
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.index.index import Index

CERTAIN = Signals(cosine=1.0, closeness=1.0, bm25=0.0, coverage=1.0, meaning_rank=None, word_rank=None)
MOST_PASSAGES = 12  # at one place


def with_places_found(index: Index, found: Found | None, searched: Sequence[Evidence]) -> list[Evidence]:
    """The evidence for a question: what was looked up, then what was searched and lies elsewhere."""
    spans = [span for sentence in found.sentences for span in sentence.spans] if found else []
    looked_up = [evidence for span in dict.fromkeys(spans) for evidence in evidence_at(index, span)]
    others = [one for one in searched if not any(lies_in(one, place) for place in looked_up)]
    return [replace(one, rank=rank) for rank, one in enumerate([*looked_up, *others], 1)]


def evidence_at(index: Index, span: Span) -> Iterator[Evidence]:
    """The passages of a span as one piece of evidence."""
    stored = index.catalog.passages_of(index.entry(span.document).number, last=span.end - 1)
    parts = tuple(one.passage for one in stored if one.passage.end > span.start)[:MOST_PASSAGES]
    if parts:
        first, last = parts[0], parts[-1]
        text = index.document(span.document).text[first.start : last.end]
        yield Evidence(0, replace(first, end=last.end, text=text, pinpoint=span.pinpoint), parts, 1.0, 0.0, CERTAIN)


def lies_in(one: Evidence, place: Evidence) -> bool:
    """Whether evidence lies within a place."""
    inner, outer = one.passage, place.passage
    return inner.document == outer.document and outer.start <= inner.start and inner.end <= outer.end
