"""A document: one canonical text, with pages and blocks as offsets into it.

Readers yield `Part`s in reading order; `join_parts` joins them into the canonical text.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

BETWEEN_BLOCKS = "\n\n"
BETWEEN_CELLS = " | "  # of a row of a table
# Never part of a text, and harmful to search: soft hyphen, zero-width space, word joiner, byte-order mark.
INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


class BlockKind(StrEnum):
    """The role of a block in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    FRONT_MATTER = "front matter"
    QUOTE = "quote"
    REFERENCE = "reference"
    BOILERPLATE = "boilerplate"


RUNNING_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE})


@dataclass(frozen=True, slots=True)
class Part:
    """A block as read. `turns`: offsets into `text` at which another page begins.

    `depth`: nesting of a list item in the markup, from 1 for an outermost list; 0 if unknown.
    `pinpoint`: the legal citation of the block (`Article 5(1)(a)`), added by `ingest.structure`, not by readers.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    turns: tuple[int, ...] = ()
    pinpoint: str | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the canonical text: `text[start:end]`. `level` is the depth of a heading from 1, else 0."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    pinpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another document: `kind` is one of `metadata.relations.KINDS`.

    `target` is the symbol or title of the other document as written in the text.
    """

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a value of the metadata was found: how, and at which offsets of the canonical text."""

    field: str
    value: str
    source: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """The metadata of a document.

    `date` is ISO 8601, to the day, the month or the year; `language` an ISO 639-1 code, that of most of the text in a
    bilingual document, and `languages` all of them. `aliases` are further names of the document. `page_labels`: what is
    printed on each page as its number (`iv`), empty where that is its place in the file.
    """

    title: str = ""
    kind: str = "other"
    issuer: str | None = None
    symbol: str | None = None
    date: str | None = None
    language: str = "en"
    url: str | None = None
    relations: tuple[Relation, ...] = ()
    authors: tuple[str, ...] = ()
    short_title: str | None = None
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    page_labels: tuple[str, ...] = ()
    sources: tuple[FieldSource, ...] = field(default=(), compare=False)

    def page_label(self, page: int) -> str | None:
        """The printed number of a page, counted from 1; None where it is its place in the file.

        >>> known = Metadata(page_labels=("i", "ii", "1"))
        >>> known.page_label(2), known.page_label(3), Metadata().page_label(2)
        ('ii', '1', None)
        """
        label = self.page_labels[page - 1] if 0 < page <= len(self.page_labels) else ""
        return label if label and label != str(page) else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of a reader: parts in reading order, properties of the file, and warnings."""

    parts: Sequence[Part]
    properties: dict[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The canonical text of a file with its structure.

    `id` is the sha256 of the file, `path` its name in the library, `page_starts` the offset of each page from 1 (empty
    if the format has no pages).
    """

    id: str
    path: str
    text: str
    page_starts: tuple[int, ...]
    blocks: tuple[Block, ...]
    metadata: Metadata
    warnings: tuple[str, ...] = ()

    @property
    def pinpoints(self) -> frozenset[str]:
        """The pinpoints of its blocks."""
        return frozenset(block.pinpoint for block in self.blocks if block.pinpoint)

    def page_at(self, offset: int) -> int | None:
        """The number of the page of the character at `offset`, None without pages."""
        return bisect_right(self.page_starts, offset) or None if self.page_starts else None

    def page_span(self, page: int) -> tuple[int, int] | None:
        """The offsets of the text of a page, None if it does not exist."""
        if not 1 <= page <= len(self.page_starts):
            return None
        ends = (*self.page_starts[1:], len(self.text))
        return self.page_starts[page - 1], ends[page - 1]


def join_parts(parts: Iterable[Part]) -> tuple[str, tuple[int, ...], tuple[Block, ...]]:
    """Join parts into one text; return it with its page starts and blocks.

    Example: a heading on page 1 and a paragraph that runs from page 1 onto page 2

    >>> over_two_pages = Part(BlockKind.PARAGRAPH, "one two", page=1, turns=(4,))
    >>> join_parts([Part(BlockKind.HEADING, "Scope", 1, 1), over_two_pages])[:2]
    ('Scope\\n\\none two', (0, 11))
    """
    texts: list[str] = []
    blocks: list[Block] = []
    starts: dict[int, int] = {}
    offset = 0
    for part in parts:
        if not part.text.strip():
            continue
        note_pages(part, offset, starts)
        blocks.append(Block(part.kind, offset, offset + len(part.text), part.level, part.pinpoint))
        texts.append(part.text)
        offset += len(part.text) + len(BETWEEN_BLOCKS)
    text = BETWEEN_BLOCKS.join(texts)
    return text, fill_pages(starts, len(text)), tuple(blocks)


def note_pages(part: Part, offset: int, starts: dict[int, int]) -> None:
    """Record the offsets of the pages of a part in `starts`."""
    if part.page is None:
        return
    starts.setdefault(part.page, offset)
    for page, turn in enumerate(part.turns, part.page + 1):
        starts.setdefault(page, offset + turn)


def fill_pages(starts: dict[int, int], length: int) -> tuple[int, ...]:
    """The starts of pages 1 to the last; a page without text begins where the next one does.

    >>> fill_pages({2: 0, 4: 90}, 100)
    (0, 0, 90, 90)
    """
    filled: list[int] = []
    following = length
    for page in range(max(starts, default=0), 0, -1):
        following = starts.get(page, following)
        filled.append(following)
    return tuple(reversed(filled))


def with_metadata(document: Document, metadata: Metadata) -> Document:
    """The document with other metadata."""
    return replace(document, metadata=metadata)
