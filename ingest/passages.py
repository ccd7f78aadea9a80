"""Document -> passages: stretches of canonical text short enough for the embedding model to read whole.

A passage never crosses a heading; blocks are kept together while they fit, and a block that does not fit is cut at
sentences. Knows nothing about how tokens are counted: the counter is handed in.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Block, BlockKind, Document
from ingest.sentences import sentence_spans, strip_span

CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class PassageRules:
    """Bounds in word pieces of the embedding model; `context` and `text` with two marks must fit in what it reads."""

    text: int = 190
    context: int = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """`document.text[start:end]`, the unit that is searched and quoted from.

    `context` (title and heading path) goes into what is searched, never into what is quoted.
    """

    id: str
    document: str
    start: int
    end: int
    text: str
    page: int | None
    pinpoint: str | None
    headings: tuple[str, ...]
    context: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the canonical text with its length in word pieces."""

    start: int
    end: int
    tokens: int


def cut_passages(document: Document, rules: PassageRules, count_tokens: CountTokens) -> list[Passage]:
    """The passages of a document in reading order; together they cover every block (see `sections`).

    Shapes: `count_tokens` maps n strings to n lengths.
    """
    text, passages = document.text, list[Passage]()
    sizes = dict(
        zip(document.blocks, count_tokens([text[block.start : block.end] for block in document.blocks]), strict=True)
    )
    for headings, blocks in sections(document):
        spans = [
            span for block in blocks for span in fitting_spans(text, block, sizes[block], rules.text, count_tokens)
        ]
        context = context_of(document, headings, rules.context, count_tokens)
        packed = pack(spans, rules.text, document.page_starts)
        passages += [make_passage(document, start, end, headings, context) for start, end in packed]
    return passages


def sections(document: Document) -> Iterator[tuple[tuple[str, ...], list[Block]]]:
    """Runs of blocks under the same headings, the nearest heading first among them.

    A heading with no text of its own is left to the heading path of those below it.
    """
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            blocks.append(block)
            continue
        if blocks and not (is_bare_heading(blocks) and block.level > blocks[0].level):
            yield tuple(title for _, title in path), blocks
        path = [(level, title) for level, title in path if level < block.level]
        path.append((block.level, " ".join(document.text[block.start : block.end].split())))
        blocks = [block]
    if blocks:
        yield tuple(title for _, title in path), blocks


def is_bare_heading(blocks: Sequence[Block]) -> bool:
    """Whether a section is a heading alone."""
    return len(blocks) == 1 and blocks[0].kind is BlockKind.HEADING


def fitting_spans(text: str, block: Block, size: int, limit: int, count_tokens: CountTokens) -> list[Span]:
    """A block of `size` word pieces as it is where it fits within `limit`, otherwise as rows of a table or sentences.

    What does not fit even so is cut at words.
    """
    if size <= limit:
        return [Span(block.start, block.end, size)]
    whole = text[block.start : block.end]
    pieces = line_spans(whole) if block.kind is BlockKind.TABLE else sentence_spans(whole)
    sizes = count_tokens([whole[start:end] for start, end in pieces])
    spans: list[Span] = []
    for (start, end), length in zip(pieces, sizes, strict=True):
        if length <= limit:
            spans.append(Span(block.start + start, block.start + end, length))
        else:
            spans += halves(text, block.start + start, block.start + end, limit, count_tokens)
    return spans


def line_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the lines of a text that hold something.

    >>> line_spans("a | b\\n\\nc | d")
    [(0, 5), (7, 12)]
    """
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def halves(text: str, start: int, end: int, limit: int, count_tokens: CountTokens) -> list[Span]:
    """Cut a stretch at the white space nearest its middle until each piece fits within `limit`."""
    size = count_tokens([text[start:end]])[0]
    if size <= limit or end - start <= 1:
        return [Span(start, end, size)]
    middle = (start + end) // 2
    space = max(text.rfind(" ", start + 1, middle), text.rfind("\n", start + 1, middle))
    cut = space if space > start else middle
    return halves(text, start, cut, limit, count_tokens) + halves(text, cut, end, limit, count_tokens)


def pack(spans: Sequence[Span], limit: int, page_starts: Sequence[int] = ()) -> Iterator[tuple[int, int]]:
    """Join neighbouring spans while their sum stays within `limit` word pieces.

    At the turn of a page a passage ends once it is a third full, so that its page is the one that its words stand on.

    >>> spans = [Span(0, 10, 3), Span(12, 20, 2), Span(22, 30, 5)]
    >>> list(pack(spans, limit=10)), list(pack(spans, limit=8)), list(pack(spans, limit=10, page_starts=[0, 22]))
    ([(0, 30)], [(0, 20), (22, 30)], [(0, 20), (22, 30)])
    """
    start, end, total = -1, -1, 0
    for span in spans:
        turned = bisect_right(page_starts, span.start) > bisect_right(page_starts, end)
        if start >= 0 and (total + span.tokens > limit or (turned and total >= limit / 3)):
            yield start, end
            start, total = -1, 0
        start = span.start if start < 0 else start
        end = span.end
        total += span.tokens
    if start >= 0:
        yield start, end


def context_of(document: Document, headings: Sequence[str], limit: int, count_tokens: CountTokens) -> str:
    """What a passage is about but does not say itself: symbol and title, then the heading path, half the room each."""
    symbol, title = document.metadata.symbol or "", document.metadata.title
    about = title if symbol.lower() in title.lower() else f"{symbol} {title}".strip()
    path = " | ".join(heading for heading in headings if heading not in about)
    halves = (shorten(half, limit // 2, count_tokens) for half in (about, path))
    return " | ".join(filter(None, halves))


def shorten(text: str, limit: int, count_tokens: CountTokens) -> str:
    """Text without words from its middle until it fits: how a title opens and how it ends says most.

    >>> shorten("one two three four five", 3, lambda texts: [len(text.split()) for text in texts])
    'one two five'
    """
    words = text.split()
    kept = bisect_right(range(len(words) + 1), limit, key=lambda count: count_tokens([ends_of(words, count)])[0]) - 1
    if kept or not words:
        return ends_of(words, kept)
    return shorten(words[0][: len(words[0]) // 2], limit, count_tokens)  # a script without spaces, or an address


def ends_of(words: Sequence[str], count: int) -> str:
    """The first and the last words, `count` in all."""
    head = (count + 1) // 2
    return " ".join([*words[:head], *words[len(words) - (count - head) :]])


def make_passage(document: Document, start: int, end: int, headings: tuple[str, ...], context: str) -> Passage:
    """A passage with its id (of its place, so that a second run makes the same) and its page."""
    start, end = strip_span(document.text, start, end) or (start, end)
    text = document.text[start:end]
    digest = hashlib.sha256(f"{document.path}\0{document.id}\0{start}\0{end}".encode()).hexdigest()[:24]
    page = document.page_at(start)
    return Passage(digest, document.path, start, end, text, page, None, headings, context)
