"""Notes on other documents with the same text as a citation, which readers may want to cite instead."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from pincite.answer.citation.citation import Citation
from pincite.answer.citation.short_reference import dated_name, short_name
from pincite.answer.language.negation import NEGATIONS
from pincite.answer.retrieval.merging import text_on_one_line
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.index.index import Index

MIN_SIMILARITY = 95  # of 100 by rapidfuzz's partial ratio: identical but for punctuation and line breaks
MIN_CHARACTERS = 60  # of a quote; shorter ones are common phrases
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
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
        if says_the_same(quote, text_on_one_line(passage)):
            place = f", {passage.pinpoint}" if passage.pinpoint else ""
            yield f"{dated_name(known, passage.document)}{place}"


def says_the_same(quote: str, text: str) -> bool:
    """Whether a text contains a quote but for punctuation and line breaks, with the same figures and negations.

    >>> quote = "The fee for a berth at the inner mole is 40 crowns a night, and it is paid in advance."
    >>> says_the_same(quote, f"Note: {quote}"), says_the_same(quote, quote.replace("40", "55"))
    (True, False)
    >>> says_the_same(quote, quote.replace("is paid", "is not paid"))
    False
    """
    aligned = fuzz.partial_ratio_alignment(quote, text, score_cutoff=MIN_SIMILARITY)
    if not aligned:
        return False
    start, end = text.rfind(" ", 0, aligned.dest_start + 1) + 1, text.find(" ", aligned.dest_end - 1)
    return telling_words(quote) == telling_words(text[start : end if end >= 0 else None])


def telling_words(text: str) -> tuple[list[str], list[str]]:
    """The figures and the negations of a text in order: texts that differ in one of them say different things."""
    return FIGURES.findall(text), [match[0].casefold() for match in NEGATIONS.finditer(text)]
