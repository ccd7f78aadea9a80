"""Cuts documents into passages: parts of the canonical text that fit into the embedding model.

A passage never crosses a heading, and a numbered paragraph or point is a passage of its own, so that it can be cited by
its pinpoint. Unnumbered text is joined while it fits; longer text is cut between sentences.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pincite.ingest.chunking.sentences import sentence_spans, strip_span
from pincite.ingest.chunking.units import PassagePinpoints, Unit, citation_key, lead_of, sections, units
from pincite.ingest.document import Block, BlockKind, Document

Item = TypeVar("Item")
CountTokens = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class PassageRules:
    """Limits in word pieces of the embedding model; `all` leaves room for its two special tokens and the separators.

    `text`: of a passage; `context`: of title and heading path; `lead`: of the lead-in of a point.
    """

    text: int = 190
    context: int = 60
    lead: int = 40
    all: int = 252


@dataclass(frozen=True, slots=True)
class Passage:
    """`document.text[start:end]`, the unit of search and quotation.

    `context` (title, heading path, and the lead-in of a point) is searched but never quoted. `kind` separates apparatus
    (references, boilerplate, front matter, footnotes) and tables from the text.
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
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class MeasuredSpan:
    """A part of the canonical text with its length in word pieces."""

    start: int
    end: int
    tokens: int


def cut_passages(document: Document, rules: PassageRules, count_tokens: CountTokens) -> list[Passage]:
    """The passages of a document in reading order; together they cover every block.

    Shapes: `count_tokens` maps n strings to n lengths.
    """
    cutter = Cutter(document, rules, count_tokens)
    return [
        passage
        for headings, blocks in sections(document)
        for unit in units(blocks)
        for passage in cutter.passages(unit, headings)
    ]


class Cutter:
    """Cuts a document, given the lengths of its blocks."""

    def __init__(self, document: Document, rules: PassageRules, count_tokens: CountTokens) -> None:
        self.document = document
        self.rules = rules
        self.count_tokens = count_tokens
        texts = [document.text[block.start : block.end] for block in document.blocks]
        self.sizes = dict(zip(document.blocks, count_tokens(texts), strict=True))
        self.pinpoints = PassagePinpoints(document)
        self.lead_ins: dict[str, str] = {}
        self.shortened_texts: dict[tuple[str, int], str] = {}

    def passages(self, unit: Unit, headings: tuple[str, ...]) -> Iterator[Passage]:
        """The passages of a unit."""
        document, cited = self.document, unit.cited
        lead = lead_of(cited, self.lead_ins)
        self.lead_ins.setdefault(cited.pinpoint or "", document.text[cited.start : cited.end])
        for start, end, size in pack(self.spans(unit), self.rules.text, document.page_starts):
            pinpoint = self.pinpoints.pinpoint(cited, start, end)
            context = self.context(headings, lead, size)
            yield make_passage(document, (start, end), cited, pinpoint, headings, context)

    def spans(self, unit: Unit) -> list[MeasuredSpan]:
        """The blocks of a unit, cut where they do not fit."""
        text, limit = self.document.text, self.rules.text
        cut = (fitting_spans(text, block, self.sizes[block], limit, self.count_tokens) for block in unit.blocks)
        return [span for spans in cut for span in spans]

    def context(self, headings: tuple[str, ...], lead: str, size: int) -> str:
        """The context of a passage of `size` word pieces.

        Symbol, title and authors, and the heading path, with half the room each; the lead-in has the rest.
        """
        known = self.document.metadata
        symbol = known.symbol if known.symbol and known.symbol.lower() not in known.title.lower() else ""
        about = " ".join(filter(None, [symbol, known.title, ", ".join(known.authors)]))
        path = " | ".join(heading for heading in headings if heading not in about)
        half, rest = self.rules.context // 2, self.rules.all - self.rules.context - size
        rooms = (about, half), (path, half), (lead, min(self.rules.lead, rest))
        return " | ".join(filter(None, (self.shortened(text, room) for text, room in rooms)))

    def shortened(self, text: str, room: int) -> str:
        """A shortened text, cached."""
        if (text, room) not in self.shortened_texts:
            self.shortened_texts[text, room] = shorten(text, room, self.count_tokens)
        return self.shortened_texts[text, room]


def fitting_spans(text: str, block: Block, size: int, limit: int, count_tokens: CountTokens) -> list[MeasuredSpan]:
    """A block of `size` word pieces if it is within `limit`, else its table rows or sentences.

    Rows and sentences that do not fit are cut between words.
    """
    if size <= limit:
        return [MeasuredSpan(block.start, block.end, size)]
    whole = text[block.start : block.end]
    pieces = line_spans(whole) if block.kind is BlockKind.TABLE else sentence_spans(whole)
    sizes = count_tokens([whole[start:end] for start, end in pieces])
    spans: list[MeasuredSpan] = []
    for (start, end), length in zip(pieces, sizes, strict=True):
        if length <= limit:
            spans.append(MeasuredSpan(block.start + start, block.start + end, length))
        else:
            spans += halves(text, block.start + start, block.start + end, limit, count_tokens)
    return spans


def line_spans(text: str) -> list[tuple[int, int]]:
    """Offsets of the non-empty lines of a text.

    >>> line_spans("a | b\\n\\nc | d")
    [(0, 5), (7, 12)]
    """
    return [match.span() for match in re.finditer(r"[^\n]+", text)]


def halves(text: str, start: int, end: int, limit: int, count_tokens: CountTokens) -> list[MeasuredSpan]:
    """Cut a part at the white space before its middle until each piece is within `limit`."""
    size = count_tokens([text[start:end]])[0]
    if size <= limit or end - start <= 1:
        return [MeasuredSpan(start, end, size)]
    middle = (start + end) // 2
    space = max(text.rfind(" ", start + 1, middle), text.rfind("\n", start + 1, middle))
    cut = space if space > start else middle
    return halves(text, start, cut, limit, count_tokens) + halves(text, cut, end, limit, count_tokens)


def pack(spans: Sequence[MeasuredSpan], limit: int, page_starts: Sequence[int] = ()) -> Iterator[tuple[int, int, int]]:
    """Join neighbouring spans while their sum stays within `limit` word pieces: start, end and sum of each.

    At a page break a passage ends once it is a third full, so that most of its words are on its page.

    >>> spans = [MeasuredSpan(0, 10, 3), MeasuredSpan(12, 20, 2), MeasuredSpan(22, 30, 5)]
    >>> list(pack(spans, limit=10)), list(pack(spans, limit=8)), list(pack(spans, limit=10, page_starts=[0, 22]))
    ([(0, 30, 10)], [(0, 20, 5), (22, 30, 5)], [(0, 20, 5), (22, 30, 5)])
    """
    start, end, total = -1, -1, 0
    for span in spans:
        new_page = bisect_right(page_starts, span.start) > bisect_right(page_starts, end)
        if start >= 0 and (total + span.tokens > limit or (new_page and total >= limit / 3)):
            yield start, end, total
            start, total = -1, 0
        start = span.start if start < 0 else start
        end = span.end
        total += span.tokens
    if start >= 0:
        yield start, end, total


def shorten(text: str, limit: int, count_tokens: CountTokens) -> str:
    """A text without as many words from its middle as needed: beginning and end of a title say most.

    Lengths of words are added, which is exact for models that split at white space first.

    >>> shorten("one two three four five", 3, lambda texts: [len(text.split()) for text in texts])
    'one two five'
    """
    words = text.split()
    sizes = count_tokens(words) if words and limit > 0 else []
    kept = bisect_right(range(1, len(sizes) + 1), limit, key=lambda count: sum(ends_of(sizes, count)))
    if kept or not sizes:
        return " ".join(ends_of(words, kept))
    return shorten(words[0][: len(words[0]) // 2], limit, count_tokens)  # a script without spaces, or a web address


def ends_of(items: Sequence[Item], count: int) -> list[Item]:
    """The first and last items, `count` in all."""
    head = (count + 1) // 2
    return [*items[:head], *items[len(items) - (count - head) :]]


def make_passage(
    document: Document,
    span: tuple[int, int],
    cited: Block,
    pinpoint: str | None,
    headings: tuple[str, ...],
    context: str,
) -> Passage:
    """A passage with its id and its page."""
    start, end = strip_span(document.text, *span) or span
    text = document.text[start:end]
    identity = passage_id(document.path, document.id, start, end)
    kind = BlockKind.PARAGRAPH if citation_key(cited) == ("text", cited.pinpoint) else cited.kind
    return Passage(
        identity, document.path, start, end, text, document.page_at(start), pinpoint, headings, context, kind
    )


def passage_id(path: str, document: str, start: int, end: int) -> str:
    """The id of a passage, by its location in a document of this path and digest: each run gives the same."""
    return hashlib.sha256(f"{path}\0{document}\0{start}\0{end}".encode()).hexdigest()[:24]
