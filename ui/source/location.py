"""A place in a document that the reader can open: what is marked there, and how it is called."""

from dataclasses import dataclass, replace

from pincite.answer.citation.citation import Citation
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.document import Document, Metadata
from pincite.ingest.index.catalog import Entry

AROUND = 600  # characters shown before and after what is marked


@dataclass(frozen=True, slots=True)
class Place:
    """`words` stood at `start` to `end` of the document when the answer was given. `name` is unique in its answer."""

    name: str
    document: str
    title: str
    reference: str
    words: str
    start: int
    end: int


def place_of_citation(citation: Citation) -> Place:
    """The place of a quote."""
    return Place(
        f"[{citation.number}]",
        citation.document,
        citation.metadata.title or citation.document,
        citation.reference(),
        citation.quote,
        citation.start,
        citation.end,
    )


def place_of_evidence(evidence: Evidence, entry: Entry | None) -> Place:
    """The place of a passage that was found; its entry is missing when the document has been removed since."""
    one = evidence.passage
    known = entry.metadata if entry else Metadata(title=one.document)
    cited = Citation(evidence.rank, one.document, known, one.text, one.start, one.end, one.page, one.pinpoint)
    return replace(place_of_citation(cited), name=f"passage {evidence.rank}")


def surroundings(document: Document, place: Place) -> tuple[str, str]:
    """The text before and after a place, cut at word borders, with an ellipsis where it is cut."""
    return before(document.text, place.start), after(document.text, place.end)


def before(text: str, start: int, around: int = AROUND) -> str:
    """Up to `around` characters in front of `start`.

    >>> before("one two three four", 14, around=9)
    '… three '
    """
    first = max(0, start - around)
    if first == 0:
        return text[:start]
    piece = text[first - 1 : start]
    return f"… {piece[first_space(piece) :].lstrip()}"


def after(text: str, end: int, around: int = AROUND) -> str:
    """Up to `around` characters behind `end`.

    >>> after("one two three four", 3, around=9)
    ' two …'
    """
    last = end + around
    if last >= len(text):
        return text[end:]
    piece = text[end : last + 1]
    spaces = [offset for offset, sign in enumerate(piece) if sign.isspace()]
    return f"{piece[: spaces[-1] if spaces else around].rstrip()} …"


def first_space(piece: str) -> int:
    """Offset of the first white space, of the second character when there is none."""
    return next((offset for offset, sign in enumerate(piece) if sign.isspace()), 1)
