"""Looks up in the library what citations point to.

The result is kept with the answers, so that they can be judged again without the library.
"""

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass
from rapidfuzz.fuzz import partial_ratio

from pincite.eval.judging.matching import ALIGNED
from pincite.eval.judging.normalisation import normalise
from pincite.eval.judging.responses import CitedQuote, SystemResponse
from pincite.ingest.errors import UnknownDocument
from pincite.ingest.index.index import Index
from pincite.ingest.jsonl import numbered_lines, validated


@dataclass(frozen=True, slots=True)
class CitationLookup:
    """What the citations of one response point to.

    `texts` has an item for each citation: the text at its offsets; without offsets its quote, if the document
    contains it; None where nothing is found. `confidence` is the system's confidence in its answer.
    """

    id: str
    texts: tuple[str | None, ...]
    confidence: float | None = None


LOOKUP = TypeAdapter(CitationLookup)


def look_up(index: Index, response: SystemResponse, confidence: float | None) -> CitationLookup:
    """What the citations of a response point to."""
    return CitationLookup(response.id, tuple(cited_text(index, one) for one in response.citations), confidence)


def cited_text(index: Index, citation: CitedQuote) -> str | None:
    """The text of the library that a citation points to, None if there is none."""
    try:
        text = index.document(citation.document).text
    except UnknownDocument:
        return None
    if citation.start is not None and citation.end is not None:
        return text[citation.start : citation.end]
    return citation.quote if contains_quote(text, citation.quote) else None


def contains_quote(text: str, quote: str) -> bool:
    """Whether a text contains a quote; line breaks, hyphens and footnote marks may differ."""
    wanted, found = normalise(quote), normalise(text)
    return bool(wanted) and (wanted in found or partial_ratio(wanted, found, score_cutoff=ALIGNED) > 0)


def resolved_citations(response: SystemResponse, lookup: CitationLookup | None) -> dict[int, bool]:
    """Whether each citation, by its position, resolves; one with offsets must match exactly."""
    texts = lookup.texts if lookup else ()
    return {
        position: text is not None and (citation.start is None or text == citation.quote)
        for position, (citation, text) in enumerate(zip(response.citations, texts, strict=False))
    }


def lookup_record(lookup: CitationLookup) -> dict[str, Any]:
    """A lookup as JSON."""
    return {"id": lookup.id, "confidence": lookup.confidence, "texts": list(lookup.texts)}


def read_lookups(path: Path) -> dict[str, CitationLookup]:
    """Lookups from a file by the response's id. Raises BadInput."""
    lookups = (read_lookup(line, f"{path}, line {number}") for number, line in numbered_lines(path))
    return {lookup.id: lookup for lookup in lookups}


def read_lookup(line: str, location: str) -> CitationLookup:
    """One lookup. Raises BadInput, which begins with `location`."""
    return validated(LOOKUP, line, location)
