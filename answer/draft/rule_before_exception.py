"""An exception is told behind the rule from which it departs: `Notwithstanding paragraph 2` says nothing without it."""

import re
from functools import cache

from pincite.answer.citation.citation import Span
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.data.question_forms import form_words
from pincite.ingest.document import RUNNING_TEXT, Document
from pincite.ingest.index.index import Index
from pincite.ingest.places.outline import OutlineNode, every_node
from pincite.ingest.structure.pinpoint_grammar import path_of

DEPTH_OF_PARAGRAPH = 3  # steps of its path: kind, number of the article or section, number of the paragraph


def rule_of(index: Index, exception: Span) -> Span | None:
    """The first sentence of the paragraph, of the same article, from which the beginning of a span departs."""
    document = index.document(exception.document)
    match = departs_from().match(document.text[exception.start : exception.end])
    own = path_of(exception.pinpoint or "")
    if match is None or len(own) < DEPTH_OF_PARAGRAPH:
        return None
    wanted = (*own[: DEPTH_OF_PARAGRAPH - 1], match["number"])
    nodes = every_node(index.catalog.outline(exception.document))
    rule = next((node for node in nodes if path_of(node.pinpoint) == wanted), None)
    return first_sentence(document, rule) if rule else None


def first_sentence(document: Document, unit: OutlineNode) -> Span | None:
    """The first sentence of the running text of a unit."""
    blocks = (block for block in document.blocks if unit.start <= block.start < unit.end and block.kind in RUNNING_TEXT)
    block = next(blocks, None)
    if block is None:
        return None
    start, end = next(iter(sentence_spans(document.text[block.start : block.end])))
    return Span(document.path, block.start + start, block.start + end, unit.pinpoint)


@cache
def departs_from() -> re.Pattern[str]:
    """The beginning of an exception, whose group `number` is that of the paragraph from which it departs."""
    return re.compile(
        rf"^\W*(?:\w{{1,4}}[.)]\W+)?(?:{'|'.join(form_words('departs'))})\s+\(?(?P<number>\d+)(?!\.?\d)", re.IGNORECASE
    )
