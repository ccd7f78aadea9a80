"""The places of a library where a claim may stand: single sentences and short passages, each with its context."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pincite.answer.citation.citation import Citation, Span, cite
from pincite.answer.language.quantities import find_figures
from pincite.answer.retrieval.retrieve import Evidence
from pincite.ingest.chunking.passages import Passage
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import Block, BlockKind
from pincite.ingest.index.index import Index

SHORT = 40  # words up to which a passage is one place
SKIPPED = frozenset({BlockKind.BOILERPLATE, BlockKind.REFERENCE})


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a document that can support a claim alone.

    `context`: title, headings and the lead-in of a point, which belong to what it says.
    """

    citation: Citation
    context: str

    @property
    def text(self) -> str:
        """Its words and those of its context."""
        return f"{self.citation.quote}\n{self.context}"

    @property
    def lead(self) -> str:
        """The lead-in of which its words are a point, or nothing."""
        last = self.context.rpartition(" | ")[2]
        return last if last.rstrip().endswith((":", "—", "–")) else ""

    @property
    def sentence(self) -> str:
        """Its words after their lead-in."""
        return f"{self.lead} {self.citation.quote}".strip()

    def with_measures(self) -> str:
        """Its words and the figures of its context that have a unit; others may number a paragraph."""
        return "\n".join(
            [self.citation.quote, *(one.written for one in find_figures(self.context) if " " in one.value)]
        )


def places_in(index: Index, evidence: Iterable[Evidence], spans: Iterable[Span]) -> Iterator[Place]:
    """The places in the passages found, and in spans that a sentence refers to; each once."""
    seen: set[tuple[str, int, int]] = set()
    passages = [part for found in evidence for part in (found.parts or (found.passage,))]
    passages += [passage for span in spans for passage in passages_at(index, span)]
    for passage in passages:
        if passage.kind in SKIPPED:
            continue
        for span in spans_of(index, passage):
            key = (span.document, span.start, span.end)
            if key not in seen:
                seen.add(key)
                yield Place(cite(index, span, 1), passage.context)


def passages_at(index: Index, span: Span) -> list[Passage]:
    """The passages that a span touches."""
    stored = index.catalog.passages_of(index.entry(span.document).number)
    return [one.passage for one in stored if one.passage.start < span.end and one.passage.end > span.start]


def spans_of(index: Index, passage: Passage) -> Iterator[Span]:
    """A short passage as a whole, and each sentence of a passage, with the pinpoint of its block."""
    document = index.document(passage.document)
    blocks = document.blocks
    sentences = sentence_spans(passage.text)
    if len(passage.text.split()) <= SHORT or len(sentences) == 1:
        yield Span(passage.document, passage.start, passage.end, passage.pinpoint)
    if len(sentences) > 1:
        for start, end in sentences:
            begin = passage.start + start
            pinpoint = pinpoint_at(blocks, begin) or passage.pinpoint
            if passage.text[start:end].strip():
                yield Span(passage.document, begin, passage.start + end, pinpoint)


def pinpoint_at(blocks: Iterable[Block], offset: int) -> str | None:
    """The pinpoint of the block at an offset."""
    return next((block.pinpoint for block in blocks if block.start <= offset < block.end), None)
