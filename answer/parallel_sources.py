"""Notes on other documents with the same text as a citation, which readers may want to cite instead."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.short_reference import dated_name, short_name
from pincite.answer.retrieval.merging import text_on_one_line
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.index.index import Index

MIN_SIMILARITY = 95  # of 100 by rapidfuzz's partial ratio: identical but for punctuation and line breaks
MIN_CHARACTERS = 60  # of a quote; shorter ones are common phrases
MAX_DOCUMENTS = 3  # documents named in a note


def parallel_notes(index: Index, citations: Sequence[Citation], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """A note for each citation whose text other retrieved documents also contain."""
    cited = {citation.document for citation in citations}
    found = [passage for one in evidence for passage in (*one.parts, *one.duplicates) if passage.document not in cited]
    parallels = [(citation, list(dict.fromkeys(parallel_places(index, citation, found)))) for citation in citations]
    return tuple(
        f"{cited_place(one)}: the same text is in {'; '.join(others[:MAX_DOCUMENTS])}."
        for one, others in parallels
        if others
    )


def cited_place(citation: Citation) -> str:
    """The source of a citation in words, as not all output formats show its number."""
    name = short_name(citation.metadata, citation.document)
    return f"{name}, {citation.pinpoint}" if citation.pinpoint else name


def parallel_places(index: Index, citation: Citation, found: Sequence[Passage]) -> Iterator[str]:
    """Places of the same text in other documents, without copies of the cited document."""
    quote = " ".join(citation.quote.split())
    for passage in found if len(quote) >= MIN_CHARACTERS else ():
        known = index.entry(passage.document).metadata
        if known.title == citation.metadata.title or len(passage.text) < len(quote):
            continue
        if fuzz.partial_ratio(quote, text_on_one_line(passage), score_cutoff=MIN_SIMILARITY):
            place = f", {passage.pinpoint}" if passage.pinpoint else ""
            yield f"{dated_name(known, passage.document)}{place}"
