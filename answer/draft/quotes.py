"""Where a quote begins and ends: at whole sentences, behind the list that its last words announce, without headings."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from pincite.answer.citation.citation import Span
from pincite.ingest.chunking.sentences import sentence_spans
from pincite.ingest.document import BETWEEN_CELLS, RUNNING_TEXT, Block, BlockKind, Document
from pincite.ingest.index.index import Index
from pincite.ingest.places.enumerations import ANNOUNCES, Enumeration
from pincite.ingest.places.store import stored_enumerations

STOPS = frozenset(".!?;…")  # what ends a sentence, but not the caption of a table


@dataclass(frozen=True, slots=True)
class Quote:
    """A span to be quoted; `left_out`: how many items of its list did not fit."""

    span: Span
    left_out: int = 0


def quotes_of(index: Index, found: Sequence[Span], words: int) -> list[Quote]:
    """Quotes of spans in reading order; those under one pinpoint are joined, a list is quoted behind its lead-in.

    `words`: how long a list may be. A lead-in whose list is unknown is left out unless there is nothing else.
    """
    quotes: list[Quote] = []
    for group in adjacent(index, without_headings(index, found)):
        document = index.document(group[0].document)
        first, last = (whole_sentence(document, place) for place in (group[0], group[-1]))
        for quote in with_list(index, replace(first, end=max(first.end, last.end)), words):
            if not any(overlaps(one.span, quote.span) for one in quotes):
                quotes.append(quote)
    whole = [one for one in quotes if not announces(index.document(one.span.document), one.span.end)]
    return whole or quotes


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share characters."""
    return one.document == other.document and one.start < other.end and other.start < one.end


def without_headings(index: Index, found: Sequence[Span]) -> Sequence[Span]:
    """Spans that are no part of a heading; all of them if there are no others."""
    documents = [(span, index.document(span.document)) for span in found]
    text = [span for span, one in documents if one.blocks[block_at(one, span.start)].kind is not BlockKind.HEADING]
    return text or found


def adjacent(index: Index, found: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans under one pinpoint that follow each other without a heading between them."""
    part, before = 0, None
    keyed: list[tuple[int, Span]] = []
    for span in found:
        if before and not follows(index.document(span.document), before, span):
            part += 1
        keyed.append((part, span))
        before = span
    for _, group in groupby(keyed, key=lambda one: one[0]):
        yield [span for _, span in group]


def follows(document: Document, before: Span, span: Span) -> bool:
    """Whether a span is under the pinpoint of another and no heading or note is between them."""
    if (before.document, before.pinpoint) != (span.document, span.pinpoint):
        return False
    between = document.blocks[block_at(document, before.start) : block_at(document, span.start) + 1]
    return all(block.kind in RUNNING_TEXT or block.kind is BlockKind.TABLE for block in between)


def whole_sentence(document: Document, span: Span) -> Span:
    """A span out to the ends of its first and last sentence: passages may be cut between words."""
    start, end = span.start, span.end
    for first, last in sentences_around(document, span.start):
        start = min(start, first) if first <= span.start < last else start
    for first, last in sentences_around(document, span.end - 1):
        end = max(end, last) if first < span.end <= last else end
    return replace(span, start=start, end=end)


def sentences_around(document: Document, offset: int) -> Iterator[tuple[int, int]]:
    """The sentences of the paragraph around a character; none in a table."""
    block = document.blocks[block_at(document, offset)]
    if block.kind is BlockKind.TABLE:
        return
    for start, end in sentence_spans(document.text[block.start : block.end]):
        yield block.start + start, block.start + end


def block_at(document: Document, offset: int) -> int:
    """The position of the block around a character."""
    return max(bisect_right(document.blocks, offset, key=lambda block: block.start) - 1, 0)


def announces(document: Document, end: int) -> bool:
    """Whether the text before an offset announces a list."""
    return document.text[:end].rstrip().endswith(ANNOUNCES) if end else False


def with_list(index: Index, span: Span, words: int) -> list[Quote]:
    """A quote, or if it ends on a lead-in, the items that it announces: as many as fit, at least one.

    The lead-in is quoted with the first item; items with pinpoints of their own are quoted one by one.
    """
    document = index.document(span.document)
    if not announces(document, span.end):
        return [Quote(with_table(document, span, words))]
    announced = enumeration_at(index, span)
    if announced is None:
        longer = with_next(document, span)
        return [Quote(span)] if longer == span else with_list(index, longer, words)
    left = words - len(document.text[span.start : span.end].split())
    lengths = accumulate(len(document.text[item.start : item.end].split()) for item in announced.items)
    taken = announced.items[: max(sum(length <= left for length in lengths), 1)]
    left_out = len(announced.items) - len(taken)
    if len({item.pinpoint for item in taken} - {span.pinpoint}) < len(taken):
        return [Quote(replace(span, end=taken[-1].end), left_out)]
    first = replace(span, end=taken[0].end, pinpoint=taken[0].pinpoint)
    spans = [first, *(Span(span.document, item.start, item.end, item.pinpoint) for item in taken[1:])]
    return [*map(Quote, spans[:-1]), Quote(spans[-1], left_out)]


def enumeration_at(index: Index, span: Span) -> Enumeration | None:
    """The list that the end of a span announces."""
    lists = stored_enumerations(index.catalog.connection, index.entry(span.document).number)
    return next((one for one in lists if one.start < span.end <= one.end), None)


def with_next(document: Document, span: Span) -> Span:
    """A span with the paragraph or table behind it."""
    behind = block_behind(document, span)
    readable = behind and (behind.kind in RUNNING_TEXT or behind.kind is BlockKind.TABLE)
    return replace(span, end=behind.end) if behind and readable else span


def with_table(document: Document, span: Span, words: int) -> Span:
    """A span that ends in a table with the whole of it, if it has at most so many words; a caption brings its table.

    A caption is a paragraph without a full stop in front of a table, or a line without cells.
    """
    last, behind = document.blocks[block_at(document, span.end - 1)], block_behind(document, span)
    text = document.text[last.start : last.end]
    if last.kind is BlockKind.TABLE and BETWEEN_CELLS in text:
        short = len(text.split()) <= words
        return replace(span, start=min(span.start, last.start), end=last.end) if short else span
    captioned = behind is not None and behind.kind is BlockKind.TABLE and document.text[span.end - 1] not in STOPS
    return with_next(document, span) if captioned else span


def block_behind(document: Document, span: Span) -> Block | None:
    """The block after the one in which a span ends."""
    position = block_at(document, span.end - 1) + 1
    return document.blocks[position] if position < len(document.blocks) else None
