"""A location in a document that the reader can open: the quote and its names."""

from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Citation
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.document import Document, Metadata
from pincite.ingest.index.catalog import Entry

CONTEXT_LENGTH = 600  # characters shown before and after the quote


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """`words` were at `start` to `end` when the answer was given; `name` is unique within its answer."""

    name: str
    document: str
    title: str
    reference: str
    words: str
    start: int
    end: int
    kind: str = "Citation"


def location_of_citation(citation: Citation) -> SourceLocation:
    """The location of a quote."""
    return SourceLocation(
        f"[{citation.number}]",
        citation.document,
        citation.metadata.title or citation.document,
        citation.reference(),
        citation.quote,
        citation.start,
        citation.end,
    )


def location_of_evidence(evidence: Evidence, entry: Entry | None) -> SourceLocation:
    """The location of a retrieved passage; `entry` is None if the document has been removed since."""
    one = evidence.passage
    known = entry.metadata if entry else Metadata(title=one.document)
    cited = Citation(evidence.rank, one.document, known, one.text, one.start, one.end, one.page, one.pinpoint)
    return replace(location_of_citation(cited), name=f"passage {evidence.rank}", kind="Passage")


def surroundings(document: Document, place: SourceLocation) -> tuple[str, str]:
    """The text before and after a location, cut between words and marked with an ellipsis."""
    return before(document.text, place.start), after(document.text, place.end)


def before(text: str, start: int, length: int = CONTEXT_LENGTH) -> str:
    """Up to `length` characters before `start`.

    >>> before("one two three four", 14, length=9)
    '… three '
    """
    first = max(0, start - length)
    if first == 0:
        return text[:start]
    piece = text[first - 1 : start]
    return f"… {piece[first_space(piece) :].lstrip()}"


def after(text: str, end: int, length: int = CONTEXT_LENGTH) -> str:
    """Up to `length` characters after `end`.

    >>> after("one two three four", 3, length=9)
    ' two …'
    """
    last = end + length
    if last >= len(text):
        return text[end:]
    piece = text[end : last + 1]
    spaces = [offset for offset, sign in enumerate(piece) if sign.isspace()]
    return f"{piece[: spaces[-1] if spaces else length].rstrip()} …"


def first_space(piece: str) -> int:
    """Offset of the first white space, else 1."""
    return next((offset for offset, sign in enumerate(piece) if sign.isspace()), 1)
