"""The main points of a document: what a resolution decides, the parts of a law, the summary in a report."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pincite.answer.citation.citation import Span
from pincite.answer.citation.excerpt import shorten
from pincite.answer.citation.short_reference import short_name
from pincite.answer.draft.quoted_text import clean_quote
from pincite.answer.draft.sentence import DraftSentence
from pincite.answer.lookup.found import Found
from pincite.answer.lookup.unit_text import shown_unit, unit_sentence
from pincite.answer.query.question import Question
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.data.question_forms import form_words
from pincite.ingest.document import BlockKind, Document
from pincite.ingest.index.catalog import Entry
from pincite.ingest.index.index import Index
from pincite.ingest.places.outline import CONTAINERS, OutlineNode, every_node
from pincite.ingest.structure.pinpoint_grammar import path_of

MOST_LINES = 14
LONGEST_LINE = 160  # characters
SUMMARY_WORDS = 150
WHOLE = 0.6  # share of a document that one unit takes whose parts are those of the document
FEWEST = 2  # parts
MORE = "{shown} of {count} parts are shown."


def find_summary(index: Index, question: Question, documents: Sequence[Entry], *, whole: bool) -> Found | None:
    """The main points of the one document in question, if they are asked for."""
    if not question.address.summary or len(documents) != 1:
        return None
    document = index.document(documents[0].path)
    nodes = index.catalog.outline(document.path)
    if own := own_summary(nodes):
        return text_of(document, own, own.title, whole=whole)
    parts = operative_paragraphs(nodes) if document.metadata.kind == "resolution" else []
    parts = parts or parts_of(nodes, len(document.text))
    if len(parts) < FEWEST:
        return opening_of(document, whole=whole)
    shown_parts = parts if whole else parts[:MOST_LINES]
    lines = [line_of(document, part) for part in shown_parts]
    lines[-1] = replace(lines[-1], left_out=len(parts) - len(lines))
    notes = (MORE.format(shown=len(lines), count=len(parts)),) if lines[-1].left_out else ()
    return Found(tuple(lines), notes)


def own_summary(nodes: Sequence[OutlineNode]) -> OutlineNode | None:
    """The section in which a document sums itself up, by its heading; the headings that say so best come first."""
    headed = {node.title.casefold().strip(" .:"): node for node in reversed(list(every_node(nodes))) if node.title}
    return next((headed[heading] for heading in form_words("summaries") if heading in headed), None)


def operative_paragraphs(nodes: Sequence[OutlineNode]) -> list[OutlineNode]:
    """The numbered paragraphs of a resolution, without those inside them."""
    return [node for node in every_node(nodes) if path_of(node.pinpoint)[:1] == ("para",) and is_outermost(node)]


def is_outermost(node: OutlineNode) -> bool:
    """Whether a unit is no point of another."""
    return len(path_of(node.pinpoint)) == 2  # noqa: PLR2004  kind and number


def parts_of(nodes: Sequence[OutlineNode], length: int) -> list[OutlineNode]:
    """The parts of a document: its chapters, or else its articles and sections, without preambles."""
    while whole := next((n for n in nodes if n.end - n.start > WHOLE * length and len(n.children) >= FEWEST), None):
        nodes = whole.children
    parts = [node for node in nodes if path_of(node.pinpoint)[:1] not in {("preamble",), ("recital",)}]
    chapters = [node for node in parts if node.title and provisions_in(node)]
    return chapters if len(chapters) >= FEWEST else [node for node in parts if node.title or path_of(node.pinpoint)]


def line_of(document: Document, node: OutlineNode) -> DraftSentence:
    """A part on one line: its number, title and the provisions in it, or else how it begins."""
    if node.title and path_of(node.pinpoint):
        start, end = node.start, end_of_title(document, node)
        text = f"{node.pinpoint}: {shorten(node.title, LONGEST_LINE)}{provisions_in(node)}"
    else:
        start, end = next(sentences_of(document, node), (node.start, node.end))
        begins = clean_quote(document.text[start:end])
        text = shorten(f"{node.title}: {begins}" if node.title else begins, LONGEST_LINE)
    return DraftSentence(text, (Span(document.path, start, end, node.pinpoint),), from_catalog=True)


def end_of_title(document: Document, node: OutlineNode) -> int:
    """Where the title of a unit ends: behind its number, or below it."""
    blocks = [block for block in document.blocks if node.start <= block.start < node.end][:2]
    titles = (block for block in blocks if node.title[:40] in " ".join(document.text[block.start : block.end].split()))
    return next((block.end for block in titles), blocks[0].end)


def sentences_of(document: Document, node: OutlineNode) -> Iterator[tuple[int, int]]:
    """The sentences of the running text of a unit."""
    for block in document.blocks:
        if node.start <= block.start < node.end and block.kind not in {BlockKind.HEADING, BlockKind.BOILERPLATE}:
            text = document.text[block.start : block.end]
            yield from ((block.start + start, block.start + end) for start, end in sentence_spans(text))


def provisions_in(node: OutlineNode) -> str:
    """The first and the last provision of a chapter, in brackets; empty where it contains none."""
    inside = [child.pinpoint for child in every_node(node.children) if is_provision(child)]
    if not inside:
        return ""
    return f" ({inside[0]})" if len(inside) == 1 else f" ({inside[0]} to {inside[-1]})"


def is_provision(node: OutlineNode) -> bool:
    """Whether a unit is an article or the like as a whole."""
    return is_outermost(node) and (path_of(node.pinpoint)[0] not in CONTAINERS or node.pinpoint.startswith("§"))


def text_of(document: Document, unit: OutlineNode, name: str, *, whole: bool) -> Found | None:
    """The text of a unit, with a note under this name if it is long and goes on."""
    shown = shown_unit(document, unit, len(document.text) if whole else SUMMARY_WORDS)
    return Found((unit_sentence(document, unit, shown),), shown.note(name)) if shown else None


def opening_of(document: Document, *, whole: bool) -> Found | None:
    """How a document without parts begins."""
    text = [block for block in document.blocks if block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}]
    if not text:
        return None
    unit = OutlineNode("", "", text[0].start, text[-1].end)
    return text_of(document, unit, short_name(document.metadata, document.path), whole=whole)
