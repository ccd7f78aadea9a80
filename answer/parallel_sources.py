"""Other documents that were found to say the same in the same words: a reader may want to cite those."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.short_reference import dated_name, short_name
from pincite.answer.retrieval.merging import text_on_one_line
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.index.index import Index

MIN_SIMILARITY = 95  # of 100 by rapidfuzz's partial ratio: letter for letter but for marks and line ends
MIN_CHARACTERS = 60  # characters of a quote that is more than a turn of phrase
MAX_DOCUMENTS = 3  # documents that are told


def parallel_notes(index: Index, citations: Sequence[Citation], evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """A sentence for each citation whose words stand in other documents that were found; mostly none."""
    cited = {citation.document for citation in citations}
    found = [passage for one in evidence for passage in (*one.parts, *one.duplicates) if passage.document not in cited]
    parallels = [(citation, list(dict.fromkeys(parallel_places(index, citation, found)))) for citation in citations]
    return tuple(
        f"{cited_place(one)} stands in the same words in {'; '.join(others[:MAX_DOCUMENTS])}."
        for one, others in parallels
        if others
    )


def cited_place(citation: Citation) -> str:
    """What a citation points at: readers of other forms of an answer do not see its number."""
    name = short_name(citation.metadata, citation.document)
    return f"{name}, {citation.pinpoint}" if citation.pinpoint else f"What is quoted from {name}"


def parallel_places(index: Index, citation: Citation, found: Sequence[Passage]) -> Iterator[str]:
    """Where else a quote stands; copies of the same document are passed over."""
    quote = " ".join(citation.quote.split())
    for passage in found if len(quote) >= MIN_CHARACTERS else ():
        known = index.entry(passage.document).metadata
        if known.title == citation.metadata.title or len(passage.text) < len(quote):
            continue
        if fuzz.partial_ratio(quote, text_on_one_line(passage), score_cutoff=MIN_SIMILARITY):
            place = f", {passage.pinpoint}" if passage.pinpoint else ""
            yield f"{dated_name(known, passage.document)}{place}"
